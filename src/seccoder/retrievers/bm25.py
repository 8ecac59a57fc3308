"""Scores demonstrations by BM25 (the `bm25s` library), over code-aware tokens or the paper's white-space tokens.

The code-aware tokens are the default. Scores lie in 0..1: a score is the BM25 score as a share of what a document that
held every token of the query without end would get. A score therefore says how much of the query's information a
demonstration covers, and can be compared between queries. Dividing by a constant of the query does not change its
ranking.

The index is built by bm25s and stored with the base, under the base's digest. A query only adds up columns of the
stored index, which numpy does: importing bm25s (with whatever sparse library it finds) would double the time of
`seccoder retrieve`.
"""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from seccoder.code.tokens import tokenizers
from seccoder.retrievers.ranked import Corpus, document_text, query_text
from seccoder.types import Demonstration, Query

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.retrievers.ranked import Scores

K1, B = 1.5, 0.75


class Held(Protocol):
    """The tokens of documents that are not in an index, as far as it knows them, one document after the other.

    Attributes:
        tokens: Their rows in the index's vocabulary.
        counts: How often each is in its document.
        held: How many of these entries each document has.
        lengths: Of the documents, in tokens; those that the index does not know count.
    """

    @property
    def tokens(self) -> "npt.NDArray[np.unsignedinteger]": ...  # noqa: D102

    @property
    def counts(self) -> "npt.NDArray[np.unsignedinteger]": ...  # noqa: D102

    @property
    def held(self) -> "npt.NDArray[np.unsignedinteger]": ...  # noqa: D102

    @property
    def lengths(self) -> "npt.NDArray[np.unsignedinteger]": ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Index:
    """A bm25s index: for each token (row of `starts`) the documents that hold it and their BM25 weights."""

    vocabulary: Mapping[str, int]
    starts: "npt.NDArray[np.int64]"
    documents: "npt.NDArray[np.int32]"
    weights: "npt.NDArray[np.float32]"
    size: int
    _idf: list[float] = field(init=False, repr=False, compare=False)  # by row, and last that of an unknown token

    def __post_init__(self) -> None:
        frequency = np.append(np.diff(self.starts), 0)
        idf = np.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5)).tolist()
        object.__setattr__(self, "_idf", idf)

    @classmethod
    def build(cls, tokens: Sequence[list[str]]) -> "Index":
        """Index documents given as tokens."""
        vocabulary = {token: i for i, token in enumerate(sorted({token for document in tokens for token in document}))}
        if not vocabulary:
            return cls({}, np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.float32), len(tokens))
        import logging

        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # the library sets it to DEBUG when imported
        ids = [[vocabulary[token] for token in document] for document in tokens]
        library = bm25s.BM25(k1=K1, b=B, method="lucene")
        library.index((ids, dict(vocabulary)), create_empty_token=False, show_progress=False)
        index = library.scores
        return cls(
            vocabulary,
            np.asarray(index["indptr"], dtype=np.int64),
            np.asarray(index["indices"], dtype=np.int32),
            np.asarray(index["data"], dtype=np.float32),
            len(tokens),
        )

    def idf(self, token: str) -> float:
        """Return the Lucene variant's inverse document frequency, as bm25s does; it is largest for an unknown token."""
        return self._idf[self.vocabulary.get(token, -1)]

    def scores(self, tokens: Sequence[str]) -> "Scores":
        """Return the BM25 scores of all documents, as bm25s does; a token counts as often as it occurs."""
        total = np.zeros(self.size, dtype=np.float32)
        for token, count in sorted(Counter(tokens).items()):
            if (row := self.vocabulary.get(token)) is not None:
                span = slice(self.starts[row], self.starts[row + 1])
                total[self.documents[span]] += count * self.weights[span]
        return total

    def scores_of(self, tokens: Sequence[str], others: "Held", mean: float) -> "Scores":
        """Return the BM25 scores of documents that are not in the index, by the frequencies in it.

        Args:
            tokens: Those of the query.
            others: The documents.
            mean: The mean length of the documents in the index, in tokens. One of them then has the score it has there.
        """
        wanted = self.wanted(tokens)
        entries = np.flatnonzero((wanted != 0).take(others.tokens, mode="clip"))  # few are
        owners = np.repeat(np.arange(len(others.held)), others.held)[entries]
        often = saturated(others.counts[entries], others.lengths[owners], mean)
        return np.bincount(owners, wanted[others.tokens[entries]] * often, len(others.held)).astype(np.float32)

    def wanted(self, tokens: Sequence[str]) -> "Scores":
        """Return what a document gets that holds a token without end, by the token's row; 0 for what is not asked."""
        wanted = np.zeros(len(self.vocabulary), dtype=np.float32)
        for token, count in Counter(tokens).items():
            if (row := self.vocabulary.get(token)) is not None:
                wanted[row] = count * self._idf[row]
        return wanted

    def rare(self, least: float) -> "npt.NDArray[np.bool_]":
        """Tell by row of which tokens the inverse document frequency is so large."""
        rare: npt.NDArray[np.bool_] = np.array(self._idf[:-1]) >= least
        return rare

    def to_bytes(self) -> bytes:
        """Serialise as an npz archive of plain arrays (no pickle)."""
        stream = io.BytesIO()
        np.savez(
            stream,
            tokens=np.frombuffer("\n".join(self.vocabulary).encode("utf-8", "surrogatepass"), dtype=np.uint8),
            starts=self.starts,
            documents=self.documents,
            weights=self.weights,
        )
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes, size: int) -> "Index | None":
        """Read what `to_bytes` wrote for a base of this many documents; None if it is damaged."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                tokens = arrays["tokens"].tobytes().decode("utf-8", "surrogatepass").split("\n")
                starts, documents, weights = arrays["starts"], arrays["documents"], arrays["weights"]
        except Exception:  # damaged archives raise a dozen unrelated types; derived data is simply made again
            return None
        fits = len(tokens) + 1 == len(starts) and len(documents) == len(weights) == starts[-1]
        if not fits or (len(documents) and documents.max() >= size):
            return None
        return cls({token: i for i, token in enumerate(tokens)}, starts, documents, weights, size)


class Bm25Scorer:
    """BM25 over a codebase.

    Args:
        corpus: The secure codebase.
        demonstrations: Its demonstrations, ordered by id.
        tokens: The tokenizer, `code` or `whitespace`. The latter indexes the code alone, as the paper does.
    """

    options: tuple[str, ...] | None = ("code", "whitespace")
    threshold = 0.01
    diversify = False

    @classmethod
    def make(cls, corpus: Corpus, demonstrations: Sequence[Demonstration], option: str, seed: int) -> "Bm25Scorer":
        """Make the scorer of a codebase."""
        return cls(corpus, demonstrations, option or "code")

    def __init__(self, corpus: Corpus, demonstrations: Sequence[Demonstration], tokens: str = "code") -> None:
        self.tokenize = tokenizers[tokens]
        key = f"bm25:{tokens}:{corpus.digest()}"
        stored = corpus.derived(key)
        index = Index.from_bytes(stored, len(demonstrations)) if stored is not None else None
        if index is None:
            text = document_text if tokens == "code" else _code
            index = Index.build([self.tokenize(text(demonstration)) for demonstration in demonstrations])
            if index.vocabulary:
                corpus.put_derived(key, index.to_bytes())
        self.index = index

    def scores(self, query: Query) -> "Scores":
        """Return the share, 0..1, of the query's information that each demonstration covers."""
        tokens = self.tokenize(query_text(query))
        return share(self.index, tokens, self.index.scores(tokens))


def saturated(
    counts: "npt.NDArray[np.unsignedinteger]", lengths: "npt.NDArray[np.unsignedinteger]", mean: float
) -> "Scores":
    """Return the share that a document of some length gets of a token that it holds so often."""
    often: Scores = (counts / (counts + K1 * (1 - B + B * lengths / mean))).astype(np.float32)
    return often


def share(index: Index, tokens: Sequence[str], scores: "Scores") -> "Scores":
    """Return BM25 scores as shares of what a document would get that held every token of the query without end."""
    possible = sum(count * index.idf(token) for token, count in Counter(tokens).items())
    return scores / np.float32(possible) if possible else scores


def _code(demonstration: Demonstration) -> str:
    return demonstration.code
