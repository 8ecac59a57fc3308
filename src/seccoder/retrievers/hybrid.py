"""Scores demonstrations by situations, by CWE tags, by LSA and by BM25; it is the default retriever.

A score lies in 0..1. It is the weighted mean of two kinds of evidence for the demonstration's weakness (`situations`
from words, `weakness` from the code and text of the CWE's demonstrations), of LSA's cosine (negative ones count as 0)
and of BM25's share of the query's information. The weights depend on how much of the query is words.
`docs/retrieval.md` says how the weights were chosen, and by how much that choice may make the figures too good.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from seccoder.code.languages import family
from seccoder.code.tokens import tokenizers
from seccoder.retrievers.bm25 import Bm25Scorer
from seccoder.retrievers.dense import DenseScorer, lsa
from seccoder.retrievers.ranked import Corpus, query_text
from seccoder.retrievers.situations import SituationEvidence, share_of_words
from seccoder.retrievers.weakness import WeaknessEvidence
from seccoder.types import Demonstration, Query

if TYPE_CHECKING:
    from seccoder.retrievers.ranked import Scores

# The weights of situations, weakness, LSA and BM25, for a query of words alone and for one of bare code. A
# query counts as code until half of it is words, so that a few comments change nothing.
WORDS = np.array([0.6, 0.2, 0.1, 0.1])
CODE = np.array([0.1, 0.6, 0.15, 0.15])

# The logistic regression of whether the first hit is of the right family, on its score and its likeness, with a
# constant: for a query of words alone and for one of bare code. Fitted by `perf/confidence.py`.
LOGIT_WORDS = np.array([4.98, 5.88, -3.37])
LOGIT_CODE = np.array([6.83, 3.62, -3.48])


class HybridScorer:
    """BM25 over code-aware tokens, LSA fitted on the base, and two kinds of evidence for the weakness.

    Args:
        corpus: The secure codebase.
        demonstrations: Its demonstrations, ordered by id.
    """

    options: tuple[str, ...] | None = ()
    threshold = 0.16
    diversify = True

    @classmethod
    def make(cls, corpus: Corpus, demonstrations: Sequence[Demonstration], option: str, seed: int) -> "HybridScorer":
        """Make the scorer of a codebase."""
        return cls(corpus, demonstrations)

    def __init__(self, corpus: Corpus, demonstrations: Sequence[Demonstration]) -> None:
        self._lexical = Bm25Scorer(corpus, demonstrations)
        self._dense = DenseScorer(corpus, demonstrations, lsa(corpus, demonstrations))
        self._tags = TagEvidence(
            SituationEvidence(demonstrations), WeaknessEvidence(self._lexical.index, demonstrations)
        )
        self._tagged = np.array([bool(each.cwes) for each in demonstrations], dtype=bool)
        self._families = np.array([family(each.language) for each in demonstrations], dtype=np.str_)

    def scores(self, query: Query) -> "Scores":
        """Rate each demonstration in 0..1.

        Returns:
            The weighted means, scaled so that the highest in the query's language is the probability that this
            demonstration is of a fitting family. They stay as they are if no demonstration there has a CWE.
        """
        scores, telling = self.evidence(query)
        there = self._families == family(query.language) if query.language else np.ones(len(scores), dtype=bool)
        return scaled(scores, telling, float(scores[there].max(initial=0)) if self._tagged[there].any() else 0.0)

    def evidence(self, query: Query) -> tuple["Scores", tuple[float, float]]:
        """Return the weighted mean of the four scores, and what else tells how far the first hit can be believed.

        Returns:
            The means; the likeness to the phrases of the nearest CWE and how far the query counts as words, from 0 (as
            bare code) to 1.
        """
        situations, weakness, telling = self._tags.scores(query)
        scores = mean(telling[1], situations, weakness, self._dense.scores(query), self._lexical.scores(query))
        return scores, telling


class TagEvidence:
    """The two kinds of evidence for the weaknesses that demonstrations are tagged with.

    Args:
        situations: From words.
        weakness: From the code and text of each CWE's demonstrations.
    """

    def __init__(self, situations: SituationEvidence, weakness: WeaknessEvidence) -> None:
        self._situations = situations
        self._weakness = weakness

    def over(self, demonstrations: Sequence[Demonstration]) -> "TagEvidence":
        """Return the same evidence for other demonstrations, by their tags alone."""
        return TagEvidence(self._situations.over(demonstrations), self._weakness.over(demonstrations))

    def scores(self, query: Query) -> tuple["Scores", "Scores", tuple[float, float]]:
        """Return both kinds of evidence per demonstration, and what `HybridScorer.evidence` says beside its means."""
        situations, likeness = self._situations.scores(query)
        weakness = self._weakness.scores(tokenizers["code"](query_text(query)))
        return situations, weakness, (likeness, max(0.0, 2 * share_of_words(query) - 1))


def mean(words: float, situations: "Scores", weakness: "Scores", cosines: "Scores", shares: "Scores") -> "Scores":
    """Return the weighted mean of the four scores of each demonstration, for how far the query counts as words."""
    weights, parts = words * WORDS + (1 - words) * CODE, (situations, weakness, np.maximum(cosines, 0), shares)
    scores: Scores = sum(weight * part for weight, part in zip(weights, parts, strict=True)).astype(np.float32)
    return scores


def scaled(scores: "Scores", telling: tuple[float, float], best: float) -> "Scores":
    """Scale scores so that the best is the probability that it is of a fitting family; 0 leaves them as they are."""
    if not best:
        return scores
    fitting: Scores = np.minimum(scores * (probability(best, *telling) / best), 1).astype(np.float32)
    return fitting


def probability(score: float, likeness: float, words: float) -> float:
    """Return the probability that the first hit is of a fitting family: a logistic function of what is known of it.

    Args:
        score: The weighted mean of the first hit.
        likeness: To the phrases of the nearest CWE.
        words: How far the query counts as words.
    """
    known = np.array([score, likeness, 1.0])
    return float(1 / (1 + np.exp(-(words * LOGIT_WORDS + (1 - words) * LOGIT_CODE) @ known)))
