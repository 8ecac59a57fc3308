"""Stores demonstrations in LanceDB, in a folder or in object storage: several writers, and every version kept.

`lance:PATH` and `lance:URL` name such a codebase. It is a `Store` in another format: equal content has equal ids and an
equal digest, and a retriever finds the same in it. One table holds the demonstrations, a second one what was changed
and why, and a third what can be computed again. Each change of the demonstrations is one commit of Lance, so a kill
leaves the version before or the one after; the line of its history is written next.

It holds no decisions about candidates and no quarantine: expand into an SQLite store, and import what that exports.
Whether two processes that add the same demonstration at the same moment write it once is up to Lance; it is read once.
"""

import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from seccoder.code.text import printable_line
from seccoder.codebase.database import Database
from seccoder.codebase.rows import COLUMNS, digest, from_row, only, to_row, validate
from seccoder.codebase.store import KEEP_DERIVED, Change, Store, beginning, strongest
from seccoder.errors import MissingExtra, SecCoderError, StoreError, UsageError
from seccoder.types import Demonstration, ProofLevel

if TYPE_CHECKING:
    from seccoder.types import Vectors

SCHEME = "lance:"
AT_A_TIME = 500  # ids named in one filter
FOR_EVER = timedelta(days=36_500)  # old versions are kept, because any of them can be restored


class _Undecided(Database):
    """Stands where decisions about candidates would be kept, and says where they are kept instead."""

    def __init__(self, path: str) -> None:
        self._name = path

    @contextmanager
    def reading(self) -> Iterator[Any]:
        raise StoreError(
            f"{self._name} keeps no decisions and no quarantine; "
            "use an SQLite store for that, and import what it exports"
        )
        yield

    @contextmanager
    def writing(self, transaction: bool = True) -> Iterator[Any]:
        with self.reading() as never:
            yield never


