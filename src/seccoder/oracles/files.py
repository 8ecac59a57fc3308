"""Reads what `check` looks at: files, folders, standard input, what is staged, and what changed since a commit.

It takes paths as a user writes them and returns `Text`s. A `Text` holds the path as given, the language, and the text
or the reason why there is none; where only a change counts, it also holds the numbers of the changed lines. In a git
repository, a folder stands for the files that git tracks or would add. Elsewhere it stands for all its files, except
hidden ones and those of virtual environments and dependencies. Links are not followed out of folders.

The repository is not trusted: `seccoder.code.git` keeps git from running anything that the repository holds. Files are
read as they are; nothing is imported or run.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from seccoder.code import git, languages
from seccoder.errors import MissingTool, UsageError

MAX_BYTES = 1_000_000

_SKIPPED = {"__pycache__", "build", "dist", "env", "node_modules", "site-packages", "venv", "vendor"}
_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Text:
    """Holds one file to check.

    Attributes:
        path: The path as it was given. For a file in a folder, it is the folder as given and the rest of the path.
        language: The canonical language, or None if it is not known.
        text: The content of the file, or "" if there is a problem.
        problem: The reason why the file cannot be checked, in one line, or "" if it can.
        changed: The numbers of the lines that count, from 1, or None if all lines count.
    """

    path: str
    language: str | None
    text: str
    problem: str = ""
    changed: frozenset[int] | None = None


def collect(paths: Sequence[str], *, language: str | None = None) -> list[Text]:
    """Read files, folders (recursively) and, for `-`, standard input. Each file is read once.

    Args:
        paths: The paths as a user gave them.
        language: Overrides what a file's name says. Of a folder, only the files of this language are taken.

    Raises:
        UsageError: If there is nothing at a path, or standard input comes without a language.
    """
    texts: dict[str, Text] = {}
    for path in paths:
        if path == "-":
            if language is None:
                raise UsageError("standard input has no name that tells its language; give --language")
            texts["-"] = decode("-", language, sys.stdin.buffer.read(MAX_BYTES + 1))
        elif _is_dir(path):
            for file in _in_folder(path):
                known = languages.from_path(file)
                if known and language in {None, known}:
                    texts.setdefault(file, _read(file, known))
        elif Path(path).is_file():
            texts.setdefault(path, _read(path, language or languages.from_path(path)))
        else:
            raise UsageError(f"there is no file or folder {path!r}")
    return list(texts.values())


def changed(paths: Sequence[str], *, since: str | None, language: str | None = None) -> list[Text]:
    """Read the files that were added or changed, with the numbers of their changed lines.

    Args:
        paths: Only files at or below these paths are read. If there are none, the whole repository of the working
            directory is read.
        since: The commit with which the working tree is compared. For None, what is staged is compared with the last
            commit.
        language: The same as for `collect`.

    Raises:
        UsageError: If this is not a git repository, or there is no such commit.
        MissingTool: If git is not installed.
    """
    top = repository(paths[0] if paths else ".")
    if top is None:
        raise UsageError("this is not a git repository; --diff and --staged need one")
    against = ["--cached"] if since is None else [_commit(top, since)]
    command = ["diff", "--diff-filter=ACMR", *against]
    where = [str(Path(path).resolve()) for path in paths]
    names = _git(top, [*command, "--name-only", "-z", "--", *where]).split(b"\0")
    texts = []
    for name in filter(None, map(os.fsdecode, names)):
        known = languages.from_path(name)
        if known is None or language not in {None, known}:
            continue
        file = top / name
        path = os.path.relpath(file)
        if since is None:
            text = decode(path, known, _git(top, ["cat-file", "blob", f":{name}"]))
        elif file.is_symlink() or not file.is_file():
            continue
        else:
            text = _read(path, known)
        hunks = _git(top, [*command, "--unified=0", "--", f":(top,literal){name}"]).decode("utf-8", "replace")
        texts.append(Text(text.path, text.language, text.text, text.problem, frozenset(_lines(hunks))))
    return texts


def repository(path: str) -> Path | None:
    """Return the top folder of the git repository that holds a path. It is None without a repository or without git."""
    folder = Path(path) if path != "-" else Path()
    folder = folder if folder.is_dir() else folder.parent
    if shutil.which("git") is None or not folder.is_dir():
        return None
    done = git.run(["rev-parse", "--show-toplevel"], folder, users=True)
    return Path(os.fsdecode(done.stdout.rstrip(b"\n"))) if done.returncode == 0 else None


def decode(path: str, language: str | None, data: bytes) -> Text:
    """Make a `Text` from a file's bytes. If they are not source code, it gets a problem instead of a text."""
    problem = ""
    text = ""
    if len(data) > MAX_BYTES:
        problem = f"larger than {MAX_BYTES:,} bytes: not checked"
    elif b"\0" in data:
        problem = "binary, not source code"
    elif not data.strip():
        problem = "empty"
    elif language is None:
        problem = languages.UNTOLD
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problem = f"not UTF-8 (byte {error.start})"
    return Text(path, language, text, problem)


def _is_dir(path: str) -> bool:
    if "\0" in path:
        raise UsageError(f"there is no file or folder {path!r}")
    return Path(path).is_dir()


def _read(path: str, language: str | None) -> Text:
    try:
        with Path(path).open("rb") as stream:
            return decode(path, language, stream.read(MAX_BYTES + 1))
    except OSError as error:
        return Text(path, language, "", f"cannot be read: {error.strerror}")


def _in_folder(folder: str) -> Iterator[str]:
    if (known := _known_to_git(folder)) is not None:
        for name in sorted(known):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield str(path)
        return
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _SKIPPED and not Path(place, name, "pyvenv.cfg").exists()
        )
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield str(path)


def _known_to_git(folder: str) -> list[str] | None:
    """Return the files that git tracks or would add, relative to the folder. It is None outside of a repository."""
    if repository(folder) is None:
        return None
    arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."]
    done = git.run(arguments, Path(folder), users=True)
    if done.returncode != 0:
        return None
    return list(dict.fromkeys(filter(None, map(os.fsdecode, done.stdout.split(b"\0")))))


def _lines(diff: str) -> Iterator[int]:
    """Yield the numbers of the lines that a diff without context adds or changes on its new side."""
    for start, count in _HUNK.findall(diff):
        yield from range(int(start), int(start) + int(count or 1))


def _commit(top: Path, revision: str) -> str:
    done = git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], top, users=True)
    if done.returncode != 0:
        raise UsageError(f"{revision!r} is not a commit of this repository")
    return done.stdout.decode("ascii").strip()


def _git(folder: Path, arguments: Sequence[str]) -> bytes:
    if shutil.which("git") is None:
        raise MissingTool("git", "apt-get install git")
    done = git.run(arguments, folder, users=True)
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise UsageError(f"git {arguments[0]} failed" + "".join(f": {line}" for line in last))
    return done.stdout
