"""Embeds texts by latent semantic analysis that is fitted on the secure codebase itself; it is the default.

It needs numpy only, and no torch. Documents become TF-IDF vectors over code-aware tokens (sublinear term frequency),
and a truncated singular value decomposition keeps the directions in which the base varies most. On test B of
`docs/retrieval.md` it does about as well as MiniLM (.45 and .475 of first hits right, intervals overlapping).

`fit_or_reuse` alone decides when a fitted LSA is reused: as long as at most `STALE` of the demonstrations are new to it
or have vanished since.

Not guaranteed: anything for a text that shares no token with the base. Such a text becomes the zero vector, whose
similarity to everything is 0 (these are the only rows that are not of unit length).
"""

import hashlib
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from seccoder.code.tokens import code_tokens

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.types import Vectors

DIMENSIONS = 32  # chosen on test B; 64 and more are worse there
STALE = 0.2
MAX_FIT = 2_048  # a larger base is fitted on a seeded sample of this size: the decomposition is cubic in it
MAX_VOCABULARY = 20_000
_CHUNK = 2_048  # columns made dense at a time
_TEXTS = 512  # texts embedded at a time


@dataclass(slots=True)
class Lsa:
    """A fitted LSA.

    Attributes:
        vocabulary: The row of `projection` for each token.
        idf: Inverse document frequency of each token, shape (v,).
        projection: Right singular vectors, shape (v, d).
        known: The ids of all demonstrations of the base it was fitted for, sorted.
        version: A name that holds the dimension and, by a hash of `known`, the base.
    """

    vocabulary: Mapping[str, int]
    idf: "npt.NDArray[np.float32]"
    projection: "Vectors"
    known: tuple[str, ...]
    version: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256("\n".join(self.known).encode()).hexdigest()[:12]
        self.version = f"lsa-{self.projection.shape[1]}-{digest}"

    def encode(self, texts: Sequence[str], kind: Literal["query", "document"]) -> "Vectors":
        """Return an array of shape (len(texts), d); queries and documents are treated alike."""
        return self.embed([Counter(code_tokens(text)) for text in texts])

    def embed(self, counted: Sequence[Mapping[str, int]]) -> "Vectors":
        """Return the vectors of texts whose tokens are counted, shape (len(counted), d)."""
        vectors = np.zeros((len(counted), self.projection.shape[1]), dtype=np.float32)
        for start in range(0, len(counted), _TEXTS):
            some = counted[start : start + _TEXTS]
            known = [(row, self.vocabulary[token], n) for row, counts in enumerate(some, start)
                     for token, n in counts.items() if token in self.vocabulary]  # fmt: skip
            if not known:
                continue
            rows, columns, counts = np.array(known, dtype=np.intp).T
            weights = (1 + np.log(counts.astype(np.float32))) * self.idf[columns]
            first = np.flatnonzero(np.diff(rows, prepend=-1))
            vectors[rows[first]] = np.add.reduceat(weights[:, None] * self.projection[columns], first, axis=0)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)
        return vectors

    def to_bytes(self) -> bytes:
        """Serialise as an npz archive of plain arrays (no pickle)."""
        stream = io.BytesIO()
        tokens = "\n".join(self.vocabulary).encode()
        np.savez(
            stream,
            tokens=np.frombuffer(tokens, dtype=np.uint8),
            known=np.frombuffer("\n".join(self.known).encode(), dtype=np.uint8),
            idf=self.idf,
            projection=self.projection,
        )
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Lsa":
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: If the bytes are not such an archive.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                tokens, known = (tuple(arrays[name].tobytes().decode().splitlines()) for name in ("tokens", "known"))
                idf, projection = arrays["idf"], arrays["projection"]
        except Exception as error:  # damaged archives raise a dozen unrelated types
            raise ValueError(f"not a stored LSA: {error}") from error
        if projection.ndim != 2 or not len(tokens) == len(idf) == len(projection):
            raise ValueError("not a stored LSA: the arrays do not fit together")
        return cls({token: row for row, token in enumerate(tokens)}, idf, projection, known)


