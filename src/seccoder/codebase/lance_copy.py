"""Copies the inverted lists of a codebase in LanceDB to this machine, once, and maps them into memory.

A query reads some hundred pieces of the lists. Lance finds each by itself, decompresses it and copies it; in a file
that is mapped it costs nothing but to look at it, and the system keeps in memory what is looked at. The copy is in the
folder for caches, for one base and one making of its lists. Where that cannot be written, it has no name, and ends with
the process.
"""

import binascii
import hashlib
import json
import mmap
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from seccoder.code.files import replacing
from seccoder.codebase.lance_tables import Tables
from seccoder.errors import StoreError
from seccoder.retrievers.inverted import Inverted, Lists, Rows
from seccoder.retrievers.lists import Fitted, Kind
from seccoder.settings import cache_dir
from seccoder.types import ProofLevel

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.retrievers.inverted import Numbers
    from seccoder.types import Vectors

# The form of each array of a list in the table, where tokens are those of one demonstration after the other.
ARRAYS = {
    "ids": "S16",
    "places": "<u8",
    "vectors": "<f4",
    "lengths": "<u4",
    "held": "<u2",
    "tokens": "<u2",
    "counts": "u1",
}
# And in the copy: of demonstrations, of what they hold, of rare tokens and of lists.
_ROWS = {**ARRAYS, "ids": ">u8"}
_INVERTED = {"rare": "<u2", "at": "<u4", "holders": "<u2", "owners": "<u2", "weights": "u1"}
_LISTS = {"kind": "<u4", "sizes": "<u4", "terms": "<u4", "entries": "<u4"}
_FORMS = {**_ROWS, **_INVERTED, **_LISTS, "means": "<f4"}
LONGEST = 65_535  # demonstrations in a list
_UNFINISHED = 86_400  # seconds after which what a killed process left is removed


@dataclass(frozen=True, slots=True)
class Copy:
    """The lists as they were made.

    Attributes:
        lists: The lists.
        kinds: The kinds there are.
        kind: The number of each list's kind.
        means: The mean vector of each list.
    """

    lists: Lists
    kinds: list[Kind]
    kind: "Numbers"
    means: "Vectors"

    @classmethod
    def of(cls, tables: Tables, made: str, where: str, fitted: Fitted) -> Self:
        """Open the copy of lists, which is made if it is not there.

        Args:
            tables: Those of the codebase.
            made: Which lists they are.
            where: What finds them in their table.
            fitted: What they were made by.

        Raises:
            StoreError: If it cannot be made, or the lists are damaged or not there any more.
        """
        base, which = (hashlib.sha256(each.encode()).hexdigest()[:16] for each in (tables.path, made))
        home = cache_dir() / "lists" / f"{base}-{which}"
        try:
            return cls._opened(home)
        except (OSError, ValueError, KeyError, TypeError):
            pass  # it is not there, or a loss of power damaged it
        try:
            try:
                home.parent.mkdir(parents=True, exist_ok=True)
                with replacing(home) as fresh:
                    _write(fresh, tables, where, fitted)
                _tidy(home, base)
                return cls._opened(home)
            except OSError:
                with tempfile.TemporaryDirectory() as folder:
                    _write(Path(folder, "lists"), tables, where, fitted)
                    return cls._opened(Path(folder, "lists"))  # what is mapped outlives its name
        except OSError as error:
            raise StoreError(f"cannot keep the lists of {tables.path} here: {error.strerror}") from None
        except (ValueError, KeyError, TypeError):
            raise StoreError(f"the lists of {tables.path} are damaged, or were made anew just now") from None

    @classmethod
    def _opened(cls, home: Path) -> Self:
        kinds = [
            Kind(language, tuple(cwes), ProofLevel(level))
            for language, cwes, level in json.loads((home / "kinds").read_text(encoding="utf-8"))
        ]
        arrays = {name: _mapped(home / name, form) for name, form in _FORMS.items()}
        sizes, terms, entries, kind = (arrays[name].astype(np.intp) for name in ("sizes", "terms", "entries", "kind"))
        means = arrays["means"].reshape(len(kind), -1)
        rows = _rows({**arrays, "ids": arrays["ids"].astype(np.uint64)})
        inverted = Inverted(*(arrays[name] for name in _INVERTED))
        fits = len(rows.ids) == sizes.sum() and len(rows.vectors) * means.shape[1] == rows.vectors.size
        fits = fits and len(inverted.tokens) == len(inverted.at) == len(inverted.held) == terms.sum()
        fits = fits and len(inverted.owners) == len(inverted.weights) == entries.sum()
        if not fits or not len(sizes) == len(terms) == len(entries) == len(kind):
            raise ValueError("the arrays do not fit together")
        lists = Lists(rows, sizes, terms, entries, inverted, np.zeros(len(rows.ids), np.bool_))
        return cls(lists, kinds, kind, means)


