"""Writes files and folders that appear whole or not at all, and computes the hash of a file.

Whoever reads a path that is being replaced sees the old content or the new, also after a kill or a loss of power. If
two processes write the same file at once, both succeed, and the content of the later one stays.
"""

import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a place to write a file or a folder to; it replaces `path` when the block ends without an error.

    The place is in a temporary folder beside `path`, on the same disk. Other files may be put next to it; they are
    deleted when the block ends. If the block fails, nothing is left. If `path` is a link, its target is replaced. When
    a folder is replaced, there is a moment in which neither the old nor the new one exists.

    Raises:
        OSError: If it cannot be written, or the folder that holds `path` is not there.
    """
    path = path.resolve()
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=_prefix(path)) as staging:
        fresh = Path(staging, path.name)
        yield fresh
        for each in (fresh, *(fresh.rglob("*") if fresh.is_dir() else ())):
            _to_disk(each)
        if fresh.is_dir() and path.exists():
            path.rename(fresh.with_name(f"{path.name}.old"))
        fresh.replace(path)
        _to_disk(path.parent)


def remove_unfinished(path: Path) -> None:
    """Remove what `replacing(path)` left behind when it was killed. Call it only where nobody else writes `path`."""
    path = path.resolve()
    for leftover in path.parent.glob(f"{glob.escape(_prefix(path))}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _prefix(path: Path) -> str:
    return f".{path.name}."


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
