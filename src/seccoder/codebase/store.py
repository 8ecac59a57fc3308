"""Stores demonstrations in one SQLite file, with the history of every change.

A demonstration's identity is its content hash. Every add, remove and restore is one numbered version. Nothing is ever
deleted, so each version can be brought back. When a change returns, it is on disk (WAL with full synchronisation: it
survives kill -9, and a power cut if the disk keeps its word). Several processes may write, and each waits for the
other. Readers are never blocked and see one version or the next.

Not guaranteed: that a demonstration is secure (its proof says how far that was shown), or that a damaged file is
noticed when it is opened. SQLite notices the damage when it reads the damaged page, and that is a `StoreError`, too.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from seccoder.codebase.database import Database
from seccoder.codebase.rows import COLUMNS, digest, from_row, insert, only, validate
from seccoder.errors import StoreError, UsageError
from seccoder.types import Demonstration, ProofLevel

if TYPE_CHECKING:
    from seccoder.retrievers.lists import Shelf
    from seccoder.types import Vectors

KEEP_DERIVED = 16  # how many derived blobs are kept; each is megabytes, and every change of the base makes new ones
MIN_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a store: when (ISO 8601, UTC), what (`add`, `remove`, `edit`, `restore`), why, the ids touched."""

    version: int
    at: str
    action: str
    why: str
    ids: tuple[str, ...]


