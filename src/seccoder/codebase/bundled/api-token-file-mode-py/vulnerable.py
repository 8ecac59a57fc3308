from pathlib import Path


def save_token(path: Path, token: str) -> None:
    """Write the token to the file; an older file is replaced."""
    path.write_text(token, encoding="utf-8")
    path.chmod(0o600)


def load_token(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
