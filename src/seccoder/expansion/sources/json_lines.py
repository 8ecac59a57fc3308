"""Reads records as JSON lines: what `codebase export` writes, and pairs in the shapes that others publish.

A record's own word about how far it was proven is not believed: its proof is run again. A commit that it names is kept
as its origin and counts for nothing. These names of fields are known:

    code, secure, fixed, func_after, func_src_after            the secure side
    vulnerable, func_before, func_src_before                   the vulnerable side
    language, lang (or the suffix of file_name, path)          the language
    cwes, cwe, cwe_id, vul_type                                the weaknesses
    task, description; note; cue; apis; test; licence, license
    commit, commit_id, commit_link, commit_url; source, project

A line that is no such record is skipped and reported. A file that holds nothing but such lines is refused.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seccoder.code import languages
from seccoder.codebase.jsonl import MAX_LINE
from seccoder.errors import UsageError
from seccoder.expansion.candidate import Candidate
from seccoder.expansion.sources.about import About
from seccoder.types import Provenance

_MAX_TOLD = 20  # skipped lines that are reported one by one


def candidates(path: Path, about: About, skipped: list[str]) -> Iterator[Candidate]:
    """Yield the records of a file, in order.

    Raises:
        UsageError: If the file cannot be read, or no line of it is a record.
    """
    number = read = bad = 0
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise UsageError(f"{path}, line {number}: longer than {MAX_LINE:,} bytes")
                if not line.strip():
                    continue
                try:
                    candidate = from_record(json.loads(line.decode("utf-8")), f"{path}:{number}", about)
                except (ValueError, RecursionError, UsageError) as error:
                    bad += 1
                    if bad <= _MAX_TOLD:
                        skipped.append(f"{path}, line {number}: {_plain(error)}")
                    continue
                read += 1
                yield candidate
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    if bad > _MAX_TOLD:
        skipped.append(f"{path}: {bad - _MAX_TOLD} more lines")
    if bad and not read:
        raise UsageError(skipped[0])


def from_record(record: Any, place: str, about: About) -> Candidate:
    """Return one record as a candidate.

    Raises:
        UsageError: If it has no code, or a field is not what it should be.
    """
    if not isinstance(record, dict):
        raise UsageError("not a record")
    origin, proof = _part(record, "origin"), _part(record, "proof")
    both = {**record, **origin}
    code = _text(record, "code", "secure", "fixed", "func_after", "func_src_after")
    vulnerable = _text(record, "vulnerable", "func_before", "func_src_before")
    if not code.strip():
        raise UsageError("not a record: it has no code")
    path = _text(both, "path", "file_name", "filename")
    language = about.language or _text(record, "language", "lang") or languages.from_path(path) or ""
    cwes = record.get("cwes", _text(record, "cwe", "cwe_id", "CWE ID", "vul_type"))
    if isinstance(cwes, str):
        cwes = [name for name in cwes.replace(";", ",").split(",") if name.strip()]
    apis = record.get("apis", [])
    if not all(isinstance(each, list) and all(isinstance(name, str) for name in each) for each in (cwes, apis)):
        raise UsageError("not a record: cwes and apis must be lists of texts")
    commit = _text(both, "commit", "commit_id", "commit_link", "commit_url")
    return Candidate(
        code=code,
        language=language,
        cwes=tuple(cwes) or about.cwes,
        vulnerable=vulnerable or None,
        task=_text(record, "task", "description") or about.task,
        test=_text(record, "test") or _text(proof, "test") or None,
        origin=Provenance(
            source=_text(both, "source", "project") or place,
            licence=about.licence or _text(both, "licence", "license"),
            commit=commit,
            path=path or place,
            date=_text(both, "date"),
            added_by=about.added_by,
        ),
        note=_text(record, "note") or about.note,
        apis=tuple(apis),
        cue=_text(record, "cue"),
    )


def _part(record: dict[str, Any], name: str) -> dict[str, Any]:
    part = record.get(name)
    return part if isinstance(part, dict) else {}


def _text(record: dict[str, Any], *names: str) -> str:
    for name in names:
        value = record.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            raise UsageError(f"not a record: {name!r} must be a text")
        if value:
            return value
    return ""


def _plain(error: Exception) -> str:
    return f"not JSON ({error})" if isinstance(error, ValueError) else str(error) or type(error).__name__
