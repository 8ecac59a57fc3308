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

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeVar

from seccoder.code.parsing import grammar
from seccoder.code.tokens import code_tokens
from seccoder.code.trees import is_docstring
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
        if "comment" in node.type or is_docstring(node):
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

    Exact, and fast because few need a look at their shingles. Each set has a signature, whose bits are those that its
    shingles hash to: for every bit in which two signatures differ, the sets differ in a shingle or more, and two sets
    above the limit differ in few. Time grows with how many are known, whatever they have in common: an index of rare
    shingles skips more where code is varied, but next to nothing where all of it is made of the same statements.

    Args:
        demonstrations: What there is already; of each, the code.
    """

    LEAST = 16  # shingles: of shorter code, equal shape says nothing
    _BITS = 1024  # of a signature: with half as many, long code looks alike; with twice as many, comparing is slower
    _MAY_DIFFER = (1 - SHAPE_LIMIT) / (1 + SHAPE_LIMIT)  # of two sets above the limit, as a share of both sizes

    def __init__(self, demonstrations: Iterable[Demonstration] = ()) -> None:
        self._known: dict[str, list[tuple[int, float, str, Shingles]]] = defaultdict(list)
        for each in demonstrations:
            self.add(each.id, self.parts(each.code, each.language), each.language)

    @staticmethod
    def parts(code: str, language: str) -> Shingles:
        """What the other methods want of a demonstration's code."""
        return shingles(shape(code, language), SHAPE_RUN)

    def add(self, name: str, parts: Shingles, language: str) -> None:
        """Add one more, under a name."""
        if len(parts) >= self.LEAST:
            self._known[language].append((self._signature(parts), self._MAY_DIFFER * len(parts), name, parts))

    def most_alike(self, parts: Shingles, language: str) -> tuple[str, float] | None:
        """The name of the most alike one above the limit, and its similarity; None if there is none."""
        if len(parts) < self.LEAST:
            return None
        mine, may_differ = self._signature(parts), self._MAY_DIFFER * len(parts)
        alike = [
            (-similarity, name)
            for signature, may, name, theirs in self._known[language]
            if (mine ^ signature).bit_count() <= may_differ + may
            and (similarity := _similarity(parts, theirs)) > SHAPE_LIMIT
        ]
        if not alike:
            return None
        similarity, name = min(alike)
        return name, -similarity

    def _signature(self, parts: Shingles) -> int:
        signature = 0
        for part in parts:
            signature |= 1 << hash(part) % self._BITS
        return signature


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
