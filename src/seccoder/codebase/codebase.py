"""The secure codebase as everybody else sees it: one or several stores, read as one.

In flow a path, the name of a pulled codebase, or nothing (the bundled store and the user's own together); out flow
demonstrations. Writes go to the one store that takes them; `seccoder.codebase.store` says what a store guarantees.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from seccoder.codebase import bundled_index
from seccoder.codebase.rows import Stats, count, digest, only
from seccoder.codebase.store import Store
from seccoder.errors import StoreError
from seccoder.settings import cache_dir, user_codebase
from seccoder.types import Demonstration

if TYPE_CHECKING:
    from seccoder.types import Vectors

PULLED = {"sven": "sven", "sven-val": "sven", "safecoder": "safecoder"}  # name of a codebase: the data it is made from


def pulled_path(name: str) -> Path:
    """Where the codebase made from pulled data is."""
    return cache_dir() / "codebases" / f"{name}.sqlite"


def writable(spec: str | Path = "") -> Store:
    """The one store that changes go to. One that does not exist is made by the first change.

    Args:
        spec: As `Codebase.open` takes it; "" for the user's own store.

    Raises:
        StoreError: If it is read-only, or cannot be used.
    """
    if not spec:
        return Store.open(user_codebase())
    store = Codebase.open(spec, create=True).stores[0]
    if store.readonly:
        raise StoreError(f"{store.path} is read-only")
    return store


class Codebase:
    """A secure codebase as everybody else sees it: one or several stores. Use `Codebase.open`, or give it stores.

    Attributes:
        stores: In order; of one content in two stores, the first store's wording counts.
        writable: The store that writes go to, or None.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        self.stores = tuple(stores)
        self.writable = next((store for store in self.stores if not store.readonly), None)

    @classmethod
    def open(cls, spec: str | Path = "", *, create: bool = False) -> Self:
        """Open a codebase.

        Args:
            spec: "" for the bundled one and the user's own together; `bundled` for the first alone; a path; or the
                name of a pulled one (`sven`, `sven-val`, `safecoder`).
            create: A path need not exist: it is then made by the first write.

        Raises:
            StoreError: If there is none, or it cannot be used.
        """
        if str(spec) in {"", "bundled"}:
            own = [] if spec else [Store.open(user_codebase())]
            return cls([Store.open(bundled_index.path(), readonly=True), *own])
        if str(spec) in PULLED and not Path(spec).exists():
            path = pulled_path(str(spec))
            if not path.exists():
                raise StoreError(f"codebase {spec} is not here yet; run: seccoder data pull {PULLED[str(spec)]}")
            return cls([Store.open(path)])
        if not create and not Path(spec).exists():
            raise StoreError(f"there is no secure codebase at {spec}")
        return cls([Store.open(spec)])

    def ids(self) -> list[str]:
        """The ids of all demonstrations, sorted."""
        if len(self.stores) == 1:
            return self.stores[0].ids()
        return sorted({id for store in self.stores for id in store.ids()})

    def digest(self) -> str:
        """Name of the content: SHA-256 over the sorted ids. Equal content, equal digest, in however many stores."""
        return digest(self.ids())

    def get(self, prefix: str) -> Demonstration:
        """Return the demonstration with this id, or the only one whose id begins so (at least 4 digits).

        Raises:
            UsageError: If this is no id and no beginning of one.
            StoreError: If there is no such demonstration, or more than one.
        """
        id = only(sorted({id for store in self.stores for id in store.find(prefix)}), prefix)
        return next(store.get(id) for store in self.stores if store.find(id))

    def demonstrations(self, language: str | None = None, cwe: str | None = None) -> list[Demonstration]:
        """All demonstrations, of one language or CWE if asked for, ordered by id."""
        if len(self.stores) == 1:
            return self.stores[0].demonstrations(language, cwe)
        found = {d.id: d for store in reversed(self.stores) for d in store.demonstrations(language, cwe)}
        return [found[id] for id in sorted(found)]

    def remove(self, prefix: str, why: str) -> str:
        """Remove one demonstration from the store that takes writes. Returns its id.

        Raises:
            UsageError: If `why` is empty, or this is no id.
            StoreError: If there is no such demonstration, or it is in a read-only store, or writing fails.
        """
        id = only(sorted({id for store in self.stores for id in store.find(prefix)}), prefix)
        for store in self.stores:
            if store.readonly and store.find(id):
                raise StoreError(f"{id} is in {store.path}, which is read-only: it cannot be removed from there")
        return next(store for store in self.stores if store.find(id)).remove(id, why)

    def stats(self) -> Stats:
        """Count the demonstrations."""
        return count(self.demonstrations())

    def vectors(self, embedder_version: str, ids: Sequence[str]) -> "dict[str, Vectors]":
        """The stored vectors (1-d float32) of these ids by this embedder; those not stored are left out."""
        found: dict[str, Vectors] = {}
        for store in self.stores:
            if missing := [id for id in ids if id not in found]:
                found.update(store.vectors(embedder_version, missing))
        return found

    def put_vectors(self, embedder_version: str, vectors: "Mapping[str, Vectors]") -> None:
        """Store vectors where that is possible; otherwise they will have to be computed again."""
        if self.writable:
            with suppress(StoreError):
                self.writable.put_vectors(embedder_version, vectors)

    def derived(self, key: str) -> bytes | None:
        """What was stored under this key, or None; the store that takes writes knows it best."""
        order = sorted(self.stores, key=lambda store: store is not self.writable)
        return next((value for store in order if (value := store.derived(key)) is not None), None)

    def put_derived(self, key: str, value: bytes) -> None:
        """Store something that can be computed again, where that is possible."""
        if self.writable:
            with suppress(StoreError):
                self.writable.put_derived(key, value)

    def close(self) -> None:
        """Close the stores."""
        for store in self.stores:
            store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
