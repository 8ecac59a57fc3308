from pathlib import Path


def archive_invoice(folder: Path, number: int, pdf: bytes) -> Path:
    """Write the invoice to the archive; raises FileExistsError if its number is taken."""
    path = folder / f"{number:06d}.pdf"
    if path.exists():
        raise FileExistsError(f"invoice {number} is in the archive")
    path.write_bytes(pdf)
    return path
