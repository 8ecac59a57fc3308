import os
from pathlib import Path


def save_token(path: Path, token: str) -> None:
    """Write the token to the file; an older file is replaced in one step."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    # Created with mode 0600, and O_EXCL: no moment in which others can open it, and no old file whose mode would stay.
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(token)
    os.replace(fresh, path)


def load_token(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
