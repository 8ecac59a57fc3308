from pathlib import Path

MAX_BYTES = 4000


def read_footer(home: Path) -> str:
    """The text of `.footer` in a user's home; raises OSError if there is none or it is not a regular file."""
    path = home / ".footer"
    if path.is_symlink() or not path.is_file():
        raise OSError("the footer is not a regular file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES).decode("utf-8", "replace")
