"""Opens the secure codebase for everybody else: one or several stores, read as one.

`Codebase.open` takes a path, the name of a pulled codebase, or nothing (the bundled store and the user's own together).
Writes go to the one store that takes them; `seccoder.codebase.store` says what a store guarantees.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from seccoder.codebase import bundled_index
from seccoder.codebase.rows import digest, only
from seccoder.codebase.store import Store
from seccoder.errors import StoreError
from seccoder.settings import cache_dir, user_codebase
from seccoder.types import Demonstration

if TYPE_CHECKING:
    from seccoder.retrievers.lists import Shelf
    from seccoder.types import Vectors

PULLED = {"sven": "sven", "sven-val": "sven", "safecoder": "safecoder"}  # name of a codebase: the data it is made from


def pulled_path(name: str) -> Path:
    """Return the path of a codebase that is made from pulled data."""
    return cache_dir() / "codebases" / f"{name}.sqlite"


def writable(spec: str | Path = "") -> Store:
    """Open the one store that changes go to. A store that does not exist is made by the first change.

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
    """A secure codebase: one or several stores, read as one. Use `Codebase.open`, or give it stores.

    Attributes:
        stores: The stores in order. If two hold the same content, the wording of the first counts.
        writable: The store that writes go to, or None.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        self.stores = tuple(stores)
        self.writable = next((store for store in self.stores if not store.readonly), None)

    @classmethod
    def open(cls, spec: str | Path = "", *, create: bool = False) -> Self:
        """Open a codebase.

        Args:
            spec: "" for the bundled one and the user's own together; `bundled` for the first alone; a path; the name
                of a pulled one (`sven`, `sven-val`, `safecoder`); or `lance:` and a folder or address (LanceDB).
            create: Whether a path need not exist; the first write then makes it.

        Raises:
            StoreError: If there is none, or it cannot be used.
            MissingExtra: If LanceDB is meant and not installed.
        """
        if str(spec).startswith("lance:"):
            from seccoder.codebase.lance import LanceStore

            return cls([LanceStore.open(spec, create)])
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
        """Return the ids of all demonstrations, sorted."""
        if len(self.stores) == 1:
            return self.stores[0].ids()
        return sorted({id for store in self.stores for id in store.ids()})

    def digest(self) -> str:
        """Return the SHA-256 over the sorted ids. Equal content has an equal digest, in however many stores it is."""
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
        """Return all demonstrations, or only those of one language or CWE, ordered by id."""
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

    def vectors(self, embedder_version: str, ids: Sequence[str]) -> "dict[str, Vectors]":
        """Return the stored vectors (1-d float32) of these ids by this embedder; ids without one are left out."""
        found: dict[str, Vectors] = {}
        for store in self.stores:
            if missing := [id for id in ids if id not in found]:
                found.update(store.vectors(embedder_version, missing))
        return found

    def put_vectors(self, embedder_version: str, vectors: "Mapping[str, Vectors]") -> None:
        """Store vectors if a store takes writes. Otherwise they have to be computed again next time."""
        if self.writable:
            with suppress(StoreError):
                self.writable.put_vectors(embedder_version, vectors)

    def derived(self, key: str) -> bytes | None:
        """Return what was stored under this key, or None. The store that takes writes is asked first."""
        order = sorted(self.stores, key=lambda store: store is not self.writable)
        return next((value for store in order if (value := store.derived(key)) is not None), None)

    def put_derived(self, key: str, value: bytes) -> None:
        """Store something that can be computed again, if a store takes writes."""
        if self.writable:
            with suppress(StoreError):
                self.writable.put_derived(key, value)

    def shelf(self) -> "Shelf | None":
        """Return the inverted lists of a base that is too large to be compared as a whole, or None."""
        return self.stores[0].shelf() if len(self.stores) == 1 else None

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