class LanceStore(Store):
    """One codebase in LanceDB. Make it by `LanceStore.open`."""

    decides = False

    def __init__(self, place: str, readonly: bool) -> None:
        self.path = SCHEME + place
        self.readonly = readonly
        self.database = _Undecided(self.path)
        self._place = place
        self._tables: dict[str, Any] = {}

    @classmethod
    def open(cls, path: str | Path, create: bool = False) -> Self:
        """Open a codebase. A folder that this process may not write is opened to read only.

        Args:
            path: `lance:` and a folder, or an address as Lance knows them (`lance:s3://BUCKET/NAME`); what it needs to
                be let in there is in the environment.
            create: Whether it need not exist; it then reads as empty, and the first write makes it.

        Raises:
            MissingExtra: If LanceDB is not installed.
            StoreError: If it cannot be reached, is something else, or does not exist.
        """
        place = str(path).removeprefix(SCHEME)
        if not place:
            raise StoreError(
                "a codebase in LanceDB is named by a folder or an address, as lance:base or lance:s3://BUCKET/base"
            )
        folder = None if "://" in place else Path(place).expanduser().absolute()
        there = folder is None or folder.exists()
        readonly = there and folder is not None and not os.access(folder, os.W_OK)
        store = cls(str(folder or place), readonly)
        if folder is not None and there and not _ours(folder):
            raise StoreError(f"{store.path} is something else, and no codebase in LanceDB")
        _lancedb()
        if there:
            store._connect()
        if not create and not store._tables:
            raise StoreError(f"there is no secure codebase at {store.path}")
        return store

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """The number of the latest change, by Lance's own count; 0 if nothing was ever added."""
        return max((each.version for each in self.history()), default=0)

    def ids(self) -> list[str]:
        """Return the ids of all demonstrations, sorted."""
        return sorted({row["id"] for row in self._rows("demonstrations", ["id"])})

    def digest(self) -> str:
        """Return the SHA-256 over the sorted ids. Equal content has an equal digest."""
        return digest(self.ids())

    def find(self, prefix: str) -> list[str]:
        """Return the ids that begin with these (at least four) hexadecimal digits, sorted."""
        prefix = beginning(prefix)
        rows = self._rows("demonstrations", ["id"], f"id >= '{prefix}' AND id < '{prefix}g'")
        return sorted({row["id"] for row in rows})

    def get(self, prefix: str) -> Demonstration:
        """Return the demonstration with this id, or the only one whose id begins so (at least 4 digits)."""
        id = only(self.find(prefix), prefix)
        return self._read(f"id = '{id}'")[0]

    def demonstrations(self, language: str | None = None, cwe: str | None = None) -> list[Demonstration]:
        """Return all demonstrations, or only those of one language or CWE, ordered by id."""
        wanted = [f"language = {_quoted(language)}"] if language is not None else []
        wanted += [f"array_has(tags, {_quoted(cwe)})"] if cwe is not None else []
        return self._read(" AND ".join(wanted) or None)

    def history(self) -> list[Change]:
        """Return every change there was, oldest first."""
        rows = self._rows("changes", ["version", "at", "action", "why", "ids"])
        return sorted(
            (Change(row["version"], row["at"], row["action"], row["why"], tuple(row["ids"])) for row in rows),
            key=lambda change: change.version,
        )

    # --- writing ----------------------------------------------------------------------------------------------------

    def add(self, demonstrations: Iterable[Demonstration], why: str = "") -> list[str]:
        """Add demonstrations, all or none, as one version; see `Store.add`."""
        given = list(demonstrations)
        for demonstration in given:
            validate(demonstration)
        wanted = strongest(given)
        table = self._table("demonstrations")
        there: dict[str, int] = {}
        ids = list(wanted)
        for first in range(0, len(ids), AT_A_TIME):
            some = ", ".join(map(_quoted, ids[first : first + AT_A_TIME]))
            rows = self._rows("demonstrations", ["id", "level"], f"id IN ({some})")
            there.update((row["id"], ProofLevel(row["level"]).strength) for row in rows)
        better = {id: each for id, each in wanted.items() if there.get(id, 0) < each.proof.level.strength}
        if better:
            with self._errors():
                merge = table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all()
                version = merge.execute(_arrow(better)).version
            self._note(version, "add", why, list(better))
        return [id for id in better if id not in there]

    def remove(self, prefix: str, why: str) -> str:
        """Remove one demonstration, as one version, and return its id. `restore` can bring it back."""
        if not why.strip():
            raise UsageError("a removal needs a reason (--why TEXT): it stays in the history")
        id = only(self.find(prefix), prefix)
        table = self._table("demonstrations")
        with self._errors():
            done = table.delete(f"id = '{id}'")
        if not done.num_deleted_rows:
            raise StoreError(f"no demonstration {id} in {self.path}")
        self._note(done.version, "remove", why, [id])
        return id

    def restore(self, version: int) -> int:
        """Bring back exactly what was there in a version of the history (or in 0, nothing), as a new version."""
        if version and version not in {change.version for change in self.history()}:
            raise StoreError(f"{self.path} has no version {version}; `seccoder codebase history` shows those there are")
        table = self._table("demonstrations")
        now = set(self.ids())
        with self._errors():
            if version:
                old = self._opened("demonstrations")  # a handle of its own: looking back moves it
                old.checkout(version)
                then = old.to_arrow()
            else:
                then = _arrow({})
            merge = table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all()
            number = int(merge.when_not_matched_by_source_delete().execute(then).version)
        self._note(number, "restore", f"back to version {version}", sorted(now ^ set(then["id"].to_pylist())))
        return number

    def seal(self) -> None:
        """Put small pieces together and bring the indices up to date. Every version stays."""
        if self._tables:
            table = self._table("demonstrations")
            with self._errors():
                table.optimize(cleanup_older_than=FOR_EVER)

    # --- derived data -----------------------------------------------------------------------------------------------

    def vectors(self, embedder_version: str, ids: Sequence[str]) -> "dict[str, Vectors]":
        """Return the stored vectors of these ids by this embedder, where there are any."""
        import numpy as np

        if (stored := self.derived(f"vectors:{embedder_version}")) is None:
            return {}
        with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
            known = dict(zip(arrays["ids"].tobytes().decode().split(), arrays["vectors"], strict=True))
        return {id: known[id] for id in ids if id in known}

    def put_vectors(self, embedder_version: str, vectors: "Mapping[str, Vectors]") -> None:
        """Store vectors under their ids and the embedder's version, beside those that are there."""
        import numpy as np

        everything = {**self.vectors(embedder_version, self.ids()), **vectors}
        if not everything:
            return
        stream = io.BytesIO()
        ids = np.frombuffer(" ".join(everything).encode(), dtype=np.uint8)
        np.savez(stream, ids=ids, vectors=np.stack(list(everything.values())).astype("<f4"))
        self.put_derived(f"vectors:{embedder_version}", stream.getvalue())

    def derived(self, key: str) -> bytes | None:
        """Return what was stored under this key, or None."""
        rows = self._rows("derived", ["value"], f"key = {_quoted(key)}")
        return rows[-1]["value"] if rows else None

    def put_derived(self, key: str, value: bytes) -> None:
        """Store something that can be computed again. Only the latest sixteen are kept."""
        import pyarrow as pa

        table = self._table("derived")
        row = {"key": key, "at": datetime.now(UTC).isoformat(), "value": value}
        with self._errors():
            merge = table.merge_insert("key").when_matched_update_all().when_not_matched_insert_all()
            merge.execute(pa.Table.from_pylist([row], schema=table.schema))
            kept = sorted(self._rows("derived", ["key", "at"]), key=lambda each: each["at"], reverse=True)[
                :KEEP_DERIVED
            ]
            table.delete(f"key NOT IN ({', '.join(_quoted(each['key']) for each in kept)})")
            table.optimize(cleanup_older_than=timedelta(days=1))

    def close(self) -> None:
        """Let go of the tables."""
        self._tables.clear()

    # --- tables -----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        """Open the tables that are there.

        Raises:
            StoreError: If they cannot be reached, or are those of something else.
        """
        with self._errors():
            connection = self._connection()
            there = connection.list_tables().tables
            schemas = _schemas()
            for name in schemas.keys() & set(there):
                table = connection.open_table(name)
                if [(each.name, each.type) for each in table.schema] != [
                    (each.name, each.type) for each in schemas[name]
                ]:
                    raise StoreError(f"{self.path} holds a table {name!r} of another form: it is no secure codebase")
                self._tables[name] = table
            if there and "demonstrations" not in self._tables:
                raise StoreError(f"{self.path} holds tables of something else: it is no secure codebase")

    def _connection(self) -> Any:
        return _lancedb().connect(self._place, read_consistency_interval=timedelta(0))

    def _opened(self, name: str) -> Any:
        return self._connection().open_table(name)

    def _table(self, name: str) -> Any:
        """Return a table to write to, which is made if need be.

        Raises:
            StoreError: If it is read-only, or cannot be made.
        """
        if self.readonly:
            raise StoreError(f"{self.path} is read-only")
        if name not in self._tables:
            with self._errors():
                self._tables[name] = self._connection().create_table(name, schema=_schemas()[name], exist_ok=True)
        return self._tables[name]

    def _rows(self, name: str, columns: Sequence[str], where: str | None = None) -> list[dict[str, Any]]:
        """Return some columns of the rows of a table that fit, in no order."""
        if not self._tables and "://" not in self._place and Path(self._place).exists():
            self._connect()  # another process has made it meanwhile
        if name not in self._tables:
            return []
        with self._errors():
            query = self._tables[name].search().select(list(columns))
            rows: list[dict[str, Any]] = (query.where(where) if where else query).limit(None).to_list()
        return rows

    def _read(self, where: str | None) -> list[Demonstration]:
        columns = COLUMNS.split(", ")
        rows = {row["id"]: row for row in self._rows("demonstrations", ["id", *columns], where)}
        try:
            return [from_row(tuple(rows[id][name] for name in columns)) for id in sorted(rows)]
        except (ValueError, TypeError, AttributeError) as error:
            raise StoreError(f"{self.path} holds a damaged demonstration: {error}") from None

    def _note(self, version: int, action: str, why: str, ids: list[str]) -> None:
        """Write the line of the history that belongs to a version."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._errors():
            self._table("changes").add([{"version": version, "at": at, "action": action, "why": why, "ids": ids}])

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn whatever Lance raises into one line."""
        try:
            yield
        except SecCoderError:
            raise
        except Exception as error:  # its errors are RuntimeError, ValueError, OSError and Arrow's own
            said = (
                re.sub(r",? /\S+\.rs:[\d:]+", "", printable_line(str(error))) or type(error).__name__
            )  # where in Lance
            raise StoreError(f"cannot use {self.path}: {said if len(said) <= 240 else said[:237] + '...'}") from None


def _lancedb() -> Any:
    try:
        import lancedb
    except ImportError:
        raise MissingExtra("a codebase in LanceDB", "lance") from None
    return lancedb


def _ours(folder: Path) -> bool:
    """Tell whether a path is a folder that holds tables of Lance, or nothing yet."""
    try:
        return any(folder.glob("*.lance")) or not any(folder.iterdir())
    except OSError:
        return False


def _quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _schemas() -> dict[str, Any]:
    """Return the form of each table.

    Beside the columns that a demonstration is read from, `tags` has its CWEs as a list, to filter by.
    """
    import pyarrow as pa

    text, texts = pa.string(), pa.list_(pa.string())
    columns = [(name, pa.int64() if name == "repeat" else text) for name in COLUMNS.split(", ")]
    return {
        "demonstrations": pa.schema([("id", text), *columns, ("tags", texts)]),
        "changes": pa.schema(
            [("version", pa.int64()), *((name, text) for name in ("at", "action", "why")), ("ids", texts)]
        ),
        "derived": pa.schema([("key", text), ("at", text), ("value", pa.large_binary())]),
    }


def _arrow(demonstrations: Mapping[str, Demonstration]) -> Any:
    """Return demonstrations, by their ids, as rows of their table."""
    import pyarrow as pa

    rows = [
        {
            "id": id,
            **dict(zip(COLUMNS.split(", "), to_row(each), strict=True)),
            "tags": each.cwes,
        }
        for id, each in demonstrations.items()
    ]
    return pa.Table.from_pylist(rows, schema=_schemas()["demonstrations"])
