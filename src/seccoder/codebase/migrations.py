"""Defines the store's format by numbered steps: step n turns format n - 1 into format n.

A store says its format in `user_version`, and that it is ours in `application_id`. All steps that a store lacks run in
one transaction, so a store is always in exactly one format. A step that has been released is never edited: a change of
format is a new function at the end of `MIGRATIONS`.

It does not check the data that is in the store.
"""

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x5ECC0DE5  # "SECCODE", as far as 32 bits go


def m001_first(connection: sqlite3.Connection) -> None:
    """Make the tables for demonstrations, their full history, and what is derived from them.

    `records`, `changes` and `entries` only ever grow. A record is one wording of a demonstration: the same content
    (`id`) with other evidence is another record. An entry says which record of an id a version made live; NULL means
    none. `live` is the outcome of all entries, kept so that reading does not have to replay them.
    """
    for statement in (
        """CREATE TABLE records (
               record INTEGER PRIMARY KEY, id TEXT NOT NULL, language TEXT NOT NULL, cwes TEXT NOT NULL,
               task TEXT NOT NULL, code TEXT NOT NULL, vulnerable TEXT, level TEXT NOT NULL, test TEXT,
               origin TEXT NOT NULL, note TEXT NOT NULL, apis TEXT NOT NULL,
               repeat INTEGER NOT NULL)""",
        "CREATE INDEX records_by_id ON records (id)",
        """CREATE TABLE changes (
               version INTEGER PRIMARY KEY, at TEXT NOT NULL, action TEXT NOT NULL, why TEXT NOT NULL)""",
        """CREATE TABLE entries (
               id TEXT NOT NULL, version INTEGER NOT NULL REFERENCES changes, record INTEGER REFERENCES records,
               PRIMARY KEY (id, version)) WITHOUT ROWID""",
        "CREATE INDEX entries_by_version ON entries (version)",
        "CREATE TABLE live (id TEXT PRIMARY KEY, record INTEGER NOT NULL REFERENCES records) WITHOUT ROWID",
        "CREATE TABLE vectors (embedder TEXT NOT NULL, id TEXT NOT NULL, vector BLOB NOT NULL)",
        "CREATE UNIQUE INDEX vectors_by_key ON vectors (embedder, id)",
        "CREATE TABLE derived (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value BLOB NOT NULL)",
    ):
        connection.execute(statement)


def m002_vettings(connection: sqlite3.Connection) -> None:
    """Make the tables for decisions about candidates, for the quarantine, and for how far sources were read.

    A vetting is the latest decision about one candidate (by the hash of its content as it was proposed). The content is
    kept only for a candidate in quarantine: an accepted one is a record, and a refused one must not be kept.
    """
    for statement in (
        """CREATE TABLE vettings (
               candidate TEXT PRIMARY KEY, at TEXT NOT NULL, decision TEXT NOT NULL, level TEXT NOT NULL, id TEXT,
               origin TEXT NOT NULL, reasons TEXT NOT NULL, content TEXT) WITHOUT ROWID""",
        "CREATE INDEX vettings_by_decision ON vettings (decision)",
        "CREATE INDEX vettings_by_id ON vettings (id)",
        "CREATE TABLE cursors (source TEXT PRIMARY KEY, at TEXT NOT NULL, value TEXT NOT NULL) WITHOUT ROWID",
    ):
        connection.execute(statement)


def m003_cues(connection: sqlite3.Connection) -> None:
    """Give every demonstration a cue, which is empty for those that are there."""
    connection.execute("ALTER TABLE records ADD COLUMN cue TEXT NOT NULL DEFAULT ''")


MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [m001_first, m002_vettings, m003_cues]


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a store to the newest format, in one transaction; does nothing if it is there already.

    Args:
        connection: In autocommit mode. The caller has made sure that the store is ours, or empty, and not newer.

    Raises:
        sqlite3.Error: If a step fails; the store is then as it was.
    """
    if connection.execute("PRAGMA user_version").fetchone()[0] >= len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")  # and look again: another process may have migrated it meanwhile
    try:
        for step in MIGRATIONS[connection.execute("PRAGMA user_version").fetchone()[0] :]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
