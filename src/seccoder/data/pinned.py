"""Says which files of which commit are used, with which hashes, and reads them from an archive or a folder.

`read` takes an archive or a folder from anywhere and returns the contents of the files that `pinned.json` names.
`problem` says whether they are what was pinned. In that file, files that are read together share one entry: a pattern
for their paths, how many match, and the SHA-256 over their `<sha256> <path>` lines in the order of their paths.

Archives are untrusted. Only plain files are read and never links, only paths that match a pattern, and only up to a
limit of bytes. Nothing is written. Scenarios of held-out benchmarks are left out: no pattern matches SVEN's `gen_2`,
and a scenario whose `info.json` names SecurityEval is dropped whole.
"""

import gzip
import hashlib
import json
import os
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from seccoder.errors import SecCoderError

MAX_ARCHIVE = 1 << 30  # bytes, packed or unpacked; SafeCoder's whole repository stays well below
MAX_WANTED = 1 << 26  # bytes kept of it


@dataclass(frozen=True, slots=True)
class Repository:
    """A public repository at a pinned commit.

    Attributes:
        description: What it is, in a line.
        address: Where it is.
        commit: The pinned commit.
        codebases: The secure codebases made from it.
        files: For each pattern of a path, the `count` and the `sha256` of what is kept.
    """

    description: str
    address: str
    commit: str
    codebases: tuple[str, ...]
    files: Mapping[str, Mapping[str, Any]]


REPOSITORIES = {
    name: Repository(**{**pinned, "codebases": tuple(pinned["codebases"])})
    for name, pinned in json.loads(
        resources("seccoder.data").joinpath("pinned.json").read_text(encoding="utf-8")
    ).items()
}


def locate(name: str, places: Sequence[Path]) -> Path | None:
    """Return the archive or the extracted folder in the first of these places that has one, or None."""
    for place in places:
        if place.is_file() or (place / "data_train_val").is_dir():
            return place
        here = (
            sorted(path for path in place.iterdir() if path.name.lower().startswith(f"{name}-"))
            if place.is_dir()
            else []
        )
        for path in here:
            if path.name.endswith((".tar.gz", ".tgz")) or (path / "data_train_val").is_dir():
                return path
    return None


def read(repository: Repository, source: Path) -> dict[str, bytes]:
    """Read the wanted files of an archive or folder, by their paths in the repository, without held-out scenarios.

    Raises:
        SecCoderError: If it cannot be read, or is larger than it may be.
    """
    wanted = re.compile("|".join(f"(?:{pattern})" for pattern in repository.files))
    files: dict[str, bytes] = {}
    room = MAX_WANTED
    for path, size, read in _walk(source) if source.is_dir() else _members(source):
        if wanted.fullmatch(path):
            room -= size
            if room < 0:
                raise SecCoderError(f"{source} is larger than it may be; nothing was kept of it")
            files[path] = read()
    held_out = {path.rpartition("/")[0] for path, content in files.items() if _is_held_out(path, content)}
    return {path: content for path, content in sorted(files.items()) if path.rpartition("/")[0] not in held_out}


def _is_held_out(path: str, content: bytes) -> bool:
    return path.endswith("/info.json") and b"securityeval" in content.lower()


def _walk(root: Path) -> Iterator[tuple[str, int, Callable[[], bytes]]]:
    """Yield path, size and reader of the plain files in a folder; links are not followed."""
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            if not path.is_symlink() and path.is_file():
                yield path.relative_to(root).as_posix(), path.stat().st_size, path.read_bytes


def _members(archive: Path) -> Iterator[tuple[str, int, Callable[[], bytes]]]:
    """Yield the same for an archive, by the paths below its top folder. The archive is read once, front to back."""
    try:
        with _Bounded(archive) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as members:
            for member in members:
                if member.isreg() and not member.issparse() and (content := members.extractfile(member)):
                    path = member.name.removeprefix("./")
                    top, _, below = path.partition("/")
                    inside = top in {
                        "data_train_val",
                        "data_eval",
                        "trained",
                    }  # an archive that was made without a top folder
                    yield path if inside else below, member.size, content.read
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError) as error:
        raise SecCoderError(f"{archive} cannot be read as a .tar.gz archive: {error}") from None


class _Bounded(gzip.GzipFile):
    """An unpacked stream that ends with an error where an honest archive would long have ended."""

    _room = MAX_ARCHIVE

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self._room -= len(data)
        if self._room < 0:
            raise SecCoderError(f"{self.name} unpacks to more than {MAX_ARCHIVE:,} bytes; nothing was kept of it")
        return data


def problem(repository: Repository, files: Mapping[str, bytes]) -> str:
    """Say in one line what is wrong with a set of files; "" if they are what was pinned."""
    for pattern, expected in repository.files.items():
        lines = [
            f"{hashlib.sha256(content).hexdigest()}  {path}\n"
            for path, content in sorted(files.items())
            if re.fullmatch(pattern, path)
        ]
        if len(lines) != expected["count"]:
            return f"{len(lines)} instead of {expected['count']} files match {pattern}"
        if hashlib.sha256("".join(lines).encode()).hexdigest() != expected["sha256"]:
            return f"the files that match {pattern} have another hash"
    return ""
