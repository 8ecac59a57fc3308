"""Opens the tables of a codebase in LanceDB, reads rows of them, and says in one line what LanceDB says at length.

There are four: the demonstrations, what was changed and why, what can be computed again, and the inverted lists of a
base that is too large to be compared as a whole (`seccoder.codebase.lance_lists`).

A demonstration is one value, because Lance takes a row out of a table column by column: of ten hits among 10^6 each
column would cost a millisecond or more. Beside it are the columns by which rows are found or counted.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from seccoder.code.text import printable_line
from seccoder.codebase.rows import from_row, to_row
from seccoder.errors import MissingExtra, SecCoderError, StoreError
from seccoder.types import Demonstration

AT_A_TIME = 500  # ids named in one filter
AT_ONCE = 256  # lists that are held while they are copied, some 15 MB
# What a server of object storage answered, or the system, in the middle of what Lance says of it.
_ANSWER = re.compile(r'<Message>([^<]+)</Message>|kind: \w+, message: "([^"]+)"')
_WHOLE = "whole"  # the column that demonstrations are read from


class Tables:
    """The tables at one place.

    Args:
        path: What the place is called in messages.
        place: A folder, or an address as Lance knows them.
        readonly: Whether nothing is ever written.
    """

    def __init__(self, path: str, place: str, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._place = place
        self._tables: dict[str, Any] = {}

    def __bool__(self) -> bool:
        return bool(self._tables)

    def clear(self) -> None:
        """Let go of the tables."""
        self._tables.clear()

    def connect(self) -> None:
        """Open the tables that are there.

        Raises:
            StoreError: If they cannot be reached, or are those of something else.
        """
        with self.errors():
            connection = self._connection()
            there = connection.list_tables().tables
            known = schemas()
            for name in known.keys() & set(there):
                table = connection.open_table(name)
                if [(each.name, each.type) for each in table.schema] != [
                    (each.name, each.type) for each in known[name]
                ]:
                    if name == "demonstrations" and "vulnerable" in table.schema.names:
                        raise StoreError(
                            f"{self.path} was made by an earlier seccoder: let that export it, and import the file anew"
                        )
                    raise StoreError(f"{self.path} holds a table {name!r} of another form: it is no secure codebase")
                self._tables[name] = table
            if there and "demonstrations" not in self._tables:
                raise StoreError(f"{self.path} holds tables of something else: it is no secure codebase")

    def _connection(self) -> Any:
        return lancedb().connect(self._place, read_consistency_interval=timedelta(0))

    def again(self, name: str) -> Any:
        """Return a table by a handle of its own, to look back in it."""
        return self._connection().open_table(name)

    def to_write(self, name: str) -> Any:
        """Return a table to write to, which is made if need be.

        Raises:
            StoreError: If it is read-only, or cannot be made.
        """
        if self.readonly:
            raise StoreError(f"{self.path} is read-only")
        if name not in self._tables:
            with self.errors():
                self._tables[name] = self._connection().create_table(name, schema=schemas()[name], exist_ok=True)
        return self._tables[name]

    def to_read(self, name: str) -> Any | None:
        """Return a table, or None if there is none."""
        if not self._tables and "://" not in self._place and Path(self._place).exists():
            self.connect()  # another process has made it meanwhile
        return self._tables.get(name)

    def select(self, name: str, columns: Sequence[str], where: str | None = None) -> Any:
        """Return some columns of the rows of a table that fit, in no order, as Arrow has them."""
        if (table := self.to_read(name)) is None:
            import pyarrow as pa

            return pa.schema([schemas()[name].field(column) for column in columns]).empty_table()
        with self.errors():
            query = table.search().select(list(columns))
            return (query.where(where) if where else query).limit(None).to_arrow()

    def count(self, name: str, where: str | None = None) -> int:
        """Return how many rows of a table fit."""
        table = self.to_read(name)
        with self.errors():
            return table.count_rows(where) if table is not None else 0

    def rows(self, name: str, columns: Sequence[str], where: str | None = None) -> list[dict[str, Any]]:
        """Return some columns of the rows of a table that fit, in no order."""
        rows: list[dict[str, Any]] = self.select(name, columns, where).to_pylist()
        return rows

    def stream(self, name: str, columns: Sequence[str], where: str) -> Iterator[dict[str, Any]]:
        """Return some columns of the rows of a table that fit, as they come."""
        table = self.kept(name)
        with self.errors():
            for batch in table.search().select(list(columns)).where(where).limit(None).to_batches(AT_ONCE):
                yield from batch.to_pylist()

    def kept(self, name: str, version: int | None = None) -> Any:
        """Return a table as it is now, or was in a version, whatever is changed later.

        To ask for the latest version at every look takes time.
        """
        with self.errors():
            table = lancedb().connect(self._place).open_table(name)
            if version is not None:
                table.checkout(version)
        return table

    def each(self, where: str | None = None, table: Any = None) -> Iterator[Demonstration]:
        """Read the demonstrations that fit, in no order, some at a time, from this table if one is given.

        Raises:
            StoreError: If one is damaged.
        """
        if (table := self.to_read("demonstrations") if table is None else table) is None:
            return
        with self.errors():
            query = table.search().select([_WHOLE])
            for batch in (query.where(where) if where else query).limit(None).to_batches():
                yield from self._read(batch)

    def by_id(self, ids: Sequence[str]) -> dict[str, Demonstration]:
        """Read demonstrations by their ids; those that are not there are left out."""
        found: dict[str, Demonstration] = {}
        for start in range(0, len(ids), AT_A_TIME):
            named = ", ".join(map(quoted, ids[start : start + AT_A_TIME]))
            found.update((each.id, each) for each in self.each(f"id IN ({named})"))
        return found

    def at(self, table: Any, places: Sequence[int]) -> dict[str, Demonstration]:
        """Read demonstrations by their row ids in a table, which takes less time than by their own."""
        return {each.id: each for each in self._read(self.take(table, places, [_WHOLE]))} if places else {}

    def take(self, table: Any, places: Sequence[int], columns: Sequence[str]) -> Any:
        """Read rows of a table by their row ids, in no order."""
        with self.errors():
            return table.take_row_ids(list(places)).select(list(columns)).to_arrow()

    def numbered(self, table: Any, columns: Sequence[str], where: str | None = None) -> Any:
        """Return columns of a table with `_rowid`, by which `take` reads rows."""
        with self.errors():
            query = table.search().select(list(columns)).with_row_id(True)
            return (query.where(where) if where else query).limit(None).to_arrow()

    def _read(self, rows: Any) -> Iterator[Demonstration]:
        for whole in rows[_WHOLE].to_pylist():
            try:
                yield from_row(tuple(json.loads(whole)))
            except (ValueError, TypeError, AttributeError) as error:
                raise StoreError(f"{self.path} holds a damaged demonstration: {error}") from None

    def index(self, name: str, *columns: str) -> None:
        """Let Lance find rows by these columns without reading all."""
        config = lancedb().index.BTree()
        for column in columns:
            with self.errors():
                self.to_write(name).create_index(column, config=config)

    def replace(self, name: str, batches: Iterator[Any]) -> None:
        """Fill a table anew, in one commit."""
        import pyarrow as pa

        self.to_write(name)
        with self.errors():
            reader = pa.RecordBatchReader.from_batches(schemas()[name], batches)
            self._tables[name] = self._connection().create_table(name, reader, mode="overwrite")
            self._tables[name].optimize(cleanup_older_than=timedelta(days=1))

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn whatever Lance raises into one line."""
        try:
            yield
        except SecCoderError:
            raise
        except Exception as error:  # its errors are RuntimeError, ValueError, OSError and Arrow's own
            said = printable_line(str(error))
            if answered := _ANSWER.search(said):
                said = answered[1] or answered[2]
            said = re.sub(r",? /\S+\.rs:[\d:]+", "", said) or type(error).__name__  # without where in Lance
            raise StoreError(f"cannot use {self.path}: {said if len(said) <= 240 else said[:237] + '...'}") from None


