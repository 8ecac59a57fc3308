"""Stores the decisions about candidates, with all reasons and the quarantine, beside the demonstrations.

Accepted demonstrations, all decisions of their batch and how far a source was read are written in one transaction.
After a kill, all of it is there or nothing is. An expansion that starts again therefore neither loses nor repeats
anything.

The quarantine is in a table of its own, so nothing in it is ever retrieved. The content of a refused candidate is not
kept; only its origin and the reasons of the refusal are. Content that may hold a secret is not written anywhere.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from seccoder.code.shards import Shard
from seccoder.codebase.rows import only, validate
from seccoder.codebase.store import Store, exchange, put, take_out
from seccoder.errors import StoreError, UsageError
from seccoder.expansion.candidate import Candidate, Decision, Reason, Vetting, from_json
from seccoder.types import ProofLevel, Provenance

_COLUMNS = "candidate, at, decision, level, id, origin, reasons, content"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The latest decision about one candidate.

    Attributes:
        id: The id of the candidate, which is that of its content as it was proposed.
        at: When it was decided, ISO 8601, UTC.
        decision: What was decided.
        level: How far its security was shown.
        demonstration: The id of what was stored, or would be; None if it was refused.
        origin: Where it came from.
        reasons: Why it was decided so.
        candidate: The candidate as it was proposed if it is in quarantine, else None.
    """

    id: str
    at: str
    decision: Decision
    level: ProofLevel
    demonstration: str | None
    origin: Provenance
    reasons: tuple[Reason, ...]
    candidate: Candidate | None

    def to_json(self) -> dict[str, Any]:
        """Return what `list --quarantine --json` shows of it."""
        candidate = self.candidate
        return {
            "id": self.id,
            "at": self.at,
            "decision": str(self.decision),
            "level": str(self.level),
            "demonstration": self.demonstration,
            "origin": self.origin.to_json(),
            "reasons": [reason_to_json(reason) for reason in self.reasons],
            **({"language": candidate.language, "cwes": list(candidate.cwes)} if candidate else {}),
            **(
                {"task": candidate.task, "code": candidate.code, "vulnerable": candidate.vulnerable}
                if candidate
                else {}
            ),
        }


def reason_to_json(reason: Reason) -> dict[str, str]:
    """Return one reason as JSON values."""
    return {"rule": reason.rule, "decision": str(reason.decision), "message": reason.message}


def settle(
    store: Store, vettings: Sequence[Vetting], why: str = "", cursor: tuple[str, str] | None = None
) -> list[str]:
    """Write accepted demonstrations as one version, with every decision and how far a source was read.

    Args:
        store: The store that is written to.
        vettings: One batch.
        why: The reason that the history keeps.
        cursor: The name of a source, and the place to go on from when it is read again.

    Returns:
        The ids of the demonstrations that were not there before.

    Raises:
        StoreError: If the store cannot be written; then nothing was written.
    """
    accepted = [v.demonstration for v in vettings if v.decision is Decision.ACCEPT and v.demonstration]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [_row(vetting, at) for vetting in vettings]
    with store.database.writing() as connection:
        new = put(connection, accepted, why)
        for vetting in vettings:
            for id in vetting.supersedes:
                by = vetting.demonstration.id if vetting.demonstration else vetting.candidate.id
                take_out(connection, id, f"superseded by {by}, a later fix of the same function")
        # A live demonstration stays live, whatever is said of the same proposal later: to end it takes a removal.
        live = "SELECT 1 FROM vettings JOIN live USING (id) WHERE candidate = ? AND decision = 'accept'"
        rows = [row for row in rows if row[2] == "accept" or not connection.execute(live, (row[0],)).fetchone()]
        marks = ", ".join("?" * 8)
        connection.executemany(f"INSERT OR REPLACE INTO vettings ({_COLUMNS}) VALUES ({marks})", rows)  # noqa: S608
        if cursor:
            values = (cursor[0], at, cursor[1])
            connection.execute("INSERT OR REPLACE INTO cursors (source, at, value) VALUES (?, ?, ?)", values)
    return [id for id in new if not any(id in vetting.supersedes for vetting in vettings)]


def cursor(store: Store, source: str) -> str | None:
    """Return the place to go on from in a source, or None if it was never read."""
    rows = store.database.rows("SELECT value FROM cursors WHERE source = ?", source)
    return rows[0][0] if rows else None


def prepared(store: Store, source: str, shard: Shard) -> bool:
    """Write down that a shard of a source was prepared; tell whether it was the last one, which is true once."""
    marks = [f"{source} shard {Shard(number, shard.count)}" for number in range(1, shard.count + 1)]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    here = "source IN (SELECT value FROM json_each(?))"
    with store.database.writing() as connection:
        values = (marks[shard.number - 1], at, "prepared")
        connection.execute("INSERT OR REPLACE INTO cursors (source, at, value) VALUES (?, ?, ?)", values)
        (count,) = connection.execute(f"SELECT count(*) FROM cursors WHERE {here}", (json.dumps(marks),)).fetchone()  # noqa: S608
        if count == shard.count:
            connection.execute(f"DELETE FROM cursors WHERE {here}", (json.dumps(marks),))  # noqa: S608
    return bool(count == shard.count)


