"""Builds the read-only index of the bundled demonstrations with the package, and says where it is.

The index is made from the folders below `bundled/`. It is one SQLite store that also holds the fitted LSA and its
vectors, so that a first query does not wait for them. An installed package carries the folders and the index. A
demonstration that is edited in a checkout reaches the index with `make index` (or any re-install); a test fails while
the two differ.
"""

from pathlib import Path

from seccoder.code.files import replacing
from seccoder.codebase.folder import read_all
from seccoder.codebase.store import Store
from seccoder.errors import StoreError

FOLDERS = Path(__file__).parent / "bundled"
_INDEX = Path(__file__).parent / "bundled.sqlite"


def path() -> Path:
    """Return the path of the index.

    Raises:
        StoreError: If this is a checkout whose index was never built.
    """
    if not _INDEX.is_file():
        raise StoreError("the bundled demonstrations have no index yet; build it with: make index")
    return _INDEX


def build(out: Path = _INDEX) -> int:
    """Build the index from the folders, replacing `out` in one step; return the number of demonstrations."""
    from seccoder.retrievers import load

    demonstrations = list(read_all(FOLDERS))
    with replacing(out) as fresh, Store.open(fresh) as store:
        store.add(demonstrations, why="bundled")
        load("hybrid", store)  # fits the embedder and stores its vectors
        store.seal()
    return len(demonstrations)


if __name__ == "__main__":
    build()
