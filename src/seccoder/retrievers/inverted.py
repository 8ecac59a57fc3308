"""Lays out demonstrations as they are compared: as rows, and as inverted lists that say where each token is.

A list says of each rare token that is in it which of its demonstrations hold the token. So a query looks at its own
tokens only, and rates roughly all that is in a list in the time that it takes to look at a tenth of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from seccoder.retrievers.bm25 import saturated

if TYPE_CHECKING:
    import numpy.typing as npt

    from seccoder.retrievers.ranked import Scores
    from seccoder.types import Vectors

    Numbers = npt.NDArray[np.intp]


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
        names = [each.name for each in fields(Rows) if each.init]
        return Rows(*(np.concatenate([getattr(each, name) for each in parts]) for name in names))


@dataclass(frozen=True, slots=True)
class Inverted:
    """What one list says of the rare tokens in it.

    Attributes:
        tokens: Their rows in the sample's vocabulary.
        at: Where in `owners` begins what is said of each.
        held: How many demonstrations of the list hold each.
        owners: For each token, which demonstrations hold it, by their numbers within the list.
        weights: What they get for it by BM25, of at most 255.
    """

    tokens: "npt.NDArray[np.uint16]"
    at: "npt.NDArray[np.uint32]"
    held: "npt.NDArray[np.uint16]"
    owners: "npt.NDArray[np.uint16]"
    weights: "npt.NDArray[np.uint8]"

    @staticmethod
    def of(rows: Rows, rare: "npt.NDArray[np.bool_]", mean: float) -> "Inverted":
        """Turn around what the demonstrations of a list hold.

        Args:
            rows: The demonstrations.
            rare: Which tokens count.
            mean: The mean length of a demonstration, in tokens.
        """
        kept = np.flatnonzero(rare.take(rows.tokens, mode="clip"))
        kept = kept[np.argsort(rows.tokens[kept], kind="stable")]
        owners = np.repeat(np.arange(len(rows.held), dtype=np.uint16), rows.held)[kept]
        tokens = rows.tokens[kept]
        at = np.flatnonzero(np.concatenate([np.ones(min(1, len(tokens)), bool), tokens[1:] != tokens[:-1]]))
        weights = np.rint(255 * saturated(rows.counts[kept], rows.lengths[owners], mean))
        held = np.diff(at, append=len(tokens))
        return Inverted(tokens[at], at.astype(np.uint32), held.astype(np.uint16), owners, weights.astype(np.uint8))


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists, one after the other.

    Attributes:
        rows: The demonstrations in them.
        sizes: How many demonstrations each list has.
        terms: How many rare tokens each list has.
        entries: How many owners each list has.
        inverted: What the lists say of rare tokens.
        gone: Whether each demonstration is no longer there.
    """

    rows: Rows
    sizes: "Numbers"
    terms: "Numbers"
    entries: "Numbers"
    inverted: Inverted
    gone: "npt.NDArray[np.bool_]"

    @staticmethod
    def of(parts: Sequence[Rows], rare: "npt.NDArray[np.bool_]", mean: float) -> "Lists":
        """Make lists in memory, of which there is one at least."""
        turned = [Inverted.of(each, rare, mean) for each in parts]
        names = [each.name for each in fields(Inverted)]
        return Lists(
            Rows.joined(parts),
            np.array([len(each.ids) for each in parts], np.intp),
            np.array([len(each.tokens) for each in turned], np.intp),
            np.array([len(each.owners) for each in turned], np.intp),
            Inverted(*(np.concatenate([getattr(each, name) for each in turned]) for name in names)),
            np.zeros(sum(len(each.ids) for each in parts), np.bool_),
        )

    def numbers(self, chosen: "Numbers") -> "Numbers":
        """Return the numbers of the demonstrations in some lists."""
        return spans(starts(self.sizes)[chosen], self.sizes[chosen])

    def vectors(self, chosen: "Numbers") -> "Vectors":
        """Return the vectors of the demonstrations in some lists."""
        return pieces(self.rows.vectors, starts(self.sizes)[chosen], self.sizes[chosen])

    def rough(self, chosen: "Numbers", wanted: "Scores") -> "Scores":
        """Return about what each demonstration in some lists gets by BM25, of which rare tokens decide most.

        Args:
            chosen: The lists.
            wanted: What a demonstration gets that holds a token without end, by the token's row.
        """
        sizes, terms, first = self.sizes[chosen], self.terms[chosen], starts(self.terms)[chosen]
        tokens = pieces(self.inverted.tokens, first, terms)
        there = np.flatnonzero((wanted != 0).take(tokens, mode="clip"))  # few are
        list_of = np.searchsorted(np.cumsum(terms), there, side="right")
        runs = there + (first - starts(terms))[list_of]
        held = self.inverted.held[runs]
        entries = spans(starts(self.entries)[chosen][list_of] + self.inverted.at[runs], held)
        owners = self.inverted.owners[entries] + np.repeat(starts(sizes)[list_of], held)
        weights = np.repeat(wanted.take(tokens[there], mode="clip") / 255, held) * self.inverted.weights[entries]
        return np.bincount(owners, weights, sizes.sum()).astype(np.float32)


def starts(sizes: "Numbers") -> "Numbers":
    """Return where each begins of those that follow on one another and have these sizes."""
    first: Numbers = np.cumsum(sizes, axis=0) - sizes
    return first


def pieces(values: "npt.NDArray[Any]", first: "Numbers", sizes: "Numbers") -> "npt.NDArray[Any]":
    """Return what lies at `spans` of an array; to copy each as a whole takes a third of the time."""
    ends = (first + sizes).tolist()
    return np.concatenate([values[:0], *(values[at:end] for at, end in zip(first.tolist(), ends, strict=True))])


def spans(first: "Numbers", sizes: "npt.NDArray[np.integer]") -> "Numbers":
    """Return the numbers that begin at these and follow on one another, so many from each."""
    sizes = sizes.astype(np.intp)
    return np.repeat(first - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
