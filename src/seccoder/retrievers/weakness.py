"""Rates which weakness a query is prone to, by the demonstrations' own CWE tags.

It takes a BM25 index, the demonstrations in it and a query's tokens. It returns, per demonstration, how far the query
looks like the code of the demonstrations of its CWE: from 0 (no more than like any other CWE's) to 1. It is a
nearest-centroid classifier in BM25's own space. A CWE is the mean of its demonstrations' BM25 vectors, scaled to unit
length (so neither a frequent CWE nor one with long code is favoured). A softmax over the cosines says which is nearest.
Nothing is trained and nothing but the index is stored, so it also works with two or three demonstrations per CWE, where
logistic regression made retrieval worse (`docs/retrieval.md`).

It does not see the query's own CWE (no retriever does). All demonstrations of a CWE get the same number, so a wrong
guess puts all of them first. Therefore use it with one demonstration per CWE before any repeats (`Ranked.diversify`).
"""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from seccoder.retrievers.bm25 import K1, Index
from seccoder.retrievers.ranked import known_tags, tag_places
from seccoder.types import Demonstration

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.retrievers.ranked import Scores

TEMPERATURE = 0.05  # of the softmax over cosines; chosen on test B, where 0.03 to 0.07 are alike


class WeaknessEvidence:
    """Gives evidence for the CWEs of a codebase, by the nearest centroid.

    Args:
        index: BM25 index of the demonstrations.
        demonstrations: The demonstrations in the index's order.
    """

    def __init__(self, index: Index, demonstrations: Sequence[Demonstration]) -> None:
        self._index = index
        names = sorted({cwe for demonstration in demonstrations for cwe in demonstration.cwes})
        self._number = {name: i for i, name in enumerate(names)}
        tags = known_tags(demonstrations, self._number)
        self._places = tag_places(tags)
        self._centroids = self._unit_centroids(len(names), tags)

    def over(self, demonstrations: Sequence[Demonstration]) -> "WeaknessEvidence":
        """Return the same evidence for other demonstrations; CWEs that none of this one's had are left out."""
        other = copy(self)
        other._places = tag_places(known_tags(demonstrations, self._number))
        return other

    def scores(self, tokens: Sequence[str]) -> "Scores":
        """Return a number in 0..1 per demonstration; all are 0 if no token is known or there is at most one CWE."""
        scores = np.zeros(len(self._places), dtype=np.float32)
        classes = len(self._centroids)
        weights = {token: self._index.idf(token) * n / (n + K1) for token, n in sorted(Counter(tokens).items())}
        known = [token for token in weights if token in self._index.vocabulary]
        if not known or classes < 2:
            return scores
        # Unknown tokens count in the query's length: one known word among many strange ones is no evidence.
        query = np.array([weights[token] for token in known]) / np.linalg.norm(list(weights.values()))
        cosines = self._centroids[:, [self._index.vocabulary[token] for token in known]] @ query
        likely = np.exp((cosines - cosines.max()) / TEMPERATURE)
        lift = (likely / likely.sum() - 1 / classes) / (1 - 1 / classes)  # 0 for a guess, 1 for certainty
        # The best of each demonstration's tags, at least 0; places without a tag point at the 0 that is appended.
        best: Scores = np.append(np.maximum(lift, 0), 0).astype(np.float32)[self._places].max(axis=1)
        return best

    def _unit_centroids(self, classes: int, all_tags: Sequence[tuple[int, ...]]) -> "npt.NDArray[np.float32]":
        """Return each CWE's mean BM25 vector, scaled to unit length, shape (classes, vocabulary)."""
        index = self._index
        size = len(index.vocabulary)
        tokens = np.repeat(np.arange(size), np.diff(index.starts))
        sums = np.zeros(classes * size)
        for place in range(max((len(tags) for tags in all_tags), default=0)):  # first tags, second tags, ...
            tag = np.array([tags[place] if place < len(tags) else -1 for tags in all_tags], dtype=np.int64)
            row = tag[index.documents]
            tagged = row >= 0
            cells = row[tagged] * size + tokens[tagged]
            sums += np.bincount(cells, weights=index.weights[tagged], minlength=classes * size)
        centroids = sums.reshape(classes, size)  # the mean and the sum point the same way
        norms = np.linalg.norm(centroids, axis=1, keepdims=True)
        np.divide(centroids, norms, out=centroids, where=norms > 0)
        return centroids.astype(np.float32)
