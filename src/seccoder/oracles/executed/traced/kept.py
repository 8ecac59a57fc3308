"""Keeps what takes long to build, in this process and in the folder for caches.

It takes what the result depends on and a function that builds it. A file that cannot be written is built again.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock

from seccoder.settings import cache_dir

_BUILT: dict[str, bytes] = {}
_LOCK = Lock()


def kept(name: str, parts: Iterable[str], build: Callable[[], bytes]) -> bytes:
    """Return what `build` makes, from the cache if it is there; b"" is never kept."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    key = f"{name}-{digest.hexdigest()[:24]}"
    with _LOCK:
        if key not in _BUILT:
            _BUILT[key] = _read(key) or build()
            if _BUILT[key]:
                _write(key, _BUILT[key])
        return _BUILT[key]


def _place(key: str) -> Path:
    return cache_dir() / "harness" / key


def _read(key: str) -> bytes:
    try:
        data = _place(key).read_bytes()
    except OSError:
        return b""
    return data[32:] if hashlib.sha256(data[32:]).digest() == data[:32] else b""  # cut off by a full disk, or worse


def _write(key: str, data: bytes) -> None:
    place = _place(key)
    if place.exists():
        return
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, path = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(hashlib.sha256(data).digest() + data)
        os.replace(path, place)
        others = sorted(place.parent.glob(f"{key.rpartition('-')[0]}-????????????????????????"), key=_age)
        for old in others[:-2]:  # of earlier versions of this or of the tools
            old.unlink()


def _age(path: Path) -> float:
    return path.stat().st_mtime
