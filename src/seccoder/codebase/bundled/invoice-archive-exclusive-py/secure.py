from pathlib import Path


def archive_invoice(folder: Path, number: int, pdf: bytes) -> Path:
    """Write the invoice to the archive; raises FileExistsError if its number is taken."""
    path = folder / f"{number:06d}.pdf"
    # "x" creates the file or fails, in one step: nothing can slip in between, and a link at this name is not followed.
    with path.open("xb") as file:
        file.write(pdf)
    return path
