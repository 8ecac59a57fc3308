"""Validates demonstrations, converts them to and from database rows, and counts them.

Stores and codebases share these functions. Nothing here opens, commits or versions anything: `store` does that.
"""

import hashlib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from seccoder.code import cues
from seccoder.code.languages import LANGUAGES
from seccoder.errors import StoreError, UsageError
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

COLUMNS = "language, cwes, task, code, vulnerable, level, test, origin, note, apis, repeat, cue"


def validate(demonstration: Demonstration) -> None:
    """Refuse a demonstration that the store's filters would not find, or that cannot be kept.

    Raises:
        UsageError: If it has no code, a language or CWE in another spelling than ours, a cue that no model should be
            given, or is not valid text.
    """
    if demonstration.language not in LANGUAGES:
        raise UsageError(f"a demonstration's language must be one of {', '.join(LANGUAGES)}")
    for cwe in demonstration.cwes:
        if not re.fullmatch(r"CWE-[1-9][0-9]{0,5}", cwe):
            raise UsageError(f"a demonstration's CWE must be written as CWE-22, not {cwe!r}")
    if not demonstration.code.strip():
        raise UsageError("a demonstration must have code")
    if problem := cues.wrong(demonstration.cue):
        raise UsageError(problem)
    try:
        json.dumps(demonstration.to_json(), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UsageError("a demonstration must be text that UTF-8 can hold (it has a lone surrogate)") from None


def insert(connection: sqlite3.Connection, id: str, demonstration: Demonstration) -> int:
    """Write one record and return its number."""
    values = (id, *to_row(demonstration))
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO records (id, {COLUMNS}) VALUES ({marks})", values)  # noqa: S608
    return int(cursor.lastrowid or 0)


def to_row(demonstration: Demonstration) -> tuple[Any, ...]:
    """Return one row of `COLUMNS`."""
    d, origin = demonstration, demonstration.to_json()["origin"]
    texts = (d.language, json.dumps(d.cwes), d.task, d.code, d.vulnerable, str(d.proof.level), d.proof.test)
    lists = json.dumps(origin, ensure_ascii=False), d.note, json.dumps(d.apis, ensure_ascii=False)
    return (*texts, *lists, d.repeat, d.cue)


def from_row(row: tuple[Any, ...]) -> Demonstration:
    """Read one row of `COLUMNS`.

    Raises:
        ValueError, TypeError: If the row is damaged.
    """
    language, cwes, task, code, vulnerable, level, test, origin, note, apis, repeat, cue = row
    return Demonstration(
        language=language,
        cwes=tuple(json.loads(cwes)),
        task=task,
        code=code,
        vulnerable=vulnerable,
        proof=Proof(ProofLevel(level), test),
        origin=Provenance(**{"source": "", **json.loads(origin)}),
        note=note,
        apis=tuple(json.loads(apis)),
        repeat=repeat,
        cue=cue,
    )


@dataclass(frozen=True, slots=True)
class Stats:
    """How many demonstrations there are in all and by language, CWE and level of proof, most frequent first."""

    demonstrations: int
    languages: dict[str, int]
    cwes: dict[str, int]
    proofs: dict[str, int]


def count(demonstrations: Iterable[Demonstration]) -> Stats:
    """Count demonstrations by language, CWE and level of proof."""
    all_of_them = list(demonstrations)

    def ranked(names: Iterable[str]) -> dict[str, int]:
        return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))

    return Stats(
        demonstrations=len(all_of_them),
        languages=ranked(d.language for d in all_of_them),
        cwes=ranked(cwe for d in all_of_them for cwe in d.cwes),
        proofs=ranked(str(d.proof.level) for d in all_of_them),
    )


def digest(ids: Iterable[str]) -> str:
    """Return the SHA-256 (64 hexadecimal digits) over ids, which must be sorted."""
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def only(ids: Sequence[str], prefix: str) -> str:
    """Return the one id that was found for a prefix.

    Raises:
        StoreError: If there is none, or more than one.
    """
    if not ids:
        raise StoreError(f"no demonstration {prefix}; `seccoder codebase list` shows those there are")
    if len(ids) > 1:
        shown = ", ".join(ids[:8]) + (", ..." if len(ids) > 8 else "")
        raise StoreError(f"{prefix} is the beginning of {len(ids)} ids: {shown}")
    return ids[0]
