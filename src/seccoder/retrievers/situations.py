"""Rates which weakness a task leads to, by how people ask for code that is prone to that weakness.

It knows the phrases of `situations.txt` (some 1,600, written by us: "the name of the file to download is in the
request" under CWE-22) and the demonstrations' own tasks. For a query it returns, per demonstration, how far the query
is like what leads to the demonstration's CWE: from 0 (no more than to any other) to 1. A phrase is a TF-IDF vector over
stemmed words. A CWE is rated by the query's cosine to the sum of its phrases and by the mean of its three nearest ones.
A softmax over the CWEs that the base has in the query's language gives the evidence. Nothing is trained or stored:
loading it takes some 30 ms.

It matches the query's words: its task and the comments in its code, or all of the code where there are almost no words.
It does not see the query's own CWE (no retriever does), and it knows no words but those of the phrases: a task about
something else gets almost nothing. As in `weakness`, all demonstrations of a CWE get the same number.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from seccoder.code.languages import family
from seccoder.code.tokens import code_tokens, stemmed_words
from seccoder.retrievers.ranked import known_tags, query_text, tag_places
from seccoder.types import Demonstration, Query

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.retrievers.ranked import Scores

    Floats = npt.NDArray[np.float64]

NEAREST = 3  # the phrases of a CWE that count beside the sum of all its phrases
TEMPERATURE = (
    0.05  # of the softmax; chosen on test D and on the bundled demonstrations' tasks, leaving out each in turn
)
FEWEST = 5  # words that a task and comments need to be matched without the rest of the code

# Comments and docstrings, also one that is not closed yet. The preprocessor's lines are no comments.
_COMMENT = re.compile(
    r"\"\"\"(.*?)(?:\"\"\"|\Z)|'''(.*?)(?:'''|\Z)|/\*(.*?)(?:\*/|\Z)|//([^\n]*)"
    r"|(?:^|(?<=\s))#(?!\s*(?:include|define|undef|if|ifdef|ifndef|elif|else|endif|pragma|error)\b)([^\n]*)",
    re.DOTALL | re.MULTILINE,
)


@lru_cache(8)
def words_of(query: Query) -> str:
    """Return the task, and the comments and docstrings in the code."""
    comments = (
        next((text for text in match.groups() if text is not None), "") for match in _COMMENT.finditer(query.code)
    )
    return "\n".join((query.task, *comments)).strip()


def share_of_words(query: Query) -> float:
    """Return how much of the query is words, by tokens, from 0 (bare code) to 1 (a task alone)."""
    everything = len(code_tokens(query.task)) + len(code_tokens(query.code))
    return min(1.0, len(code_tokens(words_of(query))) / everything) if everything else 0.0


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Return the phrases of `situations.txt` by CWE."""
    found: dict[str, list[str]] = {}
    there: list[str] = []
    for line in files("seccoder.retrievers").joinpath("situations.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("CWE-"):
            there = found.setdefault(line, [])
        elif line and not line.startswith("#"):
            there.append(line)
    return {name: tuple(lines) for name, lines in found.items()}


@cache
def _counted_phrases() -> dict[str, tuple[Counter[str], ...]]:
    return {name: tuple(Counter(stemmed_words(line)) for line in lines) for name, lines in phrases().items()}


class SituationEvidence:
    """Gives evidence for the CWEs of a codebase, from words.

    Args:
        demonstrations: The demonstrations of the codebase. Their tasks count as phrases of their CWEs.
    """

    def __init__(self, demonstrations: Sequence[Demonstration]) -> None:
        self._names = sorted({name for each in demonstrations for name in each.cwes})
        number = {name: i for i, name in enumerate(self._names)}
        all_tags = known_tags(demonstrations, number)
        self._places = tag_places(all_tags)
        self._there: dict[str, set[int]] = defaultdict(set)  # CWEs by language family
        for each, tags in zip(demonstrations, all_tags, strict=True):
            self._there[family(each.language)].update(tags)
        counted = [(i, counts) for name, i in number.items() for counts in _counted_phrases().get(name, ())]
        for each, tags in zip(demonstrations, all_tags, strict=True):
            counts = Counter(stemmed_words(each.task))
            counted += [(tag, counts) for tag in tags if counts]
        self._class = np.array([i for i, _ in counted], dtype=np.intp)
        self._make_vectors([counts for _, counts in counted])

    def over(self, demonstrations: Sequence[Demonstration]) -> "SituationEvidence":
        """Return the same evidence for other demonstrations; CWEs that none of this one's had are left out."""
        other = copy(self)
        other._places = tag_places(known_tags(demonstrations, {name: i for i, name in enumerate(self._names)}))
        return other

    def _make_vectors(self, counted: Sequence[Counter[str]]) -> None:
        """Keep the phrases' unit vectors by word, and each CWE's sum of them, scaled to unit length."""
        frequency: Counter[str] = Counter()
        for counts in counted:
            frequency.update(counts.keys())
        self._vocabulary = {word: i for i, word in enumerate(frequency)}
        self._rarest = math.log(1 + len(counted)) + 0.3
        self._idf = {word: math.log((1 + len(counted)) / (1 + n)) + 0.3 for word, n in frequency.items()}
        if not counted:
            return
        rows = np.repeat(np.arange(len(counted)), [len(counts) for counts in counted])
        columns = np.array([self._vocabulary[word] for counts in counted for word in counts], dtype=np.intp)
        values = np.array([w for counts in counted for w in self._weights(counts)])
        lengths = np.sqrt(np.bincount(rows, values**2, len(counted)))
        values = values / lengths[rows] if len(rows) else values
        order = np.argsort(columns, kind="stable")
        self._starts = np.searchsorted(columns[order], np.arange(len(self._vocabulary) + 1))
        self._rows, self._values = rows[order], values[order]
        size = len(self._vocabulary)
        cells = self._class[rows] * size + columns
        sums = np.bincount(cells, values, len(self._names) * size).reshape(len(self._names), size)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        self._sums = np.divide(sums, norms, out=sums, where=norms > 0)

    def _weights(self, counts: Counter[str]) -> list[float]:
        return [(1 + math.log(n)) * self._idf.get(word, self._rarest) for word, n in counts.items()]

    def scores(self, query: Query) -> tuple["Scores", float]:
        """Rate the demonstrations, and the nearest CWE as such.

        Returns:
            A number in 0..1 per demonstration, which is 0 for all if no word is known or there are fewer than two CWEs;
            and the likeness to the nearest CWE's phrases, which is low for a task that leads to none of them.
        """
        scores = np.zeros(len(self._places), dtype=np.float32)
        there = sorted(self._there.get(family(query.language), ())) if query.language else list(range(len(self._names)))
        words = stemmed_words(words_of(query))
        counts = Counter(words if len(words) >= FEWEST else stemmed_words(query_text(query)))
        known = [word in self._vocabulary for word in counts]
        if not any(known) or not there:
            return scores, 0.0
        weights = np.array(self._weights(counts))
        weights /= np.linalg.norm(weights)  # unknown words count: one known word among many is no evidence
        likeness = self._likeness([word for word in counts if word in self._vocabulary], weights[known])[there]
        nearest = float(likeness.max())
        if len(there) < 2:
            return scores, nearest
        likely = np.exp((likeness - nearest) / TEMPERATURE)
        lift = np.zeros(len(self._names))
        lift[there] = (likely / likely.sum() - 1 / len(there)) / (1 - 1 / len(there))  # 0: a guess, 1: certain
        # The best of each demonstration's tags, at least 0; places without a tag point at the 0 that is appended.
        best: Scores = np.append(np.maximum(lift, 0), 0).astype(np.float32)[self._places].max(axis=1)
        return best, nearest

    def _likeness(self, words: Iterable[str], weights: "Floats") -> "Floats":
        """Rate likeness to each CWE's phrases: the cosine to their sum, and half the mean cosine of the nearest."""
        columns = [self._vocabulary[word] for word in words]
        near = np.zeros(len(self._class))
        for column, weight in zip(columns, weights.tolist(), strict=True):
            span = slice(self._starts[column], self._starts[column + 1])
            near[self._rows[span]] += weight * self._values[span]
        nearest = np.zeros(len(self._names))
        for _ in range(NEAREST):
            best = np.zeros(len(self._names))
            np.maximum.at(best, self._class, near)
            nearest += best
            taken = near == best[self._class]
            near[taken] = 0
        return np.asarray(self._sums[:, columns] @ weights + 0.5 * nearest / NEAREST)
