"""Finds demonstrations that give a benchmark away: its prompt, its answer or its task, as it stands or in disguise.

In flow demonstrations and the texts of benchmarks (`seccoder.evaluation.contamination` gathers those); out flow the
overlaps, strongest first. Compared are the secure code and its vulnerable twin with a benchmark's code, and the task
with its description in words:

- exact: white space aside, one holds the other,
- normalised: every run of tokens of the smaller is in the other, with names, strings, numbers and comments replaced
  (ten tokens of `duplicates.shape`, within a language), or of words (five of code, three of a task),
- near: more of those runs than a limit, as a share of the smaller one's.

The share is of the smaller one because a prompt is the beginning of an answer. What is too short to say anything is
compared only as it stands.

How the limits were chosen: with 236 demonstrations and 3,040 texts the highest shares, read and found to be chance
(imports, declarations and error handling that everybody writes), were .68 by tokens, .25 by words of code and .25 by
words of a task. A copy has 1.

What it does not find: a benchmark's idea in other words and other code. That takes a reader.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from seccoder.codebase.duplicates import shape, shared, shingles
from seccoder.tokens import code_tokens
from seccoder.types import Demonstration

MIN_CHARACTERS = 60  # without white space; what is shorter and stands in the other is no copy

Part = Literal["secure code", "vulnerable code", "task"]
How = Literal["exact", "normalised", "near"]


@dataclass(frozen=True, slots=True)
class Text:
    """What one task of a benchmark consists of: its code (prompt, answer), its language, and its words; "" for none."""

    name: str
    code: str = ""
    language: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A part of a demonstration that is in a benchmark: `how`, and which share of the smaller of the two."""

    demonstration: Demonstration
    part: Part
    text: Text
    how: How
    share: float

    def __str__(self) -> str:
        name = self.demonstration.origin.path or self.demonstration.id
        return f"{name}: {self.part} is in {self.text.name} ({self.how}, {self.share:.2f})"


@dataclass(frozen=True, slots=True)
class Measure:
    """How texts are cut into runs of tokens, the share above which two overlap, and how many runs both must have."""

    tokens: Callable[[str, str | None], list[str]]
    run: int
    limit: float
    least: int
    within_language: bool = False


def _words(text: str, language: str | None) -> list[str]:
    return code_tokens(text)


CODE = (Measure(shape, 10, 0.75, 20, within_language=True), Measure(_words, 5, 0.35, 15))
TASK = (Measure(_words, 3, 0.4, 8),)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text that is compared, ours or a benchmark's, with the number of what it belongs to."""

    number: int
    text: str
    language: str | None


def overlaps(demonstrations: Iterable[Demonstration], texts: Sequence[Text]) -> list[Overlap]:
    """Compare demonstrations with benchmarks.

    Args:
        demonstrations: The whole set.
        texts: Of the benchmarks.

    Returns:
        The strongest overlap of each part of a demonstration with each text: exact ones first, then by share.
    """
    every = list(demonstrations)
    parts: dict[Part, tuple[list[str | None], tuple[Measure, ...]]] = {
        "secure code": ([each.code for each in every], CODE),
        "vulnerable code": ([each.vulnerable for each in every], CODE),
        "task": ([each.task for each in every], TASK),
    }
    found: dict[tuple[int, Part, int], Overlap] = {}
    for part, (contents, measures) in parts.items():
        ours = [_Piece(i, text, every[i].language) for i, text in enumerate(contents) if text]
        stored = [text.words if part == "task" else text.code for text in texts]
        theirs = [_Piece(i, text, texts[i].language) for i, text in enumerate(stored) if text]
        for one, other, how, share in (*_exact(ours, theirs), *_shared(ours, theirs, measures)):
            overlap = Overlap(every[one], part, texts[other], how, share)
            known = found.get((one, part, other))
            if known is None or _strength(overlap) > _strength(known):
                found[one, part, other] = overlap
    return sorted(found.values(), key=_strength, reverse=True)


def _strength(overlap: Overlap) -> tuple[bool, float]:
    return overlap.how == "exact", overlap.share


def _exact(ours: Sequence[_Piece], theirs: Sequence[_Piece]) -> Iterator[tuple[int, int, How, float]]:
    """Pairs of which one holds the other."""
    bare = [(piece.number, "".join(piece.text.split())) for piece in theirs]
    for piece in ours:
        mine = "".join(piece.text.split())
        for number, other in bare:
            small, large = sorted((mine, other), key=len)
            if small == large or (len(small) >= MIN_CHARACTERS and small in large):
                yield piece.number, number, "exact", 1.0


def _shared(
    ours: Sequence[_Piece], theirs: Sequence[_Piece], measures: Iterable[Measure]
) -> Iterator[tuple[int, int, How, float]]:
    """Pairs that share more runs of tokens than a limit."""
    for measure in measures:
        mine, others = (
            {
                (piece.number, piece.language): runs
                for piece in pieces
                if len(runs := shingles(measure.tokens(piece.text, piece.language), measure.run)) >= measure.least
            }
            for pieces in (ours, theirs)
        )
        for (one, other), both in shared(mine, others).items():
            share = both / min(len(mine[one]), len(others[other]))
            if share > measure.limit and (one[1] == other[1] or not measure.within_language):
                yield one[0], other[0], "normalised" if share == 1 else "near", share
