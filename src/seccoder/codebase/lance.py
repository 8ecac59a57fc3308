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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from seccoder.codebase.database import Database
from seccoder.codebase.lance_tables import AT_A_TIME, Tables, lancedb, quoted, to_arrow
from seccoder.codebase.rows import digest, only, validate
from seccoder.codebase.store import KEEP_DERIVED, Change, Store, beginning, strongest
from seccoder.errors import SecCoderError, StoreError, UsageError
from seccoder.types import Demonstration, ProofLevel

if TYPE_CHECKING:
    from seccoder.codebase.lance_lists import LanceShelf
    from seccoder.types import Vectors

SCHEME = "lance:"
AT_ONCE = 10_000  # demonstrations that are added as Lance merges them; more are appended as they come
KEY = "lists"  # of what is derived, the key of the tables that belong to inverted lists; it is always kept
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
        self._tables = Tables(self.path, place, readonly)

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
        lancedb()
        if there:
            store._tables.connect()
        if not create and not store._tables:
            raise StoreError(f"there is no secure codebase at {store.path}")
        return store

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """The number of the latest change, by Lance's own count; 0 if nothing was ever added."""
        return max(self._tables.select("changes", ["version"])["version"].to_pylist(), default=0)

    def ids(self) -> list[str]:
        """Return the ids of all demonstrations, sorted."""
        return sorted(set(self._tables.select("demonstrations", ["id"])["id"].to_pylist()))

    def digest(self) -> str:
        """Return the SHA-256 over the sorted ids. Equal content has an equal digest."""
        return digest(self.ids())

    def find(self, prefix: str) -> list[str]:
        """Return the ids that begin with these (at least four) hexadecimal digits, sorted."""
        prefix = beginning(prefix)
        rows = self._tables.rows("demonstrations", ["id"], f"id >= '{prefix}' AND id < '{prefix}g'")
        return sorted({row["id"] for row in rows})

    def get(self, prefix: str) -> Demonstration:
        """Return the demonstration with this id, or the only one whose id begins so (at least 4 digits)."""
        id = only(self.find(prefix), prefix)
        return self._read(f"id = '{id}'")[0]

    def demonstrations(self, language: str | None = None, cwe: str | None = None) -> list[Demonstration]:
        """Return all demonstrations, or only those of one language or CWE, ordered by id."""
        wanted = [f"language = {quoted(language)}"] if language is not None else []
        wanted += [f"array_has(tags, {quoted(cwe)})"] if cwe is not None else []
        return self._read(" AND ".join(wanted) or None)

    def history(self) -> list[Change]:
        """Return every change there was, oldest first."""
        rows = self._tables.rows("changes", ["version", "at", "action", "why", "ids"])
        return sorted(
            (Change(row["version"], row["at"], row["action"], row["why"], tuple(row["ids"])) for row in rows),
            key=lambda change: change.version,
        )

    # --- writing ----------------------------------------------------------------------------------------------------

    def add(self, demonstrations: Iterable[Demonstration], why: str = "") -> list[str]:
        """Add demonstrations, all or none, as one version; see `Store.add`. Many are written as they come.

        Of more than 10,000, those that are there with a weaker proof are a second version.
        """
        given = iter(demonstrations)
        first = list(islice(given, AT_ONCE))
        for demonstration in first:
            validate(demonstration)
        if len(first) < AT_ONCE:
            return self._merge(first, why)
        added = self._append(chain(first, given), why)
        self.shelf()  # makes the lists of a base that is now so large that it needs them
        return added

    def _merge(self, given: Sequence[Demonstration], why: str) -> list[str]:
        wanted = strongest(given)
        table = self._tables.to_write("demonstrations")
        there: dict[str, int] = {}
        ids = list(wanted)
        for first in range(0, len(ids), AT_A_TIME):
            some = ", ".join(map(quoted, ids[first : first + AT_A_TIME]))
            rows = self._tables.rows("demonstrations", ["id", "level"], f"id IN ({some})")
            there.update((row["id"], ProofLevel(row["level"]).strength) for row in rows)
        better = {id: each for id, each in wanted.items() if there.get(id, 0) < each.proof.level.strength}
        if better:
            with self._tables.errors():
                merge = table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all()
                version = merge.execute(to_arrow(better)).version
            self._note(version, "add", why, list(better))
        return [id for id in better if id not in there]

    def _append(self, given: Iterator[Demonstration], why: str) -> list[str]:
        """Add very many in one commit, without holding them; those with a better proof than before are a second one."""
        import pyarrow as pa

        known = self._tables.select("demonstrations", ["id", "level"])
        strengths = {str(level): level.strength for level in ProofLevel}
        there = dict(zip(known["id"].to_pylist(), map(strengths.get, known["level"].to_pylist()), strict=True))
        del known
        new: list[str] = []
        stronger: list[Demonstration] = []
        wrong: list[SecCoderError] = []

        def batches() -> Iterator[Any]:
            try:
                while some := list(islice(given, AT_A_TIME)):
                    fresh = {}
                    for each in some:
                        validate(each)
                        id, strength = each.id, each.proof.level.strength
                        before = there.get(id) or 0
                        if strength <= before:
                            continue
                        there[id] = strength
                        if before:
                            stronger.append(each)
                        else:
                            new.append(id)
                            fresh[id] = each
                    yield from to_arrow(fresh).to_batches()
            except SecCoderError as error:  # Lance would only pass its words on
                wrong.append(error)
                raise

        table = self._tables.to_write("demonstrations")
        try:
            with self._tables.errors():
                version = table.add(pa.RecordBatchReader.from_batches(table.schema, batches())).version
        except StoreError:
            if wrong:
                raise wrong[0] from None
            raise
        if new:
            self._note(version, "add", why, new)
        self._merge(stronger, why)
        return new

    def remove(self, prefix: str, why: str) -> str:
        """Remove one demonstration, as one version, and return its id. `restore` can bring it back."""
        if not why.strip():
            raise UsageError("a removal needs a reason (--why TEXT): it stays in the history")
        id = only(self.find(prefix), prefix)
        table = self._tables.to_write("demonstrations")
        with self._tables.errors():
            done = table.delete(f"id = '{id}'")
        if not done.num_deleted_rows:
            raise StoreError(f"no demonstration {id} in {self.path}")
        self._note(done.version, "remove", why, [id])
        return id

    def restore(self, version: int) -> int:
        """Bring back exactly what was there in a version of the history (or in 0, nothing), as a new version."""
        if version and version not in {change.version for change in self.history()}:
            raise StoreError(f"{self.path} has no version {version}; `seccoder codebase history` shows those there are")
        table = self._tables.to_write("demonstrations")
        now = set(self.ids())
        with self._tables.errors():
            if version:
                old = self._tables.again("demonstrations")  # a handle of its own: looking back moves it
                old.checkout(version)
                then = old.to_arrow()
            else:
                then = to_arrow({})
            merge = table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all()
            number = int(merge.when_not_matched_by_source_delete().execute(then).version)
        self._note(number, "restore", f"back to version {version}", sorted(now ^ set(then["id"].to_pylist())))
        return number

    def seal(self) -> None:
        """Put small pieces together and bring the indices up to date. Every version stays."""
        if self._tables:
            table = self._tables.to_write("demonstrations")
            with self._tables.errors():
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
        rows = self._tables.rows("derived", ["value"], f"key = {quoted(key)}")
        return rows[-1]["value"] if rows else None

    def put_derived(self, key: str, value: bytes) -> None:
        """Store something that can be computed again. Only the latest sixteen are kept."""
        import pyarrow as pa

        table = self._tables.to_write("derived")
        row = {"key": key, "at": datetime.now(UTC).isoformat(), "value": value}
        with self._tables.errors():
            merge = table.merge_insert("key").when_matched_update_all().when_not_matched_insert_all()
            merge.execute(pa.Table.from_pylist([row], schema=table.schema))
            kept = sorted(self._tables.rows("derived", ["key", "at"]), key=lambda each: each["at"], reverse=True)[
                :KEEP_DERIVED
            ]
            names = [KEY, *(each["key"] for each in kept)]
            table.delete(f"key NOT IN ({', '.join(map(quoted, names))})")
            table.optimize(cleanup_older_than=timedelta(days=1))

    def shelf(self) -> "LanceShelf | None":
        """Return the inverted lists of a base of 100,000 demonstrations or more, which are made if need be.

        Returns:
            The lists; None if the base is smaller, or if they are to be made and it is read-only.
        """
        from seccoder.codebase import lance_lists

        count = self._tables.count("demonstrations")
        if count < lance_lists.LARGE:
            return None
        stored = self.derived(KEY)
        if stored is not None and (about := lance_lists.about(stored)) and self._tables.count("lists", about.where):
            later = self._tables.rows("changes", ["ids"], f"version > {about.version}")
            touched = {id for row in later for id in row["ids"]}
            if len(touched) <= lance_lists.STALE * count:
                return lance_lists.LanceShelf(self._tables, stored, sorted(touched))
        if self.readonly:
            return None
        stored = lance_lists.build(self._tables, self.version)
        self.put_derived(KEY, stored)
        return lance_lists.LanceShelf(self._tables, stored)

    def close(self) -> None:
        """Let go of the tables."""
        self._tables.clear()

    def _read(self, where: str | None) -> list[Demonstration]:
        found = {each.id: each for each in self._tables.each(where)}
        return [found[id] for id in sorted(found)]

    def _note(self, version: int, action: str, why: str, ids: list[str]) -> None:
        """Write the line of the history that belongs to a version."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._tables.errors():
            self._tables.to_write("changes").add(
                [{"version": version, "at": at, "action": action, "why": why, "ids": ids}]
            )


def _ours(folder: Path) -> bool:
    """Tell whether a path is a folder that holds tables of Lance, or nothing yet."""
    try:
        return any(folder.glob("*.lance")) or not any(folder.iterdir())
    except OSError:
        return False
