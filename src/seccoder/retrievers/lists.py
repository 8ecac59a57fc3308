"""Searches very many demonstrations by inverted lists, of which a query reads few; the scores are those of `hybrid`.

Demonstrations of one language, with the same CWEs and the same level of proof, are a *kind*. Those of a kind whose LSA
vectors lie close together are in one list, and a list is known by the mean of its vectors. What `hybrid` learns from a
base (frequencies of tokens, LSA, evidence for CWEs) is learnt from a sample that has some of every kind.

A query rates the kinds by their CWEs and the lists by their means. It reads the best lists of the CWEs that may be
among the hits, takes those whose vectors are nearest, and gives them the score that `hybrid` gives, by the sample's
tables. So a hit has the right score, and only a better one may be missed. `docs/scale.md` says how often it is.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from seccoder.code.languages import family
from seccoder.code.tokens import tokenizers
from seccoder.errors import UsageError
from seccoder.retrievers.bm25 import Bm25Scorer, share
from seccoder.retrievers.dense import lsa
from seccoder.retrievers.hybrid import HybridScorer, TagEvidence, mean, scaled
from seccoder.retrievers.ranked import Corpus, Ranked, document_text, query_text, require_text
from seccoder.retrievers.situations import SituationEvidence
from seccoder.retrievers.weakness import WeaknessEvidence
from seccoder.types import Demonstration, Hit, Proof, ProofLevel, Provenance, Query

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.retrievers.ranked import Scores
    from seccoder.types import Vectors

    Numbers = npt.NDArray[np.intp]

SAMPLE = 2_048  # demonstrations that the tables are fitted on, beside those that are there for their kind
OF_EACH_KIND = 4
MOST = 65_536  # tokens of the sample that count; a sample of this size has fewer
LENGTH = 128  # demonstrations in a list, on average
AT_A_TIME = 512  # demonstrations whose tokens are held
ROUNDS = 3  # of k-means
GROUPS = 3  # CWEs that are looked at for each hit that is asked for
AT_LEAST = 12  # CWEs that are looked at in any case
LISTS = 4  # that are read of each CWE
MORE_LISTS = 60  # that are read beside, the best of all
NEAREST = 64  # of each CWE that are scored
MORE_NEAREST = 2_000  # that are scored beside, the nearest of all


@dataclass(frozen=True, slots=True)
class Kind:
    """What decides how far a query's weakness fits a demonstration, and how ties end."""

    language: str
    cwes: tuple[str, ...]
    level: ProofLevel

    def example(self) -> Demonstration:
        """Return a demonstration of this kind that says nothing."""
        return Demonstration(self.language, self.cwes, "", "", None, Proof(self.level), Provenance(""))


@dataclass(frozen=True, slots=True)
class Rows:
    """Demonstrations as they are compared.

    Attributes:
        ids: Their ids as numbers.
        places: Where they are kept, a number that only the shelf understands.
        vectors: By LSA, a row for each.
        lengths: In tokens.
        held: How many of the sample's tokens each holds.
        tokens: Those tokens' rows in the sample's vocabulary, one demonstration after the other.
        counts: How often each of them is there.
        first: Where the tokens of each begin.
    """

    ids: "npt.NDArray[np.uint64]"
    places: "npt.NDArray[np.uint64]"
    vectors: "Vectors"
    lengths: "npt.NDArray[np.uint32]"
    held: "npt.NDArray[np.uint16]"
    tokens: "npt.NDArray[np.uint16]"
    counts: "npt.NDArray[np.uint8]"
    first: "Numbers" = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", np.cumsum(self.held, dtype=np.intp) - self.held)

    def take(self, chosen: "Numbers") -> "Rows":
        """Return some of them, in the order of these numbers."""
        entries = spans(self.first[chosen], self.held[chosen])
        return Rows(
            self.ids[chosen],
            self.places[chosen],
            self.vectors[chosen],
            self.lengths[chosen],
            self.held[chosen],
            self.tokens[entries],
            self.counts[entries],
        )

    @staticmethod
    def joined(parts: Sequence["Rows"]) -> "Rows":
        """Return all of several, of which there is one at least, one after the other."""
        if len(parts) == 1:
            return parts[0]
        names = [each.name for each in fields(Rows) if each.init]
        return Rows(*(np.concatenate([getattr(each, name) for each in parts]) for name in names))


@dataclass(frozen=True, slots=True)
class Heads:
    """What is known of all lists without reading them.

    Attributes:
        kinds: The kinds there are.
        kind: The number of each list's kind.
        sizes: How many demonstrations each list has. They are numbered through, one list after the other.
        means: The mean vector of each list.
    """

    kinds: Sequence[Kind]
    kind: "Numbers"
    sizes: "Numbers"
    means: "Vectors"


