"""Reads a CSV table with Big-Vul's columns (MSR 2020): functions before and after the commit that fixed a CVE.

The data set is that of Fan et al. The table is read once, from front to back, and gives a candidate for each vulnerable
row that changed. The columns `func_before` and `func_after` must be there; `OPTIONAL` are used where they are. The
published table spells some as `CWE ID`, `CVE ID` and `Publish Date`, and those made from it as `cwe_id` and so on; they
are the same column. The table says nothing of licences: the
functions have those of their projects, so candidates stay in quarantine unless the user gives a licence. Nobody looked
at the commits that the table names, so these are only its word.

A table is untrusted. The length of a field is limited, so that an unbalanced quote ends in an error of one line instead
of filling the memory.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from seccoder.code import languages
from seccoder.errors import UsageError
from seccoder.expansion.candidate import Candidate
from seccoder.expansion.sources.about import About
from seccoder.types import Progress, Provenance

MAX_FIELD = 4_000_000  # characters; the longest functions of the real table are far below
MAX_COLUMNS = 500
REQUIRED = ("func_before", "func_after")
OPTIONAL = ("vul", "cwe_id", "cve_id", "commit_id", "project", "lang", "file_name", "publish_date")


def candidates(path: Path, about: About, skipped: list[str]) -> Iterator[Candidate]:
    """Yield the rows of a table that say they were vulnerable, and that changed.

    Args:
        path: The CSV.
        about: What the user says about it.
        skipped: Where to add which columns are not there.

    Raises:
        UsageError: If the table cannot be read, lacks a column, or is no CSV from some row on.
    """
    for number, row in enumerate(rows(path, REQUIRED, header=lambda found: _tell(path, found, skipped)), start=2):
        if candidate := _candidate(row, about, f"{path}:{number}"):
            yield candidate


def _tell(path: Path, found: Sequence[str], skipped: list[str]) -> None:
    if absent := [name for name in OPTIONAL if name not in found]:
        used = [name for name in (*REQUIRED, *OPTIONAL) if name in found]
        skipped.append(f"{path}: read by its columns {', '.join(used)}; it has none for {', '.join(absent)}")


def column(name: str) -> str:
    """Return the one spelling of a column's name: `CWE ID`, `cwe_id` and `CWE-ID` are `cwe_id`."""
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def rows(
    path: Path,
    required: Sequence[str],
    on_progress: Progress | None = None,
    header: Callable[[Sequence[str]], None] = lambda found: None,
) -> Iterator[dict[str, str]]:
    """Yield the rows of a table, by column (`column`); never more than one of them is held.

    Args:
        path: The CSV.
        required: The columns that must be there.
        header: Called once with the columns that are there.
        on_progress: Called every thousand rows, with the characters read and the bytes in all.

    Raises:
        UsageError: If the table cannot be read, lacks a column, or is no CSV from some row on.
    """
    number, read = 1, 0
    limit = csv.field_size_limit()

    def lines(stream: Iterator[str]) -> Iterator[str]:
        nonlocal read
        for line in stream:
            read += len(line)
            yield line.replace("\0", "")

    try:
        size = path.stat().st_size
        with path.open(encoding="utf-8", errors="replace", newline="") as stream:
            csv.field_size_limit(MAX_FIELD)
            table = csv.reader(lines(stream))
            columns = [column(name) for name in next(table, [])]
            if absent := [name for name in required if name not in columns]:
                raise UsageError(f"{path} is no table like Big-Vul's: it has no column {', '.join(absent)}")
            if len(columns) > MAX_COLUMNS:
                raise UsageError(f"{path} has {len(columns):,} columns")
            header(columns)
            for number, values in enumerate(table, start=2):
                csv.field_size_limit(limit)  # the limit is global: ours must hold only while we read
                if on_progress is not None and number % 1000 == 0:
                    on_progress(read, size)
                yield dict(zip(columns, values, strict=False))
                csv.field_size_limit(MAX_FIELD)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV table after row {number}: {error}") from None
    finally:
        csv.field_size_limit(limit)


def _candidate(row: Mapping[str, str], about: About, place: str) -> Candidate | None:
    before, after = row.get("func_before", ""), row.get("func_after", "")
    if row.get("vul", "1").strip() not in {"1", "1.0", "True", "true"} or not after.strip() or before == after:
        return None
    named = row.get("cwe_id", "").strip()
    path = row.get("file_name", "").strip()
    language = about.language or row.get("lang", "").strip() or languages.from_path(path) or "c"
    commit = row.get("commit_id", "").strip()
    return Candidate(
        code=after,
        language=language,
        cwes=(named,) if named.upper().startswith("CWE") else about.cwes,
        vulnerable=before,
        task=about.task,
        origin=Provenance(
            source=row.get("project", "").strip() or place,
            licence=about.licence,
            commit=commit,
            path=path or place,
            date=row.get("publish_date", "").strip(),
            added_by=about.added_by,
        ),
        note=row.get("cve_id", "").strip() or about.note,
    )
