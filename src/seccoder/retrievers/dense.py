"""Scores demonstrations by the cosine similarity between their vectors and the query's vector.

An embedder makes the vectors, and the cosines lie in -1..1. The demonstrations' vectors are computed once and kept in
the codebase by content hash and embedder version, so only missing ones are encoded. With a read-only codebase they are
computed in memory.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from seccoder.retrievers import embedders
from seccoder.retrievers.ranked import Corpus, document_text, query_text
from seccoder.types import Demonstration, Embedder, Query

if TYPE_CHECKING:
    from seccoder.retrievers.embedders.lsa import Lsa
    from seccoder.retrievers.ranked import Scores
    from seccoder.types import Vectors


class DenseScorer:
    """Cosine similarity under an embedder.

    Args:
        corpus: The secure codebase, whose stored vectors are used and completed.
        demonstrations: Its demonstrations, ordered by id.
        embedder: Turns demonstrations and queries into unit vectors.
    """

    options: tuple[str, ...] | None = None
    threshold = 0.01
    diversify = False

    @classmethod
    def make(cls, corpus: Corpus, demonstrations: Sequence[Demonstration], option: str, seed: int) -> "DenseScorer":
        """Make the scorer of a codebase. The option names an embedder; an empty one means LSA."""
        if option in {"", "lsa"}:
            return cls(corpus, demonstrations, lsa(corpus, demonstrations))
        return cls(corpus, demonstrations, embedders.load(option))

    def __init__(self, corpus: Corpus, demonstrations: Sequence[Demonstration], embedder: Embedder) -> None:
        self._embedder = embedder
        self._matrix = _vectors(corpus, demonstrations, embedder)

    def scores(self, query: Query) -> "Scores":
        """Return the cosine of each demonstration to the query."""
        vector = self._embedder.encode([query_text(query)], "query")[0]
        scores: Scores = np.clip(self._matrix @ vector, -1, 1).astype(np.float32)
        return scores


def lsa(corpus: Corpus, demonstrations: Sequence[Demonstration]) -> "Lsa":
    """Return the stored LSA embedder of a codebase, or fit and store a new one if the base has changed too much."""
    from seccoder.retrievers.embedders.lsa import fit_or_reuse

    documents = {demonstration.id: document_text(demonstration) for demonstration in demonstrations}
    embedder, new = fit_or_reuse(corpus.derived("lsa"), documents)
    if new and documents:
        corpus.put_derived("lsa", embedder.to_bytes())
    return embedder


def _vectors(corpus: Corpus, demonstrations: Sequence[Demonstration], embedder: Embedder) -> "Vectors":
    ids = [demonstration.id for demonstration in demonstrations]
    vectors = dict(corpus.vectors(embedder.version, ids))
    absent = [demonstration for demonstration in demonstrations if demonstration.id not in vectors]
    if absent:
        encoded = embedder.encode([document_text(demonstration) for demonstration in absent], "document")
        fresh = {demonstration.id: row for demonstration, row in zip(absent, encoded, strict=True)}
        corpus.put_vectors(embedder.version, fresh)
        vectors.update(fresh)
    return np.stack([vectors[id_] for id_ in ids]) if ids else np.zeros((0, 1), dtype=np.float32)
