"""Reads an untrusted git repository: its messages as a stream, what a commit changed, and contents by their names.

`seccoder.code.git` says how git is kept from running anything of the repository. The work tree is not used, nothing is
checked out, and contents larger than a limit are never kept. A commit is always compared with its first parent, so a
merge is what came with it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from seccoder.code import git, languages
from seccoder.errors import MissingTool, UsageError
from seccoder.expansion.vetting import licences

MAX_FILES = 60  # source files of a commit that are kept

_BARE = {"core.bare": "true"}  # without the work tree and its attributes
_ESCAPES = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}
_RAW = re.compile(rb":(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([AMR])\d*\t(.+)\n")
_CODING = re.compile(rb"^[^\n]{0,200}?(?:coding|encoding)[:=][ \t]*([-\w.]+)")
_END = b"end\n"  # what `diff-tree` is asked after each commit, and repeats


@dataclass(frozen=True, slots=True)
class File:
    """One file that a commit changed: its path afterwards, and the names of its content before and after."""

    path: str
    before: str  # "" if the commit added it
    after: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its hash, its first parent ("" if there is none), when it was written (ISO 8601), and its message."""

    id: str
    parent: str
    date: str
    message: str
    merge: bool = False


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
        self._contents: _Answers | None = None
        self._changes: _Answers | None = None

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

    def commit_of(self, tag: str) -> str | None:
        """Return the full hash of the commit of a tag, or None if there is no such tag."""
        found = self._run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"refs/tags/{tag}^{{commit}}"])
        return None if found is None else found.decode("ascii", "replace").strip()

    def contains(self, commit: str) -> bool:
        """Tell whether a commit belongs to the history of the latest one."""
        return (
            self.commit(commit) is not None and self._run(["merge-base", "--is-ancestor", commit, "HEAD"]) is not None
        )

    def partial(self) -> bool:
        """Tell whether contents were left out when the repository was cloned."""
        return self._run(["config", "--local", "--no-includes", "--get-regexp", r"^remote\..*\.promisor$"]) is not None

    def count(self, since: str | None) -> int:
        """Count how many commits `log` gives."""
        found = self._run(["rev-list", "--count", *_range(since)])
        return int(found) if found and found.strip().isdigit() else 0

    def tags(self) -> dict[str, str]:
        """Return the commits of all tags, by the tags' names."""
        told = self._run(["for-each-ref", "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)", "refs/tags"])
        rows = [line.split("\0") for line in (told or b"").decode("utf-8", "replace").split("\n")]
        return {row[0]: row[2] or row[1] for row in rows if len(row) == 3}

    def tag_before(self, commit: str) -> str | None:
        """Return the latest tag in the history of a commit's parent; None if there is none."""
        found = self._run(["describe", "--tags", "--abbrev=0", f"{commit}^"])
        return None if found is None else found.decode("utf-8", "replace").strip()

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
        data = self.content(name)
        return None if data is None or b"\0" in data else _decoded(data)

    def content(self, name: str) -> bytes | None:
        """Return a content by its name; None if it is absent or too large."""
        if not re.fullmatch(r"[0-9a-f]{40,64}", name):
            return None
        if self._contents is None:
            self._contents = _Answers(self._start(["cat-file", "--batch"], stdin=subprocess.PIPE))
        return self._contents.content(name)

    def tree(self, commit: str, most: int) -> dict[str, bytes] | None:
        """Return the plain files of a commit by their paths, without large ones; None if not all of them are here.

        Args:
            commit: The full hash of the commit.
            most: How many bytes they may have together; of a larger tree, None is returned.
        """
        listing = self._run(["ls-tree", "-r", "-z", "-l", commit, "--"])
        rows = [entry.split(b"\t", 1) for entry in (listing or b"").split(b"\0") if entry]
        files = {path.decode("utf-8", "surrogateescape"): about.split() for about, path in rows}
        kept = {
            path: (about[2].decode("ascii", "replace"), int(about[3]))
            for path, about in files.items()
            if about[0].startswith(b"100") and about[3].isdigit() and int(about[3]) <= git.MAX_BLOB
        }
        if not kept or sum(size for _, size in kept.values()) > most:
            return None
        found = {path: self.content(name) for path, (name, _) in kept.items()}
        return None if None in found.values() else {path: data for path, data in found.items() if data is not None}

    def files(self, commit: Commit) -> list[File]:
        """Return the source files that a commit added, modified, or renamed and modified, against its first parent.

        Raises:
            UsageError: If git cannot read what it changed.
        """
        if not commit.parent:
            return []
        if self._changes is None:
            renames = ["--no-renames"] if self.partial() else ["-M", "-l100"]  # who compares needs contents
            command = ["diff-tree", "--stdin", "-r", "--raw", "--no-abbrev", "--no-commit-id", *renames]
            self._changes = _Answers(self._start([*command, "--diff-filter=AMR"], stdin=subprocess.PIPE))
        lines = self._changes.lines(f"{commit.id} {commit.parent}\n".encode() + _END)
        if lines is None:
            self._changes.close()
            self._changes = None
            raise UsageError(f"git cannot read what {commit.id[:12]} changed: {self.path} is damaged or not whole")
        return [file for line in lines if (file := _file(line)) is not None][:MAX_FILES]

    def one(self, commit: str) -> Commit | None:
        """Return one commit by its full hash; None if there is no such commit."""
        return next(self._log(["--no-walk", commit]), None)

    def log(self, since: str | None = None, until: str = "HEAD") -> Iterator[Commit]:
        """Yield the commits of a history, parents before children.

        Args:
            since: Leave out this commit and its ancestors.
            until: The latest commit.

        Raises:
            UsageError: If git fails, for example on a damaged object.
        """
        yield from self._log(["--reverse", "--topo-order", *_range(since, until)])

    def _log(self, which: list[str]) -> Iterator[Commit]:
        process = self._start(["log", "-z", "--no-patch", "--format=%H%x1f%P%x1f%aI%x1f%B", *which, "--"])
        with _stopping(process) as output:
            for record in _records(output):
                id, parents, date, message = record.split("\x1f", 3)
                yield Commit(id, parents.partition(" ")[0], date, message.strip(), " " in parents)
            output.close()
            if process.wait(git.SECONDS) not in {0, -13}:
                raise UsageError(f"git cannot read the history of {self.path} to its end: it is damaged")

    def close(self) -> None:
        """End the processes that were started."""
        for answers in (self._contents, self._changes):
            if answers is not None:
                answers.close()
        self._contents = self._changes = None

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


