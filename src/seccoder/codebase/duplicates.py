"""Finds demonstrations that are another one with new names: a base grows by what it can teach, not by how many it has.

In flow demonstrations, out flow pairs that are too alike, with their similarity. Two are compared

- by the shape of their secure code, within a language: its tokens without comments, with one word for every name, one
  for every string and one for every number, in overlapping runs of five (shingles),
- by the words of their tasks, in any languages, in overlapping runs of three.

Similarity is Jaccard's: what both hold, as a share of what either holds. A copy with other names, texts, numbers and
comments has 1 by the first measure.

How the limits were chosen: over the 27,730 pairs of the 236 demonstrations there were at the time (6,201 within a
language), shape had a median of .07, a 99.9th percentile of .39 and a maximum of .61, words a maximum of .10; the pairs
at the top were read, and differ in the API, the mistake and the proof. A demonstration and its own vulnerable twin, the
same program but for a few lines, have a median of .73. So .65 lies above every honest pair and below what changing a
line or two of a copy comes to.

What it does not find: a copy whose statements were also rearranged or mostly rewritten, and the same idea written
anew, in this language or another. That takes a reader.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeVar

from seccoder.parsing import grammar
from seccoder.tokens import code_tokens
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
    """The pairs that are above a limit, most alike first.

    Args:
        demonstrations: The whole set. Of one without a task only the code is compared.
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
    """Code as tokens that do not depend on its names, strings, numbers, comments, docstrings and white space.

    Args:
        code: Source text; it may be incomplete.
        language: Canonical language. Of one without a parser, the tokens are the words as they stand.
    """
    parser = grammar(language)
    if parser is None:
        return code_tokens(code)
    tokens = []
    waiting = [parser.parse(code.encode("utf-8", "replace")).root_node]
    while waiting:
        node = waiting.pop()
        if "comment" in node.type or _is_docstring(node):
            continue
        word = _word(node)
        if word is None:
            waiting.extend(reversed(node.children))
        elif word:
            tokens.append(word)
    return tokens


def shingles(tokens: Sequence[str], length: int) -> Shingles:
    """All runs of so many tokens; fewer tokens are one shorter run, none are no run."""
    if not tokens:
        return frozenset()
    return frozenset(tuple(tokens[i : i + length]) for i in range(max(1, len(tokens) - length + 1)))


def holders(parts: Mapping[Key, Shingles]) -> dict[tuple[str, ...], list[Key]]:
    """Which of some texts hold each shingle."""
    found: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for name, those in parts.items():
        for part in those:
            found[part].append(name)
    return found


class Shapes:
    """The shapes of a growing set of demonstrations, to ask what is too alike to one more.

    Exact, and fast because two sets that share enough must share one of their rarest shingles: only those are indexed.
    What is rare is counted anew whenever the set has doubled.

    Args:
        demonstrations: What there is already; of each, the code.
    """

    LEAST = 16  # shingles: of shorter code, equal shape says nothing

    def __init__(self, demonstrations: Iterable[Demonstration] = ()) -> None:
        self._named: list[tuple[str, str, Shingles]] = []
        for each in demonstrations:
            if len(parts := self.parts(each.code, each.language)) >= self.LEAST:
                self._named.append((each.id, each.language, parts))
        self._index()

    @staticmethod
    def parts(code: str, language: str) -> Shingles:
        """What the other methods want of a demonstration's code."""
        return shingles(shape(code, language), SHAPE_RUN)

    def add(self, name: str, parts: Shingles, language: str) -> None:
        """Add one more, under a name."""
        if len(parts) >= self.LEAST:
            self._named.append((name, language, parts))
            self._hold(len(self._named) - 1)
            if len(self._named) > 2 * self._counted + 64:
                self._index()

    def most_alike(self, parts: Shingles, language: str) -> tuple[str, float] | None:
        """The name of the most alike one above the limit, and its similarity; None if there is none."""
        if len(parts) < self.LEAST:
            return None
        best: tuple[str, float] | None = None
        for number in {n for part in self._rarest(parts) for n in self._holders.get((language, part), ())}:
            name, _, theirs = self._named[number]
            both = len(parts & theirs)
            similarity = both / (len(parts) + len(theirs) - both)
            if similarity > SHAPE_LIMIT and (best is None or (-similarity, name) < (-best[1], best[0])):
                best = name, similarity
        return best

    def _index(self) -> None:
        self._counted = len(self._named)
        self._frequency = Counter(part for _, _, parts in self._named for part in parts)
        self._holders: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        for number in range(len(self._named)):
            self._hold(number)

    def _hold(self, number: int) -> None:
        _, language, parts = self._named[number]
        for part in self._rarest(parts):
            self._holders[language, part].append(number)

    def _rarest(self, parts: Shingles) -> list[tuple[str, ...]]:
        """So many of the rarest that two sets above the limit have one of theirs in common."""
        ordered = sorted(parts, key=lambda part: (self._frequency[part], part))
        return ordered[: len(parts) - math.ceil(SHAPE_LIMIT * len(parts)) + 1]


def _alike(parts: Mapping[int, Shingles], limit: float) -> dict[tuple[int, int], float]:
    found = {}
    for one, other in combinations(parts, 2):
        both = len(parts[one] & parts[other])
        either = len(parts[one]) + len(parts[other]) - both
        if either and both / either > limit:
            found[one, other] = both / either
    return found


def _word(node: "Node") -> str | None:
    """What stands for a node; None if it is looked into instead."""
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


def _is_docstring(node: "Node") -> bool:
    """A Python statement that is nothing but a string."""
    return node.type == "expression_statement" and [child.type for child in node.children] == ["string"]
