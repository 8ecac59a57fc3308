"""Reads CVEfixes' SQLite database (PROMISE 2021): files before and after commits that fixed a CVE.

The data set is that of Bhandari et al. The database is read from front to back, and gives a candidate for each function
that such a commit changed. The functions are cut out here, because the database's own methods have no context. The
licences are those of the repositories, which the database does not name, so candidates stay in quarantine unless the
user gives a licence. Nobody looked at the commits that the database names, so these are only its word.

A database is untrusted. It is opened read-only, only tables are read (so no view computes anything), the length of
contents is limited, and a query that gives no row for a minute is ended.
"""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from seccoder.code import languages
from seccoder.errors import UsageError
from seccoder.expansion.candidate import Candidate
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.functions import changed
from seccoder.expansion.sources.source_file import words
from seccoder.types import Provenance

MAX_FILE = 1_000_000  # characters
MAX_FUNCTIONS = 6  # that one commit changed in one file; a commit with more of them did more than one thing
_SECONDS = 60.0
_TABLES = {  # the columns that are read
    "fixes": ("cve_id", "hash", "repo_url"),
    "commits": ("hash", "author_date"),
    "cwe_classification": ("cve_id", "cwe_id"),
    "file_change": ("hash", "filename", "new_path", "code_before", "code_after"),
}


def candidates(path: Path, about: About) -> Iterator[Candidate]:
    """Yield the functions that the fixes of a database changed.

    Raises:
        UsageError: If it is no such database, or a damaged one.
    """
    try:
        with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            watch = _Watch()
            connection.set_progress_handler(watch.over, 100_000)
            _check(connection, path)
            yield from _read(connection, about, watch)
    except sqlite3.Error as error:
        raise UsageError(f"{path} cannot be read as CVEfixes' database: {error}") from None


class _Watch:
    """Ends a query that gives nothing for too long."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def over(self) -> int:
        return int(time.monotonic() - self.last > _SECONDS)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, columns in _TABLES.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} if table in tables else set()
        if missing := [name for name in columns if name not in there]:
            raise UsageError(f"{path} is not CVEfixes' database: table {table} has no {', '.join(missing)}")


def _read(connection: sqlite3.Connection, about: About, watch: _Watch) -> Iterator[Candidate]:
    weaknesses: dict[str, list[str]] = defaultdict(list)
    for cve, cwe in connection.execute("SELECT cve_id, cwe_id FROM cwe_classification ORDER BY cve_id, cwe_id"):
        weaknesses[_text(cve)].append(_text(cwe))
    fixes: dict[str, tuple[list[str], str]] = {}
    for cve, commit, address in connection.execute("SELECT cve_id, hash, repo_url FROM fixes ORDER BY cve_id"):
        fixes.setdefault(_text(commit), ([], _text(address)))[0].append(_text(cve))
    dates = dict(connection.execute("SELECT hash, author_date FROM commits"))
    select = (
        "SELECT hash, coalesce(nullif(new_path, 'None'), filename), code_before, code_after FROM file_change "
        "WHERE length(code_before) BETWEEN 10 AND ?1 AND length(code_after) BETWEEN 10 AND ?1"
    )
    for commit, path, before, after in connection.execute(select, (MAX_FILE,)):
        watch.last = time.monotonic()
        advisories, address = fixes.get(_text(commit), ([], ""))
        language = about.language or languages.from_path(_text(path))
        if not advisories or language is None:
            continue
        pairs = changed(_text(before), _text(after), language)
        if len(pairs) > MAX_FUNCTIONS:
            continue
        cwes = dict.fromkeys(name for cve in advisories for name in weaknesses[cve] if name.startswith("CWE-"))
        for pair in pairs:
            where = f"{_text(path)}:{pair.after.name}"
            yield Candidate(
                code=pair.after.whole,
                language=language,
                cwes=tuple(cwes) or about.cwes,
                vulnerable=pair.before.whole,
                task=about.task or words(pair.after.name),
                origin=Provenance(
                    address, about.licence, _text(commit), where, _text(dates.get(commit))[:10], about.added_by
                ),
                note=", ".join(advisories[:5]),
            )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
