"""Makes and keeps the inverted lists of a large codebase in LanceDB, by which a query reads little of it.

A list is one row of a table, and is read from a copy on this machine (`seccoder.codebase.lance_copy`). What
`seccoder.retrievers.lists` fits on a sample lies beside the table as one value of what can be computed again, which
also says of which version the lists are. Demonstrations that came later are compared as lists of their own, made when
the base is opened; when they are too many, all lists are made anew.
"""

import binascii
import io
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from seccoder.codebase.lance_copy import ARRAYS, LONGEST, Copy
from seccoder.codebase.lance_tables import Tables, quoted, schemas
from seccoder.codebase.rows import from_row, to_row
from seccoder.retrievers.inverted import Lists, Rows
from seccoder.retrievers.lists import Fitted, Heads, Kind, divide, mean_length, sampled
from seccoder.types import Demonstration

if TYPE_CHECKING:
    from seccoder.types import Vectors

LARGE = 100_000  # demonstrations; a smaller base is compared as a whole
STALE = 0.02  # the share of demonstrations that may have come or changed since the lists were made


@dataclass(frozen=True, slots=True)
class _Sample:
    """The sample as a codebase, whose derived data is kept in memory."""

    sample: Sequence[Demonstration]
    kept: dict[str, bytes] = field(default_factory=dict)

    def demonstrations(self) -> list[Demonstration]:
        return list(self.sample)

    def digest(self) -> str:
        return "sample"

    def vectors(self, embedder_version: str, ids: Sequence[str]) -> "Mapping[str, Vectors]":
        return {}

    def put_vectors(self, embedder_version: str, vectors: "Mapping[str, Vectors]") -> None:
        pass

    def derived(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put_derived(self, key: str, value: bytes) -> None:
        self.kept[key] = value


@dataclass(frozen=True, slots=True)
class About:
    """What belongs to the lists as a whole.

    Attributes:
        made: Which they are.
        version: The latest change that they know.
        written: The version of the demonstrations' table, in which they say where each is.
        length: The mean length of the sample, in tokens.
    """

    made: str
    version: int
    written: int
    length: float

    @property
    def where(self) -> str:
        """What finds them in their table, where those of another time may be."""
        return f"made = {quoted(self.made)}"


class LanceShelf:
    """The inverted lists of one codebase.

    Args:
        tables: Where they are.
        stored: What `build` returned.
        touched: The ids of what came, went or changed since they were made.
    """

    def __init__(self, tables: Tables, stored: bytes, touched: Sequence[str] = ()) -> None:
        self._tables = tables
        with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
            values = {name: arrays[name].tobytes() for name in arrays.files}
        about = About(**json.loads(values.pop("about")))
        self._demonstrations = tables.kept("demonstrations", about.written)
        sample = [from_row(tuple(row)) for row in json.loads(values.pop("sample"))]
        self.fitted = Fitted(_Sample(sample, values), about.length)
        copy = Copy.of(tables, about.made, about.where, self.fitted)
        self._new = tables.by_id(touched)
        fresh = _by_kind(self._new.values())
        parts = [self.fitted.rows(those) for _, those in fresh]
        gone = np.isin(copy.lists.rows.ids, np.array([int(id, 16) for id in touched], np.uint64))
        self.volumes = [replace(copy.lists, gone=gone)]
        if parts:
            self.volumes.append(Lists.of(parts, self.fitted.rare, self.fitted.length))
        fresh_kinds = [kind for kind, _ in fresh]
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys([*copy.kinds, *fresh_kinds]))}
        kind = np.append(copy.kind, [numbers[each] for each in fresh_kinds]).astype(np.intp)
        means = np.concatenate([copy.means, *(_mean(each.vectors)[None] for each in parts)])
        self.heads = Heads(list(numbers), kind, means)

    def read(self, rows: Rows) -> list[Demonstration]:
        """Read the demonstrations themselves, in their order."""
        ids = [f"{id:016x}" for id in rows.ids.tolist()]
        there = [place for id, place in zip(ids, rows.places.tolist(), strict=True) if id not in self._new]
        found = self._new | self._tables.at(self._demonstrations, there)
        return [found[id] for id in ids]


