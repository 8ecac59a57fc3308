"""The default retriever: BM25, LSA, and what the demonstrations' own CWE tags say about the query.

In flow a secure codebase; out flow scores in 0..1: half the evidence for the demonstration's weakness, a quarter LSA's
cosine (negative ones count as 0), a quarter BM25's share of the query's information. The weights were chosen on test B,
where a wide range of them is alike; `docs/retrieval.md` says how, what each part brings, and what optimism that leaves.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from seccoder.retrievers.bm25 import Bm25Scorer
from seccoder.retrievers.dense import DenseScorer, lsa
from seccoder.retrievers.ranked import Corpus, query_text
from seccoder.retrievers.weakness import WeaknessEvidence
from seccoder.types import Demonstration, Query

if TYPE_CHECKING:
    from seccoder.retrievers.ranked import Scores


class HybridScorer:
    """BM25 over code-aware tokens, LSA fitted on the base, and nearest-centroid evidence for the weakness.

    Args:
        corpus: The secure codebase.
        demonstrations: Its demonstrations, ordered by id.
    """

    def __init__(self, corpus: Corpus, demonstrations: Sequence[Demonstration]) -> None:
        self._lexical = Bm25Scorer(corpus, demonstrations)
        self._dense = DenseScorer(corpus, demonstrations, lsa(corpus, demonstrations))
        self._weakness = WeaknessEvidence(self._lexical.index, demonstrations)

    def scores(self, query: Query) -> "Scores":
        """Weighted mean of the three, 0..1."""
        dense = np.maximum(self._dense.scores(query), 0)
        weakness = self._weakness.scores(self._lexical.tokenize(query_text(query)))
        scores: Scores = 0.5 * weakness + 0.25 * dense + 0.25 * self._lexical.scores(query)
        return scores