class Shelf(Protocol):
    """Where inverted lists are kept."""

    @property
    def heads(self) -> Heads:
        """What is known of all lists."""
        ...

    @property
    def fitted(self) -> "Fitted":
        """The tables they were made by."""
        ...

    def vectors(self, numbers: "Numbers") -> "Vectors":
        """Return the vectors of the demonstrations with these numbers, which ascend."""
        ...

    def rows(self, numbers: "Numbers") -> Rows:
        """Return the demonstrations with these numbers, which ascend."""
        ...

    def read(self, rows: Rows) -> Sequence[Demonstration]:
        """Read the demonstrations themselves, in their order."""
        ...


@runtime_checkable
class Indexed(Corpus, Protocol):
    """A secure codebase that may be so large that a query reads some of it only."""

    def shelf(self) -> Shelf | None:
        """Return its inverted lists; None if all of it is compared."""
        ...


class Fitted:
    """What is learnt from a sample of a base.

    Args:
        corpus: The sample, and where its derived data is kept.
        length: The mean length of the sample's texts, in tokens (see `mean_length`).
    """

    def __init__(self, corpus: Corpus, length: float) -> None:
        sample = corpus.demonstrations()
        self.lexical = Bm25Scorer(corpus, sample)
        self.tags = TagEvidence(SituationEvidence(sample), WeaknessEvidence(self.lexical.index, sample))
        self._embedder = lsa(corpus, sample)
        self._length = length

    def rows(self, demonstrations: Iterable[Demonstration]) -> Rows:
        """Return demonstrations as they are compared, in their order; where they are kept is to be filled in."""
        ids: list[int] = []
        vectors = [self._embedder.embed([])]
        lengths, held, tokens, counts = (array("L") for _ in range(4))
        vocabulary, given = self.lexical.index.vocabulary, iter(demonstrations)
        while some := list(islice(given, AT_A_TIME)):
            ids += [int(each.id, 16) for each in some]
            counted = [Counter(self.lexical.tokenize(document_text(each))) for each in some]
            vectors.append(self._embedder.embed(counted))
            for each in counted:
                known = [(row, n) for token, n in each.items() if (row := vocabulary.get(token, MOST)) < MOST]
                lengths.append(each.total())
                held.append(len(known))
                tokens.extend(row for row, _ in known)
                counts.extend(min(n, 255) for _, n in known)
        return Rows(
            np.array(ids, np.uint64),
            np.zeros(len(ids), np.uint64),
            np.concatenate(vectors),
            np.array(lengths, np.uint32),
            np.array(held, np.uint16),
            np.array(tokens, np.uint16),
            np.array(counts, np.uint8),
        )

    def vector(self, query: Query) -> "Vectors":
        """Return the query's LSA vector."""
        vector: Vectors = self._embedder.encode([query_text(query)], "query")[0]
        return vector

    def shares(self, query: Query, rows: Rows) -> "Scores":
        """Return the share of the query's information that each demonstration covers (BM25)."""
        tokens = self.lexical.tokenize(query_text(query))
        return share(self.lexical.index, tokens, self.lexical.index.scores_of(tokens, rows, self._length))


def mean_length(sample: Iterable[Demonstration]) -> float:
    """Return the mean length of the texts of a sample, in tokens."""
    return float(np.mean([len(tokenizers["code"](document_text(each))) for each in sample]))


def sampled(ids: "npt.NDArray[np.uint64]", kinds: "Numbers") -> "Numbers":
    """Choose the sample: of each kind, which has a number, a fitting share by id, which is a hash."""
    order = np.lexsort((ids, kinds))
    sizes = np.bincount(kinds)
    place = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)  # within its kind, by id
    wanted = np.maximum(OF_EACH_KIND, np.rint(sizes * (SAMPLE / len(order))))
    return order[place < np.repeat(wanted, sizes)]


def divide(vectors: "Vectors") -> "list[Numbers]":
    """Divide the vectors of a kind, which are in no order that says anything, into lists of those that lie together."""
    count = max(1, round(len(vectors) / LENGTH))
    means = vectors[:count]
    nearest = np.zeros(len(vectors), dtype=np.intp)
    for _ in range(ROUNDS if count > 1 else 0):
        for start in range(0, len(vectors), 8_192):
            nearest[start : start + 8_192] = (vectors[start : start + 8_192] @ means.T).argmax(axis=1)
        sums = np.zeros_like(means)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        means = np.divide(sums, lengths, out=means.copy(), where=lengths > 0)
    order = np.argsort(nearest, kind="stable")
    return [each for each in np.split(order, np.flatnonzero(np.diff(nearest[order])) + 1) if len(each)]


