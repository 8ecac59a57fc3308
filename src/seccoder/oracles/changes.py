"""Reads what changed in a git repository: the files that are staged, or that differ from where a branch began.

It returns a `seccoder.oracles.files.Text` for each changed file that is a source, with the numbers of the lines that
the change added or altered and the text as it was before. Whoever judges the change needs both: a finding counts if it
is on such a line, or if the text before did not have it.

Attributes say how git shows a file to people (`-diff`, `binary`), not what it is, so that every file is compared as
text. Submodules and links hold no text of their own and are left out, whatever their name is.

The repository is not trusted: `seccoder.code.git` keeps git from running anything that the repository holds.
"""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seccoder.code import git
from seccoder.errors import MissingTool, UsageError
from seccoder.oracles.files import MAX_BYTES, LeftOut, Text, decode, known_language, read_bytes, repository

_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_LINK, _SUBMODULE = "120000", "160000"
# Settings of the user's or the repository's own that would change what a comparison says are overridden.
_COMPARED = ("--text", "--find-renames", "--inter-hunk-context=0", "--ignore-submodules=dirty", f"-O{os.devnull}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One changed file, as `git diff --raw` tells it."""

    mode: str
    old_mode: str
    old: str  # the hash of the content before the change; zeros for a new file
    new: str  # the hash of what is staged; zeros for a file of the working tree
    name: str  # relative to the repository's top folder
    old_name: str
    status: str  # the letter of what happened to it


def changed(
    paths: Sequence[str], *, since: str | None, language: str | None = None, left_out: LeftOut | None = None
) -> list[Text]:
    """Read the files that were added or changed, with what the change made of them.

    Args:
        paths: Only files at or below these paths are read. If there are none, the whole repository of the working
            directory is read.
        since: The commit with which the working tree is compared: more exactly, the last commit that it and HEAD have
            in common. For None, what is staged is compared with the last commit.
        language: Overrides nothing here; only files of this language are taken.
        left_out: Called with the path of each changed file that is left out, and the reason.

    Raises:
        UsageError: If this is not a git repository, or there is no such commit.
        MissingTool: If git is not installed.
    """
    top = repository(paths[0] if paths else ".")
    if top is None:
        raise UsageError("this is not a git repository; --diff and --staged need one")
    against = ["--cached"] if since is None else [_base(top, since)]
    where = [str(Path(path).resolve()) for path in paths]
    skip = left_out or (lambda path, reason: None)
    texts = []
    for entry in _entries(_git(top, ["diff", *_COMPARED, "--raw", "--no-abbrev", "-z", *against, "--", *where])):
        path = os.path.relpath(top / entry.name)
        if entry.status == "U":
            skip(path, "in conflict, so that nothing of it is staged")
            continue
        if entry.mode in {_LINK, _SUBMODULE}:
            skip(path, "symbolic links" if entry.mode == _LINK else "submodules")
            continue
        data = _blob(top, entry.new) if since is None else _of_work_tree(top / entry.name)
        if data is None:
            skip(path, "symbolic links")
            continue
        known = known_language(path, data)
        if known is None or language not in {None, known}:
            skip(path, "in no language that is checked" if known is None else "in another language")
            continue
        texts.append(_text(top, entry, decode(path, known, data), against))
    if since is not None:
        for name in _git(top, ["ls-files", "-z", "--others", "--exclude-standard", "--", *where]).split(b"\0"):
            if name and known_language(os.fsdecode(name), b""):
                skip(os.path.relpath(top / os.fsdecode(name)), "new and not yet known to git")
    return texts


def _text(top: Path, entry: _Entry, text: Text, against: Sequence[str]) -> Text:
    """Add to a text what the change made of it. A file that is new, or was none before, counts whole."""
    if not entry.old.strip("0") or entry.old_mode in {_LINK, _SUBMODULE}:
        return text
    before = decode(text.path, text.language, _blob(top, entry.old))
    names = [f":(top,literal){name}" for name in dict.fromkeys((entry.old_name, entry.name))]
    hunks = _git(top, ["diff", *_COMPARED, "--unified=0", *against, "--", *names])
    lines = frozenset(_lines(hunks))
    if not lines and b"\n@@ " not in hunks and before.text != text.text:
        return text  # git shows no lines of it
    return replace(text, changed=lines, before=before.text)


def _entries(raw: bytes) -> Iterator[_Entry]:
    """Read `git diff --raw -z`. What was deleted has no content of its own to check."""
    fields = iter(raw.split(b"\0"))
    for head in fields:
        if not head.startswith(b":"):
            continue
        old_mode, mode, old, new, status = head[1:].decode("ascii").split(" ")
        first = os.fsdecode(next(fields))
        name = os.fsdecode(next(fields)) if status[0] in "RC" else first
        if status[0] in "ACMRTU":
            yield _Entry(mode, old_mode, old, new, name, first, status[0])


def _lines(diff: bytes) -> Iterator[int]:
    """Yield the numbers of the lines that a diff without context adds or changes on its new side."""
    for start, count in _HUNK.findall(diff):
        yield from range(int(start), int(start) + int(count or 1))


def _of_work_tree(path: Path) -> bytes | None:
    """Return a file's content. It is None if there is no file of its own in its place."""
    return None if path.is_symlink() or not path.is_file() else read_bytes(path)


def _blob(top: Path, name: str) -> bytes:
    """Return a blob's content, or as many blanks as make it too large if it is too large."""
    if int(_git(top, ["cat-file", "-s", name])) > MAX_BYTES:
        return b" " * (MAX_BYTES + 1)
    return _git(top, ["cat-file", "blob", name])


def _base(top: Path, revision: str) -> str:
    """Return the last commit that a revision and HEAD have in common; if they share none, that of the revision."""
    done = git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], top, users=True)
    if done.returncode != 0:
        raise UsageError(f"{revision!r} is not a commit of this repository")
    commit = done.stdout.decode("ascii").strip()
    done = git.run(["merge-base", commit, "HEAD"], top, users=True)
    if done.returncode == 0:
        return done.stdout.decode("ascii").split()[0]
    if _git(top, ["rev-parse", "--is-shallow-repository"]).strip() == b"true":
        raise UsageError(
            f"this clone is too shallow to tell what changed since {revision!r}; run git fetch --unshallow (in a "
            "pipeline: check out with the whole history)"
        )
    return commit


def _git(folder: Path, arguments: Sequence[str]) -> bytes:
    if shutil.which("git") is None:
        raise MissingTool("git", "apt-get install git")
    done = git.run(arguments, folder, users=True)
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise UsageError(f"git {arguments[0]} failed" + "".join(f": {line}" for line in last))
    return done.stdout