def lancedb() -> Any:
    """Return the library.

    Raises:
        MissingExtra: If it is not installed.
    """
    try:
        import lancedb
        import lancedb.index
    except ImportError:
        raise MissingExtra("a codebase in LanceDB", "lance") from None
    return lancedb


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def to_arrow(demonstrations: Mapping[str, Demonstration]) -> Any:
    """Return demonstrations, by their ids, as rows of their table."""
    import pyarrow as pa

    rows = [
        {
            "id": id,
            "language": each.language,
            "cwes": json.dumps(each.cwes),
            "level": str(each.proof.level),
            "tags": each.cwes,
            _WHOLE: json.dumps(to_row(each), ensure_ascii=False),
        }
        for id, each in demonstrations.items()
    ]
    return pa.Table.from_pylist(rows, schema=schemas()["demonstrations"])


def schemas() -> dict[str, Any]:
    """Return the form of each table; `cwes` are one text to group by, and `tags` the same as a list to filter by."""
    import pyarrow as pa

    text, texts, data = pa.string(), pa.list_(pa.string()), pa.large_binary()
    found_by = [(name, text) for name in ("id", "language", "cwes", "level")]
    kind = [("made", text), ("number", pa.int64()), ("language", text), ("cwes", text), ("level", text)]
    arrays = ("mean", "ids", "places", "vectors", "lengths", "held", "tokens", "counts")
    return {
        "demonstrations": pa.schema([*found_by, ("tags", texts), (_WHOLE, text)]),
        "changes": pa.schema(
            [("version", pa.int64()), *((name, text) for name in ("at", "action", "why")), ("ids", texts)]
        ),
        "derived": pa.schema([("key", text), ("at", text), ("value", data)]),
        "lists": pa.schema([*kind, *((name, data) for name in arrays)]),
    }