class Store:
    """One store. Make it by `Store.open`. Several threads may use it, and it works in a `with` statement.

    Attributes:
        decides: Whether decisions about candidates, and the quarantine, can be kept beside the demonstrations.
    """

    decides = True

    def __init__(self, database: Database) -> None:
        self.path: Path | str = database.path
        self.readonly = database.readonly
        self.database = database  # for `decisions`, which keeps its tables in the same file

    @classmethod
    def open(cls, path: str | Path, readonly: bool = False) -> Self:
        """Open a store. A store that does not exist reads as empty, and its file is made by the first write.

        Args:
            path: The SQLite file.
            readonly: Whether nothing is ever written, not even to bring an older format up to date (that is then done
                in memory). A file that this process may not write is opened so in any case.

        Raises:
            StoreError: If the file is no secure codebase, is damaged, or was written by a newer seccoder; the file
                is left untouched. Also if it does not exist and `readonly` is set.
        """
        return cls(Database(Path(path).absolute(), readonly))

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """The number of the latest change; 0 for a store to which nothing was ever added."""
        return int(self.database.rows("SELECT coalesce(max(version), 0) FROM changes")[0][0])

    def ids(self) -> list[str]:
        """Return the ids of all live demonstrations, sorted."""
        return [row[0] for row in self.database.rows("SELECT id FROM live ORDER BY id")]

    def digest(self) -> str:
        """Return the SHA-256 over the sorted live ids. Equal content has an equal digest."""
        return digest(self.ids())

    def find(self, prefix: str) -> list[str]:
        """Return the live ids that begin with these (at least four) hexadecimal digits, sorted."""
        prefix = beginning(prefix)
        query = "SELECT id FROM live WHERE id >= ? AND id < ? ORDER BY id"
        return [row[0] for row in self.database.rows(query, prefix, prefix + "g")]

    def get(self, prefix: str) -> Demonstration:
        """Return the live demonstration with this id, or the only one whose id begins so (at least 4 digits).

        Raises:
            UsageError: If this is no id and no beginning of one.
            StoreError: If there is no such demonstration, or more than one.
        """
        return self._demonstrations("WHERE live.id = ?", only(self.find(prefix), prefix))[0]

    def demonstrations(self, language: str | None = None, cwe: str | None = None) -> list[Demonstration]:
        """Return all live demonstrations, ordered by id.

        Args:
            language: If given, the canonical name of their language.
            cwe: If given, a CWE that they name (as `CWE-22`).
        """
        where = "WHERE (?1 IS NULL OR language = ?1) AND (?2 IS NULL OR instr(cwes, ?2)) ORDER BY live.id"
        return self._demonstrations(where, language, None if cwe is None else json.dumps(cwe))

    def history(self) -> list[Change]:
        """Return every change there was, oldest first."""
        ids: dict[int, list[str]] = {}
        with self.database.reading() as connection:
            changes = connection.execute("SELECT version, at, action, why FROM changes ORDER BY version").fetchall()
            # A change made between the two selects has entries that belong to no change read above: never shown.
            for version, id in connection.execute("SELECT version, id FROM entries ORDER BY version, id"):
                ids.setdefault(version, []).append(id)
        return [Change(version, at, action, why, tuple(ids.get(version, ()))) for version, at, action, why in changes]

    # --- writing ----------------------------------------------------------------------------------------------------

    def add(self, demonstrations: Iterable[Demonstration], why: str = "") -> list[str]:
        """Add demonstrations, all or none, as one version.

        If two have equal content, the wording with the strongest proof counts, and among equally proven ones the first.
        A demonstration that is there already is therefore left as it is, unless the new one is better proven. If
        nothing changes, there is no new version.

        Returns:
            The ids that were not live before, in the order given.

        Raises:
            UsageError: If a demonstration is malformed (no code, a language or CWE in another spelling than ours).
            StoreError: If the store cannot be written.
        """
        wanted = list(demonstrations)
        for demonstration in wanted:
            validate(demonstration)  # an invalid one must not create a file
        with self.database.writing() as connection:
            return put(connection, wanted, why)

    def remove(self, prefix: str, why: str) -> str:
        """Remove one demonstration, as one version, and return its id. `restore` can bring it back.

        Raises:
            UsageError: If `why` is empty, or this is no id.
            StoreError: If there is no such demonstration, or more than one, or the store cannot be written.
        """
        if not why.strip():
            raise UsageError("a removal needs a reason (--why TEXT): it stays in the history")
        id = only(self.find(prefix), prefix)
        with self.database.writing() as connection:
            if not take_out(connection, id, why):
                raise StoreError(f"no demonstration {id} in {self.path}")
        return id

    def restore(self, version: int) -> int:
        """Bring back exactly what was live in a version, as a new version, whose number is returned.

        Raises:
            StoreError: If there never was such a version, or the store cannot be written.
        """
        with self.database.writing() as connection:
            latest = connection.execute("SELECT coalesce(max(version), 0) FROM changes").fetchone()[0]
            if not 0 <= version <= latest:
                raise StoreError(f"{self.path} has no version {version}: it has 0 to {latest}")
            # SQLite takes the other columns of a max() query from the row that holds the maximum.
            select = "SELECT id, record, max(version) FROM entries WHERE version <= ? GROUP BY id"
            then = {id: record for id, record, _ in connection.execute(select, (version,)) if record is not None}
            now = dict(connection.execute("SELECT id, record FROM live"))
            records: dict[str, int | None] = {id: record for id, record in then.items() if now.get(id) != record}
            records.update({id: None for id in now if id not in then})
            return _record_change(connection, "restore", f"back to version {version}", records)

    def seal(self) -> None:
        """Fold everything into the one file, so that it can be read from a place where nothing can be written.

        Raises:
            StoreError: If it is in use elsewhere, or cannot be written.
        """
        with self.database.writing(transaction=False) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA journal_mode = DELETE")

    # --- derived data -----------------------------------------------------------------------------------------------

    def vectors(self, embedder_version: str, ids: Sequence[str]) -> "dict[str, Vectors]":
        """Return the stored vectors (1-d float32, read-only) of these ids by this embedder, where there are any."""
        import numpy as np

        query = "SELECT id, vector FROM vectors WHERE embedder = ? AND id IN (SELECT value FROM json_each(?))"
        rows = self.database.rows(query, embedder_version, json.dumps(list(ids)))
        return {id: np.frombuffer(blob, dtype="<f4") for id, blob in rows}

    def put_vectors(self, embedder_version: str, vectors: "Mapping[str, Vectors]") -> None:
        """Store vectors (each 1-d) under their ids and the embedder's version. They replace what was there."""
        import numpy as np

        rows = [(embedder_version, id, np.ascontiguousarray(v, dtype="<f4").tobytes()) for id, v in vectors.items()]
        with self.database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors (embedder, id, vector) VALUES (?, ?, ?)", rows)

    def derived(self, key: str) -> bytes | None:
        """Return what was stored under this key (a fitted embedder, an index), or None."""
        rows = self.database.rows("SELECT value FROM derived WHERE key = ?", key)
        return rows[0][0] if rows else None

    def put_derived(self, key: str, value: bytes) -> None:
        """Store something that can be computed again. Only the latest sixteen are kept."""
        with self.database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO derived (key, value) VALUES (?, ?)", (key, value))
            oldest = "SELECT number FROM derived ORDER BY number DESC LIMIT -1 OFFSET ?"
            connection.execute(f"DELETE FROM derived WHERE number IN ({oldest})", (KEEP_DERIVED,))  # noqa: S608

    def shelf(self) -> "Shelf | None":
        """Return the inverted lists of a base that is too large to be compared as a whole; in SQLite, none is."""
        return None

    def close(self) -> None:
        """Close the file. The store cannot be used afterwards."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _demonstrations(self, where: str, *parameters: Any) -> list[Demonstration]:
        rows = self.database.rows(f"SELECT {COLUMNS} FROM live JOIN records USING (record) {where}", *parameters)  # noqa: S608
        try:
            return [from_row(row) for row in rows]
        except (ValueError, TypeError, AttributeError) as error:
            raise StoreError(f"{self.path} holds a damaged demonstration: {error}") from None


def beginning(prefix: str) -> str:
    """Return the beginning of an id as ids are written.

    Raises:
        UsageError: If it is none, or too short.
    """
    if not re.fullmatch(f"[0-9a-f]{{{MIN_PREFIX},}}", prefix.lower()):
        raise UsageError(f"{prefix.lower()!r} is not an id: give at least {MIN_PREFIX} of its hexadecimal digits")
    return prefix.lower()


def strongest(demonstrations: Iterable[Demonstration]) -> dict[str, Demonstration]:
    """Return demonstrations by id: of equal ones the best proven, and of equally proven ones the first."""
    wanted: dict[str, Demonstration] = {}
    for demonstration in demonstrations:
        known = wanted.get(demonstration.id)
        if known is None or known.proof.level.strength < demonstration.proof.level.strength:
            wanted[demonstration.id] = demonstration
    return wanted


def put(connection: sqlite3.Connection, demonstrations: Iterable[Demonstration], why: str) -> list[str]:
    """Add valid demonstrations inside the caller's transaction (see `Store.add`)."""
    wanted = strongest(demonstrations)
    new: list[str] = []
    records: dict[str, int | None] = {}
    find = "SELECT level FROM live JOIN records USING (record) WHERE live.id = ?"
    for id, demonstration in wanted.items():
        there = connection.execute(find, (id,)).fetchone()
        if there and ProofLevel(there[0]).strength >= demonstration.proof.level.strength:
            continue
        records[id] = insert(connection, id, demonstration)
        if not there:
            new.append(id)
    if records:
        _record_change(connection, "add", why, records)
    return new


