"""Opens the SQLite file under a store, runs transactions on it, and turns its errors into one line.

It takes a path and gives connections inside `reading()` and `writing()`. A file that does not exist is created by the
first write. A file that is not ours, or that is newer than this code, is refused before anything is written to it. This
module knows nothing of demonstrations (`store`) or of tables (`migrations`).

It does not look for damage when it opens a file, because it would have to read all of it.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from seccoder.codebase import migrations
from seccoder.errors import StoreError

BUSY_SECONDS = 60.0  # how long a writer waits for another one


class Database:
    """One SQLite file. A file that does not exist reads as an empty store and is made by the first write.

    Args:
        path: Absolute path of the file.
        readonly: Whether nothing is ever written, not even to bring an older format up to date (that is then done in
            memory). A file that this process may not write is treated so in any case.

    Raises:
        StoreError: If the file is no secure codebase, is damaged, or was written by a newer seccoder. Also if it does
            not exist and `readonly` is set.
    """

    def __init__(self, path: Path, readonly: bool) -> None:
        if path.is_dir():
            raise StoreError(f"{path} is a folder, not a secure codebase")
        self._on_disk = path.exists()
        if readonly and not self._on_disk:
            raise StoreError(f"there is no secure codebase at {path}")
        self.path = path
        self.readonly = readonly or (
            self._on_disk and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        )
        self._lock = threading.RLock()
        self._connection = self._connect()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection, for this thread alone.

        Raises:
            StoreError: For any `sqlite3.Error` inside.
        """
        with self._lock, self._errors():
            if not self._on_disk and self.path.exists():  # another process has made it meanwhile
                self._reopen()
            yield self._connection

    @contextmanager
    def writing(self, transaction: bool = True) -> Iterator[sqlite3.Connection]:
        """Yield the connection in a transaction that is committed at the end, or rolled back by an exception.

        Raises:
            StoreError: If the file may not be written, or for any `sqlite3.Error` inside.
        """
        if self.readonly:
            raise StoreError(f"{self.path} is read-only")
        with self._lock, self._errors():
            if not self._on_disk:
                self._create()
            if not transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Return all rows of one SELECT."""
        with self.reading() as connection:
            return connection.execute(query, parameters).fetchall()

    def close(self) -> None:
        """Close the file. Nothing can be read or written afterwards."""
        with self._lock:
            self._connection.close()

    def __del__(self) -> None:
        if connection := getattr(self, "_connection", None):
            connection.close()  # Python warns about a connection that is dropped open

    def _connect(self) -> sqlite3.Connection:
        with self._errors():
            if not self._on_disk:
                connection = _connect(":memory:")  # it is used until the first write
                migrations.migrate(connection)
                return connection
            connection = _connect_readonly(self.path) if self.readonly else _connect(self.path.as_uri() + "?mode=rw")
            try:
                return self._prepare(connection)
            except BaseException:
                connection.close()
                raise

    def _prepare(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Refuse what is not ours before anything is written; then bring the format up to date."""
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        empty = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        if application != migrations.APPLICATION_ID and not (empty and application == version == 0):
            raise StoreError(f"{self.path} is an SQLite file, but not a secure codebase")
        if version > (known := len(migrations.MIGRATIONS)):
            raise StoreError(
                f"{self.path} was written by a newer seccoder (format {version}, this one knows {known}); "
                "upgrade it: pip install --upgrade seccoder"
            )
        if not self.readonly:
            _set_wal(connection)
            connection.execute("PRAGMA synchronous = FULL")  # an acknowledged change survives a power cut
            migrations.migrate(connection)
        elif version < known:
            older, connection = connection, _connect(":memory:")
            older.backup(connection)
            older.close()
            migrations.migrate(connection)
        return connection

    def _create(self) -> None:
        """Make the file of a store that did not exist, and change over to it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.open("ab").close()
        except OSError as error:
            raise StoreError(f"cannot create {self.path}: {error.strerror}") from None
        self._reopen()

    def _reopen(self) -> None:
        self._connection.close()
        self._on_disk = True
        self._connection = self._connect()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreError(f"{self.path} is in use by another process; try again when it is done") from None
            raise StoreError(f"cannot use {self.path}: {error}") from None
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self.path} is not a secure codebase, or it is damaged: {error}") from None
        except sqlite3.Error as error:
            raise StoreError(f"cannot use {self.path}: {error}") from None


def _connect(address: str) -> sqlite3.Connection:
    """Connect in autocommit mode; transactions are begun explicitly, and the lock above keeps threads apart."""
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA trusted_schema = OFF")  # a file from elsewhere may bring views and triggers
    return connection


def _connect_readonly(path: Path) -> sqlite3.Connection:
    connection = _connect(path.as_uri() + "?mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite3.OperationalError:
        # A file in WAL mode wants its side files even for reading. Where they are absent and cannot be made, nobody
        # is writing either, and the file alone is complete.
        connection.close()
        if path.with_name(path.name + "-wal").exists():
            raise
        return _connect(path.as_uri() + "?immutable=1")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _set_wal(connection: sqlite3.Connection) -> None:
    """Change to WAL. SQLite itself does not wait for other connections here, so this function does."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