def _write(folder: Path, tables: Tables, where: str, fitted: Fitted) -> None:
    """Copy lists from their table, as they come."""
    folder.mkdir()
    kinds: dict[tuple[str, str, str], int] = {}
    files = {name: (folder / name).open("wb") for name in _FORMS}
    try:
        for row in tables.stream("lists", ["language", "cwes", "level", "mean", *ARRAYS], where):
            kind = kinds.setdefault((row["language"], row["cwes"], row["level"]), len(kinds))
            given = {name: np.frombuffer(row[name], form) for name, form in ARRAYS.items() if name != "ids"}
            ids = np.frombuffer(binascii.unhexlify(row["ids"]), ">u8")
            if len(ids) > LONGEST:
                raise ValueError("a list is too long")
            rows = _rows({**given, "ids": ids.astype(np.uint64)})
            inverted = Inverted.of(rows, fitted.rare, fitted.length)
            numbers = (kind, len(ids), len(inverted.tokens), len(inverted.owners))
            arrays = {
                **given,
                "ids": ids,
                "means": np.frombuffer(row["mean"], _FORMS["means"]),
                **dict(zip(_INVERTED, (getattr(inverted, each) for each in Inverted.__slots__), strict=True)),
                **dict(zip(_LISTS, map(np.array, numbers), strict=True)),
            }
            for name, file in files.items():
                file.write(arrays[name].astype(_FORMS[name]).tobytes())
    finally:
        for file in files.values():
            file.close()
    listed = [(language, json.loads(cwes), level) for language, cwes, level in kinds]
    (folder / "kinds").write_text(json.dumps(listed), encoding="utf-8")


def _rows(arrays: Mapping[str, "npt.NDArray[Any]"]) -> Rows:
    """Return demonstrations, which must fit together."""
    count = len(arrays["ids"])
    fits = all(len(arrays[name]) == count for name in ("places", "lengths", "held"))
    if not fits or not len(arrays["tokens"]) == len(arrays["counts"]) == arrays["held"].sum(dtype=np.intp):
        raise ValueError("the arrays do not fit together")
    vectors = arrays["vectors"].reshape(count, -1)
    return Rows(**{**{name: arrays[name] for name in ARRAYS}, "vectors": vectors})


def _mapped(path: Path, form: str) -> "npt.NDArray[Any]":
    with path.open("rb") as file:
        if not path.stat().st_size:
            return np.zeros(0, form)
        return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), form)


def _tidy(home: Path, base: str) -> None:
    """Remove the copies of former lists of a base, and what a killed process left long ago."""
    with suppress(OSError):  # another process may tidy at the same time
        for folder in list(home.parent.glob(f"{base}-*")):
            if folder != home:
                shutil.rmtree(folder, ignore_errors=True)
        for folder in list(home.parent.glob(f".{base}-*")):
            if folder.stat().st_mtime < time.time() - _UNFINISHED:
                shutil.rmtree(folder, ignore_errors=True)
