"""Turns the scores of all demonstrations into the k hits of a query; every retriever uses it.

A scorer gives one number per demonstration. The language filter is then applied. Ties are broken by the exact language,
then by how far security was shown, then by content hash (never by insertion order: a base sorted by CWE would favour
one). With `diversify`, one demonstration per CWE comes before any CWE repeats.

It does not drop hits below the retriever's threshold: `seccoder.prompts.integrate` does, and says so in the prompt's
notes.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np

from seccoder.code.languages import family
from seccoder.errors import UsageError
from seccoder.types import Demonstration, Hit, Query

if TYPE_CHECKING:
    import numpy.typing as npt

    Scores = npt.NDArray[np.float32]


class Corpus(Protocol):
    """What a retriever needs of a secure codebase (`seccoder.codebase` has the real ones)."""

    def demonstrations(self) -> list[Demonstration]:
        """Return all demonstrations, ordered by id."""
        ...

    def digest(self) -> str:
        """Return a hash over the ids of all demonstrations."""
        ...

    def vectors(self, embedder_version: str, ids: Sequence[str]) -> Mapping[str, "npt.NDArray[np.float32]"]:
        """Return the stored vectors of these demonstrations; those without one are left out."""
        ...

    def put_vectors(self, embedder_version: str, vectors: Mapping[str, "npt.NDArray[np.float32]"]) -> None:
        """Store vectors; does nothing if the codebase is read-only."""
        ...

    def derived(self, key: str) -> bytes | None:
        """Return data that was derived from the demonstrations earlier, or None."""
        ...

    def put_derived(self, key: str, data: bytes) -> None:
        """Store derived data; does nothing if the codebase is read-only."""
        ...


class Scorer(Protocol):
    """Rates demonstrations for a query. Retrievers differ only in their scorers.

    Attributes:
        options: What may stand after the colon of its name; None means anything.
        threshold: The score below which a demonstration is not worth showing.
        diversify: Whether one demonstration per CWE comes before any CWE repeats.
    """

    options: tuple[str, ...] | None
    threshold: float
    diversify: bool

    @classmethod
    def make(cls, corpus: "Corpus", demonstrations: Sequence[Demonstration], option: str, seed: int) -> "Scorer":
        """Make the scorer of a codebase.

        Args:
            corpus: The secure codebase, where what can be computed again is kept.
            demonstrations: Its demonstrations, ordered by id.
            option: What stood after the colon; "" if nothing did.
            seed: The seed of random scores.
        """
        ...

    def scores(self, query: Query) -> "Scores":
        """Return one score per demonstration, in the order of their ids, shape (n,); higher is better."""
        ...


@dataclass(slots=True)
class Ranked:
    """A retriever made of a scorer.

    Attributes:
        name: The name it was loaded by.
        demonstrations: All demonstrations, ordered by id.
        scorer: Rates them.
        threshold: The score below which a demonstration is not worth injecting.
        language_filter: Whether hits are only in the query's language, or one of its family (C and C++, JavaScript and
            TypeScript). A query without a language is not filtered.
        diversify: Whether the best demonstration of each CWE comes first, then the second best of each, and so on. A
            demonstration counts for its first CWE. Scores then no longer fall with the rank.
        families: The language family of each demonstration, shape (n,).
        weakness: A number for the first CWE of each, shape (n,).
    """

    name: str
    demonstrations: Sequence[Demonstration]
    scorer: Scorer
    threshold: float
    language_filter: bool = True
    diversify: bool = False
    _languages: "npt.NDArray[np.str_]" = field(init=False, repr=False)
    families: "npt.NDArray[np.str_]" = field(init=False, repr=False)
    _strength: "npt.NDArray[np.intp]" = field(init=False, repr=False)
    weakness: "npt.NDArray[np.intp]" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._languages = np.array([each.language for each in self.demonstrations], dtype=np.str_)
        self.families = np.array([family(each.language) for each in self.demonstrations], dtype=np.str_)
        first = [next(iter(each.cwes), "") for each in self.demonstrations]
        number = {name: i for i, name in enumerate(dict.fromkeys(first))}
        self.weakness = np.array([number[name] for name in first], dtype=np.intp)
        self._strength = np.array([each.proof.level.strength for each in self.demonstrations], dtype=np.intp)

    def search(self, query: Query, k: int) -> list[Hit]:
        """Return at most k hits, best first; fewer if the language filter leaves fewer.

        Raises:
            UsageError: If the query is empty or k is negative.
        """
        require_text(query)
        if k < 0:
            raise UsageError(f"k must not be negative, not {k}")
        if k == 0 or not len(self.demonstrations):
            return []
        scores = self.scorer.scores(query)
        best = self.order(scores, query.language)[:k]
        return [Hit(self.demonstrations[i], float(scores[i]), rank) for rank, i in enumerate(best.tolist(), start=1)]

    def order(self, scores: "Scores", language: str | None) -> "npt.NDArray[np.intp]":
        """Indices of the demonstrations that may be shown for this language, best first, by these scores."""
        other = self._languages != (language or "")  # the exact language wins a tie
        # Stable, and the demonstrations are ordered by id; of equal ones the better proven comes first.
        order = np.lexsort((-self._strength, other, -scores))
        if self.language_filter and language is not None:
            order = order[self.families[order] == family(language)]
        return self._round_robin(order) if self.diversify else order

    def of(self, chosen: "npt.NDArray[np.intp]") -> Self:
        """Return the same for some of the demonstrations, by their numbers, to order scores; one may be there often."""
        other = copy(self)
        other._languages, other.families = self._languages[chosen], self.families[chosen]
        other._strength, other.weakness = self._strength[chosen], self.weakness[chosen]
        return other

    def _round_robin(self, order: "npt.NDArray[np.intp]") -> "npt.NDArray[np.intp]":
        """Return the best of each CWE first, then the second best of each, and so on."""
        weakness = self.weakness[order]
        grouped = np.argsort(weakness, kind="stable")
        starts = np.flatnonzero(np.diff(weakness[grouped], prepend=-1))
        rounds = np.empty(len(order), dtype=np.intp)
        lengths = np.diff(starts, append=len(order))
        rounds[grouped] = np.arange(len(order)) - np.repeat(starts, lengths)
        return order[np.argsort(rounds, kind="stable")]


def require_text(query: Query) -> None:
    """Refuse a query that says nothing.

    Raises:
        UsageError: If it has neither code nor a task.
    """
    if not query.code.strip() and not query.task.strip():
        raise UsageError("the query is empty: give code to complete, a task in words, or both")


def document_text(demonstration: Demonstration) -> str:
    """Return the text that a demonstration is found by: its task, its API tags, its note and its code."""
    parts = [demonstration.task, " ".join(demonstration.apis), demonstration.note, demonstration.code]
    return "\n".join(part for part in parts if part)


def query_text(query: Query) -> str:
    """Return the text that a query is matched by: its task in words, then its code."""
    return "\n".join(part for part in (query.task, query.code) if part.strip())


def known_tags(demonstrations: Sequence[Demonstration], number: Mapping[str, int]) -> list[tuple[int, ...]]:
    """Return the numbers of each demonstration's CWEs, as far as they have one."""
    return [tuple(number[cwe] for cwe in each.cwes if cwe in number) for each in demonstrations]


def tag_places(tags: Sequence[Sequence[int]]) -> "npt.NDArray[np.intp]":
    """Return the tags of all demonstrations as one array, a row for each; -1 (the last place) fills the rows up."""
    places = np.full((len(tags), max(1, *map(len, tags)) if tags else 1), -1, dtype=np.intp)
    for i, each in enumerate(tags):
        places[i, : len(each)] = each
    return places
