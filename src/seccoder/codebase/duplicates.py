"""Finds demonstrations that are copies of another one with new names.

A base should grow by what it can teach, not by how many demonstrations it has. This module takes demonstrations and
returns the pairs that are too alike, with their similarity. Two demonstrations are compared

- by the shape of their secure code, within a language: its tokens without comments, with one word for every name, one
  for every string and one for every number, in overlapping runs of five (shingles),
- by the words of their tasks, in any languages, in overlapping runs of three.

The similarity is Jaccard's: what both hold, as a share of what either holds. A copy with other names, texts, numbers
and comments has 1 by the first measure.

How the limits were chosen: over the 27,730 pairs of the 236 demonstrations there were at the time (6,201 within a
language), shape had a median of .07, a 99.9th percentile of .39 and a maximum of .61, and words had a maximum of .10.
We read the pairs at the top: they differ in the API, the mistake and the proof. A demonstration and its own vulnerable
twin, which are the same program but for a few lines, have a median of .73. So .65 lies above every honest pair, and
below the similarity of a copy in which a line or two were changed.

What it does not find: a copy whose statements were also rearranged or mostly rewritten, and the same idea written anew,
in this language or another. Only a reader can find those.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal, Self, TypeVar

import numpy as np

from seccoder.code.parsing import grammar
from seccoder.code.tokens import code_tokens
from seccoder.code.trees import is_docstring
from seccoder.codebase import banding
from seccoder.codebase.banding import Bands, Hashes
from seccoder.types import Demonstration

if TYPE_CHECKING:
    from tree_sitter import Node

SHAPE_RUN = 5  # tokens
WORDS_RUN = 3
SHAPE_LIMIT = 0.65
WORDS_LIMIT = 0.3

Shingles = frozenset[tuple[str, ...]]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two demonstrations that are too alike, by their `code` or their `task`."""

    one: Demonstration
    other: Demonstration
    by: Literal["code", "task"]
    similarity: float

    def __str__(self) -> str:
        names = " and ".join(each.origin.path or each.id for each in (self.one, self.other))
        return f"{names}: {self.by} {self.similarity:.2f}"


def near_duplicates(demonstrations: Iterable[Demonstration]) -> list[Pair]:
    """Return the pairs that are above a limit, most alike first.

    Args:
        demonstrations: The whole set. If a demonstration has no task, only its code is compared.
    """
    every = list(demonstrations)
    shapes = {number: shingles(shape(each.code, each.language), SHAPE_RUN) for number, each in enumerate(every)}
    tasks = {number: shingles(code_tokens(each.task), WORDS_RUN) for number, each in enumerate(every) if each.task}
    found = []
    for (one, other), similarity in _alike(shapes, SHAPE_LIMIT).items():
        if every[one].language == every[other].language:
            found.append(Pair(every[one], every[other], "code", similarity))
    for (one, other), similarity in _alike(tasks, WORDS_LIMIT).items():
        found.append(Pair(every[one], every[other], "task", similarity))
    return sorted(found, key=lambda pair: -pair.similarity)


def shape(code: str, language: str | None) -> list[str]:
    """Return code as tokens that do not depend on names, strings, numbers, comments, docstrings and white space.

    Args:
        code: Source text; it may be incomplete.
        language: Canonical language. If it has no parser, the tokens are the words as they stand.
    """
    parser = grammar(language)
    if parser is None:
        return code_tokens(code)
    tokens = []
    waiting = [parser.parse(code.encode("utf-8", "replace")).root_node]
    while waiting:
        node = waiting.pop()
        if "comment" in node.type or is_docstring(node):
            continue
        word = _word(node)
        if word is None:
            waiting.extend(reversed(node.children))
        elif word:
            tokens.append(word)
    return tokens


def shingles(tokens: Sequence[str], length: int) -> Shingles:
    """Return all runs of `length` tokens. Fewer tokens give one shorter run, and no tokens give none."""
    if not tokens:
        return frozenset()
    return frozenset(tuple(tokens[i : i + length]) for i in range(max(1, len(tokens) - length + 1)))


