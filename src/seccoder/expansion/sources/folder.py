"""Reads files and folders of records: the name of a file says how it is read.

A demonstration folder is read as one record. What the user says about the files and, for advisories, a clone are passed
on to what reads them. If something in a folder cannot be read, it is reported and skipped. Links are not followed, and
hidden files are left out.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from seccoder.codebase import folder
from seccoder.errors import UsageError
from seccoder.expansion.candidate import OWN, Candidate, from_demonstration
from seccoder.expansion.sources import bigvul, cvefixes, json_lines, osv
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.git_history import History

MAX_FILES = 200_000
SUFFIXES = (".jsonl", ".ndjson", ".csv", ".db", ".sqlite", ".sqlite3", ".json")


def candidates(path: Path, about: About, clone: History | None, skipped: list[str]) -> Iterator[Candidate]:
    """Yield what is in one file or, if the path is a folder, in all files below it.

    Raises:
        UsageError: If a file is none of those that are read, or a folder holds none of them.
    """
    if not path.is_dir():
        yield from _file(path, about, clone, skipped)
        return
    found = 0
    for each in _below(path):
        found += 1
        try:
            if each.is_dir():
                yield _demonstration(each, about)
            else:
                yield from _file(each, about, clone, skipped)
        except UsageError as error:
            skipped.append(str(error))
    if not found:
        raise UsageError(f"{path} holds nothing that can be expanded from: no {', '.join(SUFFIXES)} files")


def _file(path: Path, about: About, clone: History | None, skipped: list[str]) -> Iterator[Candidate]:
    suffix = path.suffix.lower()
    if suffix in {".jsonl", ".ndjson"}:
        yield from json_lines.candidates(path, about, skipped)
    elif suffix == ".csv":
        yield from bigvul.candidates(path, about, skipped)
    elif suffix in {".db", ".sqlite", ".sqlite3"}:
        yield from cvefixes.candidates(path, about)
    elif suffix == ".json":
        if clone is None:
            raise UsageError(f"{path} is an advisory: give the repository that it is about (--clone PATH)")
        yield from osv.candidates(path, clone, skipped)
    else:
        raise UsageError(f"{path} is nothing that can be expanded from; `seccoder codebase expand --help` says what is")


def _below(top: Path) -> Iterator[Path]:
    """Yield files and demonstration folders, ordered by name."""
    seen = 0
    for place, folders, names in os.walk(top):
        if folder.DESCRIPTION in names:
            folders.clear()
            yield Path(place)
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not Path(place, name).is_symlink())
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES or path.is_symlink() or not path.is_file():
                continue
            seen += 1
            if seen > MAX_FILES:
                raise UsageError(f"{top} holds more than {MAX_FILES:,} files")
            yield path


def _demonstration(path: Path, about: About) -> Candidate:
    if any((path / name).is_symlink() for name in os.listdir(path)):
        raise UsageError(f"{path} holds links, which are not followed")
    read = from_demonstration(folder.read(path, source="user", licence=about.licence or OWN))
    return replace(read, origin=replace(read.origin, path=str(path), added_by=about.added_by))