def recorded(store: Store, decision: Decision | None = None) -> list[Recorded]:
    """Return all decisions, or those of one kind, ordered by candidate.

    Raises:
        StoreError: If one of them is damaged.
    """
    return _read(store, "WHERE ?1 IS NULL OR decision = ?1", None if decision is None else str(decision))


def about(store: Store, demonstration: str) -> list[Recorded]:
    """Return the decisions about the candidates that became a demonstration."""
    return _read(store, "WHERE id = ?", demonstration)


def decided(store: Store, ids: Iterable[str]) -> set[str]:
    """Return those of these candidates that were already decided about."""
    query = "SELECT candidate FROM vettings WHERE candidate IN (SELECT value FROM json_each(?))"
    return {row[0] for row in store.database.rows(query, json.dumps(list(ids)))}


def quarantined(store: Store, prefix: str) -> Recorded:
    """Return the one candidate in quarantine whose id begins with a prefix.

    Raises:
        StoreError: If there is none, or more than one.
    """
    found = {each.id: each for each in recorded(store, Decision.QUARANTINE) if each.id.startswith(prefix.lower())}
    if not found:
        raise StoreError(f"nothing in quarantine begins with {prefix}; `seccoder codebase list --quarantine` shows it")
    return found[only(sorted(found), prefix)]


def release(store: Store, vetting: Vetting, why: str) -> str:
    """Accept a candidate from quarantine on somebody's word, and return the id of the demonstration.

    Args:
        store: The store of the candidate.
        vetting: The candidate, vetted again.
        why: Somebody's reason, which stays in the history and with the decision.

    Raises:
        UsageError: If there is no reason, or the candidate was refused.
    """
    if not why.strip():
        raise UsageError("a release needs a reason (--why TEXT): it stays in the history")
    if vetting.demonstration is None:
        refused = "; ".join(str(reason) for reason in vetting.against)
        raise UsageError(f"{vetting.candidate.id} cannot be released: {refused}")
    said = Reason("release", Decision.ACCEPT, why)
    accepted = Vetting(
        vetting.candidate, Decision.ACCEPT, (*vetting.reasons, said), vetting.level, vetting.demonstration
    )
    settle(store, [accepted], f"released from quarantine: {why}")
    return vetting.demonstration.id


def edit(
    store: Store, prefix: str, why: str, *, task: str | None = None, note: str | None = None, cue: str | None = None
) -> str:
    """Change the words of one demonstration, as one version, and return its id, which follows from its task.

    Args:
        store: The store of the demonstration.
        prefix: The beginning of its id.
        why: Somebody's reason, which stays in the history.
        task: What it does, in words; None leaves it as it is.
        note: What makes the difference between its twins; None leaves it as it is.
        cue: The weakness and its remedy in few tokens; None leaves it as it is.

    Raises:
        UsageError: If there is no reason, or nothing to change.
        StoreError: If there is no such demonstration, or the store cannot be written.
    """
    if not why.strip():
        raise UsageError("an edit needs a reason (--why TEXT): it stays in the history")
    words = (("task", task), ("note", note), ("cue", cue))
    said = {name: " ".join(text.split()) for name, text in words if text is not None}
    if not said:
        raise UsageError("an edit needs new words: --task TEXT, --note TEXT or --cue TEXT")
    old = store.get(prefix)
    new = replace(old, **said)  # type: ignore[arg-type]
    validate(new)
    with store.database.writing() as connection:
        exchange(connection, old.id, new, why)
        connection.execute("UPDATE vettings SET id = ? WHERE id = ?", (new.id, old.id))
    return new.id


def _row(vetting: Vetting, at: str) -> tuple[str | None, ...]:
    candidate = vetting.candidate
    content = candidate.to_json() if vetting.decision is Decision.QUARANTINE else None
    reasons = [[reason.rule, str(reason.decision), reason.message] for reason in vetting.reasons]
    return (
        candidate.id,
        at,
        str(vetting.decision),
        str(vetting.level),
        vetting.demonstration.id if vetting.demonstration else None,
        json.dumps(candidate.to_json()["origin"]),
        json.dumps(reasons),
        json.dumps(content) if content else None,
    )


def _read(store: Store, where: str, *parameters: Any) -> list[Recorded]:
    rows = store.database.rows(f"SELECT {_COLUMNS} FROM vettings {where} ORDER BY candidate", *parameters)  # noqa: S608
    try:
        return [_from_row(row) for row in rows]
    except (ValueError, TypeError, KeyError, UsageError) as error:
        raise StoreError(f"{store.path} holds a damaged decision: {error}") from None


def _from_row(row: tuple[Any, ...]) -> Recorded:
    id, at, decision, level, demonstration, origin, reasons, content = row
    return Recorded(
        id,
        at,
        Decision(decision),
        ProofLevel(level),
        demonstration,
        Provenance(**json.loads(origin)),
        tuple(Reason(rule, Decision(asked), message) for rule, asked, message in json.loads(reasons)),
        None if content is None else from_json(json.loads(content)),
    )