def holders(parts: Mapping[Key, Shingles]) -> dict[tuple[str, ...], list[Key]]:
    """Return for each shingle the names of the texts that hold it."""
    found: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for name, those in parts.items():
        for part in those:
            found[part].append(name)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The shape of one demonstration's code as it is compared with others.

    Attributes:
        hashes: Those of its shingles, in order.
        signature: Bits, of which those are set that the hashes fall on.
    """

    hashes: Hashes
    signature: Hashes

    _BITS: ClassVar[int] = 1024  # of a signature: with half as many, long code looks alike; twice as many are slower

    @classmethod
    def of(cls, parts: Shingles) -> Self:
        """Make it from shingles, of which there is one at least."""
        return cls.of_hashes(banding.hashes(parts))

    @classmethod
    def of_hashes(cls, hashes: Hashes) -> Self:
        """Make it from the hashes of shingles, in order."""
        bits = np.zeros(cls._BITS, np.bool_)
        bits[hashes % cls._BITS] = True
        return cls(hashes, np.packbits(bits).view(np.uint64))


class Shapes:
    """The shapes of a growing set of demonstrations. It finds those that are too alike to a new one.

    Three steps leave ever fewer to compare. Bands name those that may be alike (`seccoder.codebase.banding`): all where
    there are about a thousand, and few beyond that, so that the time hardly grows with the number of demonstrations;
    there, one in a thousand pairs at the very limit is missed. A signature per demonstration tells how many shingles
    differ at least: for every bit in which two signatures differ, the sets differ in a shingle, and two sets above the
    limit differ in few. What is left is compared shingle by shingle, so that whatever is named is above the limit.

    An index of rare shingles would miss nothing, but it would skip almost nothing either where all code is made of the
    same statements.

    Args:
        demonstrations: The demonstrations that are there already; only their code is used.
    """

    LEAST = 16  # shingles: of shorter code, equal shape says nothing
    _MAY_DIFFER = (1 - SHAPE_LIMIT) / (1 + SHAPE_LIMIT)  # of two sets above the limit, as a share of both sizes

    def __init__(self, demonstrations: Iterable[Demonstration] = ()) -> None:
        self._known: dict[str, list[tuple[str, Hashes]]] = defaultdict(list)
        # One after the other, so that many are compared at once.
        self._signatures: dict[str, bytearray] = defaultdict(bytearray)
        self._sizes: dict[str, array[int]] = defaultdict(lambda: array("q"))
        self._bands: dict[str, Bands] = defaultdict(Bands)
        for each in demonstrations:
            self.add(each.id, self.outline(each.code, each.language), each.language)

    @classmethod
    def outline(cls, code: str, language: str) -> Outline | None:
        """Return what the other methods take of a demonstration's code; None if the code is too short to say much."""
        parts = shingles(shape(code, language), SHAPE_RUN)
        return Outline.of(parts) if len(parts) >= cls.LEAST else None

    def add(self, name: str, outline: Outline | None, language: str) -> None:
        """Add one more demonstration, under a name."""
        if outline is not None:
            self._known[language].append((name, outline.hashes))
            self._signatures[language] += outline.signature.tobytes()
            self._sizes[language].append(len(outline.hashes))
            self._bands[language].add(outline.hashes)

    def most_alike(self, outline: Outline | None, language: str, but: Collection[str] = ()) -> tuple[str, float] | None:
        """Return the name of the most similar one above the limit and its similarity; None if there is none.

        Args:
            outline: The new one.
            language: Its language.
            but: The names of those that it may be like.
        """
        if outline is None or language not in self._known:
            return None
        known, near = self._known[language], self._bands[language].near(outline.hashes)
        signatures = np.frombuffer(self._signatures[language], np.uint64).reshape(-1, len(outline.signature))
        sizes = len(outline.hashes) + np.frombuffer(self._sizes[language], np.int64)[near]
        differ = np.bitwise_count(signatures.take(near, axis=0) ^ outline.signature).sum(axis=1, dtype=np.uint16)
        alike = [
            (-similarity, name)
            for name, theirs in map(known.__getitem__, near[differ <= self._MAY_DIFFER * sizes].tolist())
            if name not in but and (similarity := _likeness(outline.hashes, theirs)) > SHAPE_LIMIT
        ]
        if not alike:
            return None
        similarity, name = min(alike)
        return name, -similarity


def _likeness(one: Hashes, other: Hashes) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def _similarity(one: Shingles, other: Shingles) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both or 1)


def _alike(parts: Mapping[int, Shingles], limit: float) -> dict[tuple[int, int], float]:
    found = {}
    for one, other in combinations(parts, 2):
        if (similarity := _similarity(parts[one], parts[other])) > limit:
            found[one, other] = similarity
    return found


def _word(node: "Node") -> str | None:
    """Return the token that stands for a node; None if its children are looked at instead."""
    kind = node.type
    if "string" in kind or "regex" in kind or kind in {"char_literal", "character_literal", "rune_literal"}:
        return "STRING"
    if node.child_count:
        return None
    text = (node.text or b"").decode("utf-8", "replace")
    if not node.is_named or kind == "primitive_type":
        return text
    if "identifier" in kind:
        return "NAME"
    return "NUMBER" if text[:1].isdigit() else kind.upper() * bool(text)
