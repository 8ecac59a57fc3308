"""Reads an untrusted git repository: its history as a stream, and its files by the names of their contents.

`seccoder.code.git` says how git is kept from running anything of the repository. The work tree is not used, nothing is
checked out, and contents larger than a limit are never kept.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from seccoder.code import git
from seccoder.code.languages import SUFFIXES
from seccoder.errors import MissingTool, UsageError
from seccoder.expansion.vetting import licences

MAX_LINES = 3_000  # changed lines of a commit that are kept
MAX_FILES = 60  # files of a commit that are kept

_BARE = {"core.bare": "true"}  # without the work tree and its attributes
_ESCAPES = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}
_RAW = re.compile(rb":(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) M\t(.+)")


@dataclass(frozen=True, slots=True)
class File:
    """One file that a commit changed: its path, and the names of its content before and after."""

    path: str
    before: str
    after: str


@dataclass(slots=True)
class Commit:
    """One commit, with what it changed in source files.

    Attributes:
        id: Its hash.
        date: When it was written, ISO 8601.
        message: The message as it is; untrusted.
        files: The source files that it modified, without those that it added, removed or renamed.
        removed: The lines that it removed, by the place of their file in `files`.
        added: The lines that it added, likewise.
        large: Whether it changed more than is kept here.
    """

    id: str
    date: str
    message: str = ""
    files: list[File] = field(default_factory=list)
    removed: dict[int, list[str]] = field(default_factory=dict)
    added: dict[int, list[str]] = field(default_factory=dict)
    large: bool = False


def is_repository(path: Path) -> bool:
    """Tell whether a folder is itself a git repository, with a work tree or bare."""
    return (path / ".git").exists() or all((path / name).exists() for name in ("HEAD", "objects", "refs"))


class Repository:
    """An untrusted git repository.

    Args:
        path: Its folder.

    Raises:
        UsageError: If git does not take it for a repository.
        MissingTool: If git is not installed.
    """

    def __init__(self, path: Path) -> None:
        if shutil.which("git") is None:
            raise MissingTool("git", "apt-get install git")
        self.path = path.resolve()
        found = _find(self.path)
        if found is None:
            raise UsageError(f"{path} is not a git repository, or a damaged one")
        self._dir = found
        self._contents: _Contents | None = None

    def head(self) -> str:
        """Return the hash of the latest commit.

        Raises:
            UsageError: If there is none.
        """
        found = self._run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
        if found is None:
            raise UsageError(f"{self.path} has no commits")
        return found.decode("ascii", "replace").strip()

    def shallow(self) -> bool:
        """Tell whether older history was left out when the repository was cloned."""
        return (self._run(["rev-parse", "--is-shallow-repository"]) or b"").strip() == b"true"

    def commit(self, name: str) -> str | None:
        """Return the full hash of a commit, or None if there is no such commit."""
        if not re.fullmatch(r"[0-9a-fA-F]{7,64}", name):
            return None
        found = self._run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"])
        return None if found is None else found.decode("ascii", "replace").strip()

    def contains(self, commit: str) -> bool:
        """Tell whether a commit belongs to the history of the latest one."""
        return (
            self.commit(commit) is not None and self._run(["merge-base", "--is-ancestor", commit, "HEAD"]) is not None
        )

    def count(self, since: str | None) -> int:
        """Count how many commits `log` gives at most."""
        found = self._run(["rev-list", "--count", "--no-merges", *_range(since), "--", *_PATHS])
        return int(found) if found and found.strip().isdigit() else 0

    def origin(self) -> str:
        """Return the address of the repository it was cloned from, without credentials, or else its folder."""
        found = self._run(["config", "--local", "--no-includes", "--get", "remote.origin.url"])
        address = (found or b"").decode("utf-8", "replace").strip()
        address = re.sub(r"^(\w+://)[^/@\s]*@", r"\1", address)
        return address if re.fullmatch(r"[\w.+-]+(?:://|@)[^\s\0]{1,300}", address) else str(self.path)

    def licence(self) -> str:
        """Return the SPDX identifier of the licence in its latest state; "" if none is recognised."""
        listing = self._run(["ls-tree", "-z", "HEAD"]) or b""
        for entry in listing.split(b"\0"):
            about, _, name = entry.partition(b"\t")
            if re.match(rb"(?i)(?:licen[cs]e|copying|unlicense)(?:[.-]|$)", name) and about.startswith(b"100"):
                text = self.read(about.split()[2].decode("ascii", "replace"))
                if text and (found := licences.recognise(text)):
                    return found
        return ""

    def read(self, name: str) -> str | None:
        """Return the text of a file by the name of its content; None if it is absent, too large, or no text."""
        if self._contents is None:
            self._contents = _Contents(self._start(["cat-file", "--batch"], stdin=subprocess.PIPE))
        data = self._contents.get(name)
        if data is None or b"\0" in data:
            return None
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            return None

    def one(self, commit: str) -> Commit | None:
        """Return one commit by its hash; None if it modified no source file, or is a merge."""
        return next(self._log(["--no-walk", "--diff-merges=off", commit]), None)

    def log(self, since: str | None = None) -> Iterator[Commit]:
        """Yield the commits that modified source files, parents before children, without merges.

        Args:
            since: Leave out this commit and its ancestors.

        Raises:
            UsageError: If git fails, for example on a damaged object.
        """
        yield from self._log(["--reverse", "--topo-order", "--full-history", "--no-merges", *_range(since)])

    def _log(self, which: list[str]) -> Iterator[Commit]:
        command = ["log", "--format=%x01%H %aI%n%w(0,1,1)%B", "--raw", "--patch", "--unified=0", "--no-abbrev"]
        command += ["--no-renames", "--diff-filter=M"]
        process = self._start([*command, *which, "--", *_PATHS])
        with _stopping(process) as output:
            yield from _parse(output)
            output.close()
            if process.wait(git.SECONDS) not in {0, -13}:
                raise UsageError(f"git cannot read the history of {self.path} to its end: it is damaged")

    def close(self) -> None:
        """End the processes that were started."""
        if self._contents is not None:
            self._contents.close()
            self._contents = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- git --------------------------------------------------------------------------------------------------------

    def _start(self, arguments: list[str], stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            git.command(arguments, _BARE),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=git.environment(GIT_DIR=self._dir),
            cwd="/",
            start_new_session=True,  # an interrupted terminal ends us first, and then we end git
        )

    def _run(self, arguments: list[str]) -> bytes | None:
        """Return the standard output of a command that is over soon, or None if it fails."""
        done = git.run(arguments, Path("/"), GIT_DIR=self._dir, config=_BARE)
        return done.stdout if done.returncode == 0 else None


def _find(path: Path) -> str | None:
    """Return the folder in which a repository keeps its objects; never that of a repository further up."""
    done = git.run(["rev-parse", "--absolute-git-dir"], path, GIT_CEILING_DIRECTORIES=str(path.parent))
    return os.fsdecode(done.stdout.rstrip(b"\n")) if done.returncode == 0 else None


_PATHS = sorted(f":(glob,icase)**/*{suffix}" for suffix in SUFFIXES)


def _range(since: str | None) -> list[str]:
    return ["HEAD", f"^{since}"] if since else ["HEAD"]


@contextmanager
def _stopping(process: "subprocess.Popen[bytes]") -> Iterator[IO[bytes]]:
    """Give the output of a process, which is ended when the block is left, however that happens."""
    output = process.stdout
    if output is None:
        raise UsageError("git has no output")
    try:
        yield output
    finally:
        process.kill()
        process.wait()
        output.close()


class _Contents:
    """Runs `git cat-file --batch`, which gives contents by name, one after the other."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def get(self, name: str) -> bytes | None:
        """Return a content; None if there is none or it is too large."""
        asked, output = self._process.stdin, self._process.stdout
        if asked is None or output is None or not re.fullmatch(r"[0-9a-f]{40,64}", name):
            return None
        try:
            asked.write(name.encode() + b"\n")
            asked.flush()
        except OSError:
            return None
        header = output.readline(200).split()
        if len(header) != 3 or not header[2].isdigit():
            return None
        size = int(header[2])
        kept = output.read(size + 1) if size <= git.MAX_BLOB else None
        if kept is None:
            left = size + 1
            while left and (part := output.read(min(left, 1 << 16))):
                left -= len(part)
            return None
        return kept[:-1] if header[1] == b"blob" and len(kept) == size + 1 else None

    def close(self) -> None:
        """End it."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.kill()
        self._process.wait()


# --- reading the stream -----------------------------------------------------------------------------------------------


def _parse(output: IO[bytes]) -> Iterator[Commit]:
    """Yield the commits in the output of `git log`; each begins with a byte that no line inside one begins with."""
    reading: _Reading | None = None
    while line := output.readline(_LONG):
        if line.startswith(b"\x01"):
            if reading is not None:
                yield reading.finish()
            reading = _Reading(line)
        elif reading is not None:
            reading.line(line)
        while len(line) == _LONG and not line.endswith(b"\n"):  # skip the rest of an endless line
            line = output.readline(_LONG)
    if reading is not None:
        yield reading.finish()


_LONG = 1 << 20


class _Reading:
    """One commit while it is read, line by line: its message, then what changed, then the lines of each file."""

    def __init__(self, header: bytes) -> None:
        id, _, date = header[1:].decode("ascii", "replace").strip().partition(" ")
        self._commit = Commit(id, date)
        self._message: list[str] = []
        self._places: dict[str, int] = {}
        self._kept = 0
        self._place: int | None = None  # the place of the file whose lines follow; None if none do
        self._read = self._before_patches

    def line(self, line: bytes) -> None:
        """Read the next line."""
        if line.startswith(b"diff --git "):  # no line of a message, of a list or of a file's content begins so
            self._read = self._header
        else:
            self._read(line)

    def finish(self) -> Commit:
        """Return the whole commit."""
        self._commit.message = "\n".join(self._message).strip()
        return self._commit

    def _before_patches(self, line: bytes) -> None:
        if line.startswith(b":"):
            self._raw(line)
        elif len(self._message) < 200:
            self._message.append(line[1:].decode("utf-8", "replace").rstrip("\n"))

    def _header(self, line: bytes) -> None:
        if line.startswith(b"+++ "):
            self._place = self._places.get(_unquote(line[4:].rstrip(b"\n").removesuffix(b"\t"))[2:])
            self._read = self._content

    def _content(self, line: bytes) -> None:
        if self._place is None or line[:1] not in b"+-":
            return
        self._kept += 1
        if self._kept > MAX_LINES:
            self._commit.large = True
            return
        lines = self._commit.removed if line.startswith(b"-") else self._commit.added
        lines.setdefault(self._place, []).append(line[1:2000].decode("utf-8", "replace").rstrip("\n"))

    def _raw(self, line: bytes) -> None:
        match = _RAW.match(line)
        if match is None or not (match[1].startswith(b"100") and match[2].startswith(b"100")):
            return  # a link or a submodule
        if len(self._commit.files) >= MAX_FILES:
            self._commit.large = True
            return
        path = _unquote(match[5].rstrip(b"\n"))
        self._places[path] = len(self._commit.files)
        self._commit.files.append(File(path, match[3].decode(), match[4].decode()))


def _unquote(path: bytes) -> str:
    """Return a path without the quotes and escapes that git writes around characters that need them."""
    if not (path.startswith(b'"') and path.endswith(b'"') and len(path) > 1):
        return path.decode("utf-8", "replace")
    result = bytearray()
    inside = path[1:-1].decode("latin-1")
    for match in re.finditer(r"\\([0-7]{3})|\\(.)|([^\\]+)", inside):
        octal, escape, plain = match.groups()
        if octal:
            result.append(int(octal, 8) & 255)
        elif escape:
            result.append(_ESCAPES.get(escape, 63))
        else:
            result += plain.encode("latin-1")
    return result.decode("utf-8", "replace")