def exchange(connection: sqlite3.Connection, id: str, demonstration: Demonstration, why: str) -> None:
    """Put a valid demonstration in the place of a live one inside the caller's transaction, as one version."""
    records: dict[str, int | None] = {id: None}
    records[demonstration.id] = insert(connection, demonstration.id, demonstration)
    _record_change(connection, "edit", why, records)


def take_out(connection: sqlite3.Connection, id: str, why: str) -> bool:
    """End a live demonstration inside the caller's transaction, as one version; tell whether it was live."""
    live = connection.execute("SELECT 1 FROM live WHERE id = ?", (id,)).fetchone() is not None
    if live:
        _record_change(connection, "remove", why, {id: None})
    return live


def _record_change(connection: sqlite3.Connection, action: str, why: str, records: Mapping[str, int | None]) -> int:
    """Append one version. For each id, `records` says which record is live from now on; None means none."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    insert = "INSERT INTO changes (version, at, action, why) SELECT coalesce(max(version), 0) + 1, ?, ?, ? FROM changes"
    version = int(connection.execute(insert, (at, action, why)).lastrowid or 0)
    entries = [(id, version, record) for id, record in records.items()]
    connection.executemany("INSERT INTO entries (id, version, record) VALUES (?, ?, ?)", entries)
    gone = [(id,) for id, record in records.items() if record is None]
    connection.executemany("DELETE FROM live WHERE id = ?", gone)
    there = [(id, record) for id, record in records.items() if record is not None]
    connection.executemany("INSERT OR REPLACE INTO live (id, record) VALUES (?, ?)", there)
    return version