def _range(since: str | None, until: str = "HEAD") -> list[str]:
    return [until, f"^{since}"] if since else [until]


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


class _Answers:
    """A git process that is asked one thing after the other, `cat-file --batch` or `diff-tree --stdin`."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def content(self, name: str) -> bytes | None:
        """Return a content by its name; None if there is none or it is too large."""
        output = self._ask(name.encode() + b"\n")
        header = output.readline(200).split() if output else []
        if output is None or len(header) != 3 or not header[2].isdigit():
            return None
        size = int(header[2])
        kept = output.read(size + 1) if size <= git.MAX_BLOB else None
        if kept is None:
            left = size + 1
            while left and (part := output.read(min(left, 1 << 16))):
                left -= len(part)
            return None
        return kept[:-1] if header[1] == b"blob" and len(kept) == size + 1 else None

    def lines(self, question: bytes) -> list[bytes] | None:
        """Return the lines of an answer, without the last one, which says that it is whole; None if it is not."""
        output = self._ask(question)
        lines: list[bytes] = []
        while output is not None and (line := output.readline(_LONG)):
            if line == _END:
                return lines
            if len(lines) < 10 * MAX_FILES:
                lines.append(line)
        return None

    def _ask(self, question: bytes) -> IO[bytes] | None:
        asked = self._process.stdin
        if asked is None:
            return None
        try:
            asked.write(question)
            asked.flush()
        except OSError:
            return None
        return self._process.stdout

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


# --- reading what git writes ------------------------------------------------------------------------------------------

_LONG = 1 << 20


def _records(output: IO[bytes]) -> Iterator[str]:
    """Yield the records in a stream, each of which ends with a NUL; of an endless one, only its beginning is kept."""
    rest = b""
    while part := output.read(1 << 16):
        *whole, rest = (rest + part).split(b"\0")
        for record in whole:
            yield record[:_LONG].decode("utf-8", "replace")
        if len(rest) > _LONG:
            rest = rest[:_LONG]
    if rest:
        yield rest.decode("utf-8", "replace")


def _file(line: bytes) -> File | None:
    """Read one line of what a commit changed; None for links, submodules, and files in no language of ours."""
    match = _RAW.fullmatch(line)
    if match is None or not match[2].startswith(b"100") or (match[5] != b"A" and not match[1].startswith(b"100")):
        return None
    path = _unquote(match[6].split(b"\t")[-1])
    if languages.from_path(path) is None or match[3] == match[4]:
        return None
    return File(path, "" if match[5] == b"A" else match[3].decode(), match[4].decode())


def _decoded(data: bytes) -> str | None:
    """Return a file's text in the encoding that it names in its first two lines, else in UTF-8, else in Latin-1."""
    named = [match[1].decode("ascii", "replace") for line in data.split(b"\n", 2)[:2] if (match := _CODING.match(line))]
    for encoding in (*named[:1], "utf-8-sig"):
        with suppress(UnicodeDecodeError, LookupError, ValueError):
            return data.decode(encoding).replace("\r\n", "\n")
    text = data.decode("latin-1").replace("\r\n", "\n")
    return None if re.search(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]", text) else text


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