def build(tables: Tables, version: int) -> bytes:
    """Make the lists of all demonstrations, and return what is fitted and which lists it belongs to.

    Args:
        tables: Those of the codebase.
        version: The number of its latest change.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    tables.index("demonstrations", "id", "cwes")
    table = tables.kept("demonstrations")
    known = tables.numbered(table, ["id", "language", "cwes", "level"])
    keys = pc.binary_join_element_wise(known["language"], known["cwes"], known["level"], "\n")
    coded = keys.combine_chunks().dictionary_encode()
    with tables.errors():
        ids = np.array([int(id, 16) for id in known["id"].to_pylist()], np.uint64)
    places = known["_rowid"].to_numpy().astype(np.uint64)
    chosen = sampled(ids, coded.indices.to_numpy().astype(np.intp))
    kinds = [
        dict(zip(("language", "cwes", "level"), each.split("\n"), strict=True)) for each in coded.dictionary.to_pylist()
    ]
    del known, keys, coded
    sample = sorted(tables.at(table, places[chosen].tolist()).values(), key=lambda each: each.id)
    ids, places = (each[np.argsort(ids)] for each in (ids, places))
    corpus, length = _Sample(sample), mean_length(sample)
    fitted = Fitted(corpus, length)
    about = {"made": uuid.uuid4().hex, "version": version, "written": table.version, "length": length}

    def batches() -> Iterator[Any]:
        number = 0
        for kind in kinds:
            where = " AND ".join(f"{name} = {quoted(value)}" for name, value in kind.items())
            rows = fitted.rows(tables.each(where, table))
            rows = replace(rows, places=places[np.searchsorted(ids, rows.ids)])
            rows = rows.take(np.unique(rows.ids, return_index=True)[1])  # ordered by id, which says nothing
            for those in divide(rows.vectors):
                one = rows.take(those)
                arrays = {name: getattr(one, name).astype(ARRAYS[name]).tobytes() for name in ARRAYS if name != "ids"}
                arrays["ids"] = binascii.hexlify(one.ids.astype(">u8").tobytes())
                row = {"made": about["made"], "number": number, **kind, "mean": _mean(one.vectors).tobytes(), **arrays}
                yield pa.RecordBatch.from_pylist([row], schema=schemas()["lists"])
                number += 1

    tables.replace("lists", batches())
    rows = json.dumps(list(map(to_row, sample))).encode()
    values = {"about": json.dumps(about).encode(), "sample": rows, **corpus.kept}
    stream = io.BytesIO()
    arrays: dict[str, Any] = {name: np.frombuffer(value, np.uint8) for name, value in values.items()}
    np.savez(stream, **arrays)
    return stream.getvalue()


def about(stored: bytes) -> About:
    """Return what belongs to lists as a whole, from what `build` returned."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        return About(**json.loads(arrays["about"].tobytes()))


def _by_kind(demonstrations: Iterable[Demonstration]) -> list[tuple[Kind, list[Demonstration]]]:
    """Return the demonstrations of each kind, no more at a time than a list can have."""
    found: dict[Kind, list[Demonstration]] = {}
    for each in demonstrations:
        found.setdefault(Kind(each.language, each.cwes, each.proof.level), []).append(each)
    return [(kind, those[at : at + LONGEST]) for kind, those in found.items() for at in range(0, len(those), LONGEST)]


def _mean(vectors: "Vectors") -> "Vectors":
    """Return the direction in which vectors point together."""
    mean: Vectors = vectors.mean(axis=0, dtype=np.float32)
    length = float(np.linalg.norm(mean))
    return mean / np.float32(length) if length else mean
