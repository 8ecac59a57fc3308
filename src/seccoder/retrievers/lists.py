"""Searches very many demonstrations by inverted lists, of which a query reads few; the scores are those of `hybrid`.

Demonstrations of one language, with the same CWEs and the same level of proof, are a *kind*. Those of a kind whose LSA
vectors lie close together are in one list, and a list is known by the mean of its vectors. What `hybrid` learns from a
base (frequencies of tokens, LSA, evidence for CWEs) is learnt from a sample that has some of every kind.

A query rates the kinds by their CWEs and the lists by their means. It reads the best lists of the CWEs that may be
among the hits, rates what is in them by the query's rare tokens, and gives the best the score that `hybrid` gives, by
the sample's tables. So a hit has the right score, and only a better one may be missed. `docs/scale.md` says how often.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from seccoder.code.languages import family
from seccoder.code.tokens import tokenizers
from seccoder.errors import UsageError
from seccoder.retrievers.bm25 import Bm25Scorer, share
from seccoder.retrievers.dense import lsa
from seccoder.retrievers.hybrid import HybridScorer, TagEvidence, mean, scaled
from seccoder.retrievers.inverted import Lists, Rows, starts
from seccoder.retrievers.ranked import Corpus, Ranked, document_text, query_text, require_text
from seccoder.retrievers.situations import SituationEvidence
from seccoder.retrievers.weakness import WeaknessEvidence
from seccoder.types import Demonstration, Hit, Proof, ProofLevel, Provenance, Query

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.retrievers.inverted import Numbers
    from seccoder.retrievers.ranked import Scores
    from seccoder.types import Vectors

SAMPLE = 2_048  # demonstrations that the tables are fitted on, beside those that are there for their kind
OF_EACH_KIND = 4
MOST = 65_536  # tokens of the sample that count; a sample of this size has fewer
LENGTH = 128  # demonstrations in a list, on average
AT_A_TIME = 512  # demonstrations whose tokens are held
ROUNDS = 3  # of k-means
LONGEST = 1_024  # demonstrations in a list at most
GROUPS = 3  # CWEs that are looked at for each hit that is asked for
AT_LEAST = 12  # CWEs that are looked at in any case
LISTS = 6  # that are read of each CWE
MORE_LISTS = 150  # that are read beside, the best of all
NEAREST = 8  # of each CWE that are scored
MORE_NEAREST = 60  # that are scored beside, the best of all
RARE = 2.0  # the least inverse document frequency of a rare token, which one in seven demonstrations holds at most


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
class Heads:
    """What is known of all lists without reading them.

    Attributes:
        kinds: The kinds there are.
        kind: The number of each list's kind.
        means: The mean vector of each list.
    """

    kinds: Sequence[Kind]
    kind: "Numbers"
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

    @property
    def volumes(self) -> Sequence[Lists]:
        """The lists, which are numbered through."""
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
        self.length = length
        self.rare = self.lexical.index.rare(RARE)

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
        tokens = self._tokens(query)
        return share(self.lexical.index, tokens, self.lexical.index.scores_of(tokens, rows, self.length))

    def rough_shares(self, query: Query, lists: Lists, chosen: "Numbers") -> "Scores":
        """Return about the same for all demonstrations in some lists."""
        tokens = self._tokens(query)
        wanted = np.where(self.rare, self.lexical.index.wanted(tokens), np.float32(0))
        return share(self.lexical.index, tokens, lists.rough(chosen, wanted))

    def _tokens(self, query: Query) -> list[str]:
        return self.lexical.tokenize(query_text(query))


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
    parts = np.split(order, np.flatnonzero(np.diff(nearest[order])) + 1)
    return [some for each in parts if len(each) for some in np.array_split(each, -(-len(each) // LONGEST))]


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
        heads = shelf.heads
        examples = [kind.example() for kind in heads.kinds]
        self._evidence = shelf.fitted.tags.over(examples)
        self._ranked = Ranked(name, examples, shelf.fitted.lexical, self.threshold, language_filter, diversify)
        self._tagged = np.array([bool(each.cwes) for each in examples], dtype=bool)
        sizes = np.array([(len(each.sizes), len(each.gone)) for each in shelf.volumes])
        self._begin = starts(sizes).T.tolist()  # of the lists and of the demonstrations of each volume

    def search(self, query: Query, k: int) -> list[Hit]:
        """Return at most k hits, best first.

        Raises:
            UsageError: If the query is empty or k is negative.
        """
        require_text(query)
        if k < 0:
            raise UsageError(f"k must not be negative, not {k}")
        rows, scores = self.best(query, k) if k else (None, [])
        if rows is None:
            return []
        found = zip(self._shelf.read(rows), scores, strict=True)
        return [Hit(demonstration, score, rank) for rank, (demonstration, score) in enumerate(found, start=1)]

    def best(self, query: Query, k: int, everything: bool = False) -> tuple[Rows | None, list[float]]:
        """Return the best k with their scores, best first; None if there is none in the query's language.

        Args:
            query: The query.
            k: How many.
            everything: Whether all is scored, to know what is missed.
        """
        heads, ranked = self._shelf.heads, self._ranked
        situations, weakness, telling = self._evidence.scores(query)
        vector = self._shelf.fitted.vector(query)

        def rated(kind: "Numbers", vectors: "Vectors", shares: "Scores | float" = 0.0) -> "Scores":
            shares = np.broadcast_to(np.float32(shares), len(kind))
            # `@` would divide this among threads that wait for one another, which took half of a query on busy cores.
            cosines = np.einsum("ij,j->i", vectors, vector)
            return mean(telling[1], situations[kind], weakness[kind], cosines, shares)

        open_kinds = np.ones(len(heads.kinds), dtype=bool)
        if query.language is not None and ranked.language_filter:
            open_kinds = ranked.families == family(query.language)
        chosen = np.flatnonzero(open_kinds[heads.kind])
        if not len(chosen):
            return None, []
        if not everything:
            chosen = self._lists(chosen, rated(heads.kind[chosen], heads.means[chosen]), k)
        numbers, kinds, scores = [], [], []
        for volume, lists, rows in zip(self._shelf.volumes, *self._begin, strict=True):
            within = chosen[(chosen >= lists) & (chosen < lists + len(volume.sizes))] - lists
            those, kind = volume.numbers(within), np.repeat(heads.kind[within + lists], volume.sizes[within])
            vectors, shares = volume.vectors(within), self._shelf.fitted.rough_shares(query, volume, within)
            rough = rated(kind, vectors, shares)
            rough[volume.gone[those]] = -1  # below all others
            numbers.append(those + rows)
            kinds.append(kind)
            scores.append(rough)
        kind, rough = np.concatenate(kinds), np.concatenate(scores)
        near = np.arange(len(kind))
        if not everything:
            near = nearest(rough, ranked.weakness[kind], max(NEAREST, k), max(MORE_NEAREST, k))
        near = near[rough[near] >= 0]
        rows, kind = self._rows(np.concatenate(numbers)[near]), kind[near]
        exact = rated(kind, rows.vectors, self._shelf.fitted.shares(query, rows))
        exact = scaled(exact, telling, float(exact.max(initial=0)) if self._tagged[kind].any() else 0.0)
        by_id = np.argsort(rows.ids)  # which ends ties
        best = by_id[ranked.of(kind[by_id]).order(exact[by_id], query.language)[:k]]
        return rows.take(best), exact[best].tolist()

    def _rows(self, numbers: "Numbers") -> Rows:
        """Return the demonstrations with these numbers, which ascend and count through all volumes."""
        parts = []
        for volume, first in zip(self._shelf.volumes, self._begin[1], strict=True):
            within = numbers[(numbers >= first) & (numbers < first + len(volume.gone))]
            parts.append(volume.rows.take(within - first))
        return Rows.joined(parts)

    def _lists(self, numbers: "Numbers", scores: "Scores", k: int) -> "Numbers":
        """Choose the lists to read among these, which have scores by their means."""
        group = self._ranked.weakness[self._shelf.heads.kind[numbers]]
        best = np.full(group.max() + 1, -1, dtype=np.float32)
        np.maximum.at(best, group, scores)
        wanted = np.argsort(-best, kind="stable")[: max(AT_LEAST, GROUPS * k)]
        there = np.flatnonzero(np.isin(group, wanted))
        return numbers[there[nearest(scores[there], group[there], LISTS, MORE_LISTS)]]


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
