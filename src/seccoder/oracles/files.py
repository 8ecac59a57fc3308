"""Reads what `check` looks at: files, folders, and standard input.

It takes paths as a user writes them and returns `Text`s. A `Text` holds the path as given, the language, and the text
or the reason why there is none; where only a change counts (`seccoder.oracles.changes`), it also holds what changed. In
a git repository, a folder stands for the files that git tracks or would add. Elsewhere it stands for all its files,
except hidden ones and those of virtual environments and dependencies. Links are not followed out of folders.

A file is a source if its name or, for a script, its first line says in which language it is; of a notebook the code
cells are read. Whatever else a folder holds is left out, and the caller is told. Files are read as they are; nothing
is imported or run.
"""

import io
import os
import re
import shutil
import sys
import tokenize
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from seccoder.code import git, languages
from seccoder.errors import UsageError
from seccoder.oracles import notebooks

MAX_BYTES = 1_000_000

_SKIPPED = {"__pycache__", "build", "dist", "env", "node_modules", "site-packages", "venv", "vendor"}
_CODING = re.compile(r"\A((?:[ \t\f]*(?:#.*)?\r?\n)?[ \t\f]*#.*?coding[:=][ \t]*)([-\w.]+)")
_FOLDERS = "folders of dependencies, builds or hidden files"
LeftOut = Callable[[str, str], None]  # the path of a file that is left out, and the reason


@dataclass(frozen=True, slots=True)
class Text:
    """Holds one file to check.

    Attributes:
        path: The path as it was given. For a file in a folder, it is the folder as given and the rest of the path.
        language: The canonical language, or None if it is not known.
        text: The content of the file, or "" if there is a problem.
        problem: The reason why the file cannot be checked, in one line, or "" if it can.
        changed: The numbers of the lines that a change added or altered, from 1, or None if all lines count.
        before: The content before that change, or None if there was none.
        why: The reason why the file is checked although it did not change, as a sentence, or "".
    """

    path: str
    language: str | None
    text: str
    problem: str = ""
    changed: frozenset[int] | None = None
    before: str | None = None
    why: str = ""


def collect(paths: Sequence[str], *, language: str | None = None, left_out: LeftOut | None = None) -> list[Text]:
    """Read files, folders (recursively) and, for `-`, standard input. Each file is read once.

    Args:
        paths: The paths as a user gave them.
        language: Overrides what a file's name says. Of a folder, only the files of this language are taken.
        left_out: Called with the path of each file or folder in a folder that is left out, and the reason.

    Raises:
        UsageError: If there is nothing at a path, or standard input comes without a language.
    """
    texts: dict[str, Text] = {}
    skip = left_out or (lambda path, reason: None)
    for path in paths:
        if path == "-":
            if language is None:
                raise UsageError("standard input has no name that tells its language; give --language")
            texts["-"] = decode("-", language, sys.stdin.buffer.read(MAX_BYTES + 1))
        elif _is_dir(path):
            for file in _in_folder(path, skip):
                if file in texts:
                    continue
                text = _read(file, None)
                if text.language and language in {None, text.language}:
                    texts[file] = text
                else:
                    skip(file, "in another language" if text.language else "in no language that is checked")
        elif Path(path).is_file():
            texts.setdefault(path, _read(path, language))
        else:
            raise UsageError(f"there is no file or folder {path!r}")
    return list(texts.values())


def repository(path: str) -> Path | None:
    """Return the top folder of the git repository that holds a path. It is None without a repository or without git."""
    folder = Path(path) if path != "-" else Path()
    folder = folder if folder.is_dir() else folder.parent
    if shutil.which("git") is None or not folder.is_dir():
        return None
    done = git.run(["rev-parse", "--show-toplevel"], folder, users=True)
    return Path(os.fsdecode(done.stdout.rstrip(b"\n"))) if done.returncode == 0 else None


def known_language(path: str, data: bytes) -> str | None:
    """Return the language of a file by its name or, for a script, by its first line; None if neither tells it.

    A notebook is taken for Python, until it is read.
    """
    if (known := languages.from_path(path)) is not None:
        return known
    if path.lower().endswith(notebooks.SUFFIX):
        return "python"
    return languages.from_first_line(data[:200].decode("latin-1")) if data.startswith(b"#!") else None


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
            text = _decoded(data, language)
            if path.lower().endswith(notebooks.SUFFIX):
                language, text = notebooks.read(text)
                problem = "" if text.strip() else "no code cells"
        except UnicodeDecodeError as error:
            problem = f"not UTF-8 (byte {error.start})" if error.encoding == "utf-8" else f"not {error.encoding}"
        except (ValueError, LookupError, SyntaxError) as error:
            problem = str(error).splitlines()[0]
    return Text(path, language, "" if problem else text, problem)


def _decoded(data: bytes, language: str) -> str:
    """Return the text of a file: UTF-8, or what a Python source's own first lines name.

    The name is changed to UTF-8 then, because that is how the text is handed on.
    """
    text = data.decode("utf-8-sig", "replace" if language == "python" else "strict")
    if language != "python" or not (named := _CODING.match(text)):
        return data.decode("utf-8-sig")
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    text = data.decode(encoding)
    return text[: named.start(2)] + "utf-8" + text[named.end(2) :]


def read_bytes(path: Path) -> bytes:
    """Read a file, but not much more of it than a source may have.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _is_dir(path: str) -> bool:
    if "\0" in path:
        raise UsageError(f"there is no file or folder {path!r}")
    return Path(path).is_dir()


def _read(path: str, language: str | None) -> Text:
    language = language or known_language(path, b"")
    try:
        if language is None:
            with Path(path).open("rb") as stream:
                language = known_language(path, stream.read(200))
        data = read_bytes(Path(path)) if language else b"?"
    except OSError as error:
        return Text(path, language, "", f"cannot be read: {error.strerror}")
    return decode(path, language, data)


def _in_folder(folder: str, skip: LeftOut) -> Iterator[str]:
    if (known := _known_to_git(folder)) is not None:
        for name in sorted(known):
            path = Path(folder, name)
            if path.is_symlink():
                skip(str(path), "symbolic links")
            elif path.is_dir():
                skip(str(path), "submodules")
            elif path.is_file():
                yield str(path)
    else:
        yield from _walk(folder, skip)


def _walk(folder: str, skip: LeftOut) -> Iterator[str]:
    """Yield the files below a folder that no repository tells about."""

    def kept(place: str, name: str, hidden: str) -> bool:
        path = Path(place, name)
        if path.is_symlink():
            skip(str(path), "symbolic links")
        elif name.startswith(".") or (hidden == _FOLDERS and (name in _SKIPPED or (path / "pyvenv.cfg").exists())):
            skip(str(path), hidden)
        else:
            return True
        return False

    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in sorted(folders) if kept(place, name, _FOLDERS)]
        for name in sorted(names):
            if kept(place, name, "hidden files"):
                path = Path(place, name)
                if path.is_file():
                    yield str(path)
                else:
                    skip(str(path), "neither files nor folders")


def _known_to_git(folder: str) -> list[str] | None:
    """Return the files that git tracks or would add, relative to the folder. It is None outside of a repository."""
    if repository(folder) is None:
        return None
    arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."]
    done = git.run(arguments, Path(folder), users=True)
    if done.returncode != 0:
        return None
    return list(dict.fromkeys(filter(None, map(os.fsdecode, done.stdout.split(b"\0")))))