def fit_or_reuse(stored: bytes | None, documents: Mapping[str, str]) -> tuple[Lsa, bool]:
    """Return an LSA for these documents, and whether it is new (and worth storing).

    Args:
        stored: What `to_bytes` gave for an earlier state of the base, or None.
        documents: The text of each demonstration by its id.
    """
    if stored is not None:
        try:
            lsa = Lsa.from_bytes(stored)
        except ValueError:
            pass  # it is derived data, so it is made again
        else:
            changed = len(set(lsa.known) ^ documents.keys())
            if changed <= STALE * max(len(documents), 1):
                return lsa, False
    return fit(documents), True


def fit(documents: Mapping[str, str], dimensions: int = DIMENSIONS) -> Lsa:
    """Fit on these documents, independent of their order.

    Args:
        documents: The text of each demonstration by its id.
        dimensions: How many directions are kept at most; a small base has fewer.
    """
    known = tuple(sorted(documents))
    sample = known
    if len(known) > MAX_FIT:
        chosen = np.random.default_rng(0).choice(len(known), size=MAX_FIT, replace=False)
        sample = tuple(known[i] for i in np.sort(chosen))
    counted = [Counter(code_tokens(documents[id_])) for id_ in sample]
    frequency: Counter[str] = Counter()
    for counts in counted:
        frequency.update(counts.keys())
    tokens = sorted(frequency, key=lambda token: (-frequency[token], token))[:MAX_VOCABULARY]
    vocabulary = {token: row for row, token in enumerate(tokens)}
    idf = np.array([np.log((1 + len(sample)) / (1 + frequency[token])) + 1 for token in tokens], dtype=np.float32)
    rows, columns, values = _tf_idf(counted, vocabulary, idf)
    return Lsa(vocabulary, idf, _projection(rows, columns, values, (len(sample), len(tokens)), dimensions), known)


def _weights(counts: "npt.NDArray[np.float32]", idf: "npt.NDArray[np.float32]") -> "npt.NDArray[np.float32]":
    """Return the sublinear TF-IDF weights of one text, scaled to unit length."""
    weights = (1 + np.log(counts)) * idf
    return weights / np.linalg.norm(weights)


def _tf_idf(
    counted: Sequence[Counter[str]], vocabulary: Mapping[str, int], idf: "npt.NDArray[np.float32]"
) -> tuple["npt.NDArray[np.intp]", "npt.NDArray[np.intp]", "npt.NDArray[np.float32]"]:
    """Return the TF-IDF matrix as coordinates, ordered by column."""
    rows: list[np.ndarray] = []
    columns: list[np.ndarray] = []
    values: list[np.ndarray] = []
    for row, counts in enumerate(counted):
        known = [(vocabulary[token], count) for token, count in counts.items() if token in vocabulary]
        if not known:
            continue
        column, count = np.array(known, dtype=np.intp).T
        rows.append(np.full(len(column), row, dtype=np.intp))
        columns.append(column)
        values.append(_weights(count.astype(np.float32), idf[column]))
    if not rows:
        return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.float32)
    order = np.argsort(np.concatenate(columns), kind="stable")
    return np.concatenate(rows)[order], np.concatenate(columns)[order], np.concatenate(values)[order]


def _projection(
    rows: "npt.NDArray[np.intp]",
    columns: "npt.NDArray[np.intp]",
    values: "npt.NDArray[np.float32]",
    shape: tuple[int, int],
    dimensions: int,
) -> "Vectors":
    """Compute the right singular vectors of the largest values, by the (small) Gram matrix of the documents."""
    documents, tokens = shape
    starts = np.searchsorted(columns, np.arange(0, tokens + _CHUNK, _CHUNK))

    def dense(chunk: int) -> "npt.NDArray[np.float32]":
        part = slice(starts[chunk], starts[chunk + 1])
        matrix = np.zeros((documents, min(_CHUNK, tokens - chunk * _CHUNK)), dtype=np.float32)
        matrix[rows[part], columns[part] - chunk * _CHUNK] = values[part]
        return matrix

    chunks = range(-(-tokens // _CHUNK))
    gram = np.zeros((documents, documents), dtype=np.float32)
    for chunk in chunks:
        matrix = dense(chunk)
        gram += matrix @ matrix.T
    squares, vectors = np.linalg.eigh(gram)
    kept = [i for i in range(documents - 1, -1, -1) if squares[i] > 1e-6][:dimensions]
    left = (vectors[:, kept] / np.sqrt(squares[kept])).astype(np.float32)
    parts = [dense(chunk).T @ left for chunk in chunks]
    return np.concatenate(parts) if parts else np.zeros((0, len(kept)), dtype=np.float32)