class ListRetriever:
    """Finds what `hybrid` finds, by inverted lists.

    Args:
        name: The name it was loaded by.
        shelf: The lists.
        language_filter: Whether hits are only in the language family of the query.
        diversify: Whether one demonstration per CWE comes before any repeats.
    """

    threshold = HybridScorer.threshold

    def __init__(self, name: str, shelf: Shelf, language_filter: bool, diversify: bool) -> None:
        self.name = name
        self._shelf = shelf
        self._heads = heads = shelf.heads
        examples = [kind.example() for kind in heads.kinds]
        self._evidence = shelf.fitted.tags.over(examples)
        self._ranked = Ranked(name, examples, shelf.fitted.lexical, self.threshold, language_filter, diversify)
        self._tagged = np.array([bool(each.cwes) for each in examples], dtype=bool)
        self._first = np.cumsum(heads.sizes) - heads.sizes

    def search(self, query: Query, k: int) -> list[Hit]:
        """Return at most k hits, best first.

        Raises:
            UsageError: If the query is empty or k is negative.
        """
        require_text(query)
        if k < 0:
            raise UsageError(f"k must not be negative, not {k}")
        rows, scores = self._best(query, k) if k else (None, ())
        if rows is None:
            return []
        found = zip(self._shelf.read(rows), scores, strict=True)
        return [Hit(demonstration, score, rank) for rank, (demonstration, score) in enumerate(found, start=1)]

    def _best(self, query: Query, k: int) -> tuple[Rows | None, list[float]]:
        """Return the best k with their scores, best first; None if there is none in the query's language."""
        fitted, heads = self._shelf.fitted, self._heads
        situations, weakness, telling = self._evidence.scores(query)
        vector = fitted.vector(query)

        def rated(kind: "Numbers", vectors: "Vectors", shares: "Scores | None" = None) -> "Scores":
            shares = np.zeros(len(kind), np.float32) if shares is None else shares
            return mean(telling[1], situations[kind], weakness[kind], vectors @ vector, shares)

        open_kinds = np.ones(len(heads.kinds), dtype=bool)
        if query.language is not None and self._ranked.language_filter:
            open_kinds = self._ranked.families == family(query.language)
        open_lists = np.flatnonzero(open_kinds[heads.kind])
        if not len(open_lists):
            return None, []
        chosen = self._lists(open_lists, rated(heads.kind[open_lists], heads.means[open_lists]), k)
        sizes = heads.sizes[chosen]
        read, kind = spans(self._first[chosen], sizes), np.repeat(heads.kind[chosen], sizes)
        near = nearest(
            rated(kind, self._shelf.vectors(read)), self._ranked.weakness[kind], max(NEAREST, k), MORE_NEAREST
        )
        rows, kind = self._shelf.rows(read[near]), kind[near]
        scores = rated(kind, rows.vectors, fitted.shares(query, rows))
        scores = scaled(scores, telling, float(scores.max(initial=0)) if self._tagged[kind].any() else 0.0)
        by_id = np.argsort(rows.ids)  # which ends ties
        best = by_id[self._ranked.of(kind[by_id]).order(scores[by_id], query.language)[:k]]
        return rows.take(best), scores[best].tolist()

    def _lists(self, numbers: "Numbers", scores: "Scores", k: int) -> "Numbers":
        """Choose the lists to read among these, which have scores by their means."""
        group = self._ranked.weakness[self._heads.kind[numbers]]
        best = np.full(group.max() + 1, -1, dtype=np.float32)
        np.maximum.at(best, group, scores)
        wanted = np.argsort(-best, kind="stable")[: max(AT_LEAST, GROUPS * k)]
        there = np.flatnonzero(np.isin(group, wanted))
        return numbers[there[nearest(scores[there], group[there], LISTS, MORE_LISTS)]]


def spans(first: "Numbers", sizes: "npt.NDArray[np.integer]") -> "Numbers":
    """Return the numbers that begin at these and follow on one another, so many from each."""
    sizes = sizes.astype(np.intp)
    return np.repeat(first - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())


def nearest(scores: "Scores", group: "Numbers", each: int, more: int = 0) -> "Numbers":
    """Return the numbers of the best of each group, so many of each, and of the best of all, in order."""
    order = np.argsort(-scores)
    grouped = order[np.argsort(group[order].astype(np.int16), kind="stable")]  # numbers of 16 bits sort fastest
    sizes = np.bincount(group)
    place = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    chosen = np.zeros(len(order), dtype=bool)
    chosen[grouped[place < each]] = True
    chosen[order[:more]] = True
    return np.flatnonzero(chosen)
