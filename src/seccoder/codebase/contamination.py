"""Finds demonstrations that give away a benchmark's prompt, answer or task, also in disguise.

It takes demonstrations and the texts of benchmarks (`seccoder.evaluation.benchmark_texts` gathers those) and returns
the overlaps, strongest first. It compares the secure code and its vulnerable twin with a benchmark's code, and the task
with the benchmark's description in words. An overlap is

- exact, if one text holds the other, white space aside,
- normalised, if every run of tokens of the smaller text is in the other. The runs are of ten tokens of
  `duplicates.shape`, within a language, with names, strings, numbers and comments replaced; or of words (five of code,
  three of a task),
- near, if the share of the smaller text's runs that are in the other is above a limit.

The share is of the smaller one because a prompt is the beginning of an answer. A text that is too short to say anything
is compared only as it stands.

How the limits were chosen: with 236 demonstrations and 3,040 texts the highest shares were .68 by tokens, .25 by words
of code and .25 by words of a task. We read those texts and found the overlaps to be chance (imports, declarations and
error handling that everybody writes). A copy has 1.

What it does not find: a benchmark's idea in other words and other code. Only a reader can find that.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from seccoder.code.tokens import code_tokens
from seccoder.codebase.duplicates import Shingles, holders, shape, shingles
from seccoder.types import Demonstration

MIN_CHARACTERS = 60  # without white space; a shorter text that the other one holds is no copy

Part = Literal["secure code", "vulnerable code", "task"]
How = Literal["exact", "normalised", "near"]


@dataclass(frozen=True, slots=True)
class Text:
    """The texts of a benchmark's task: its code (prompt or answer), its language, its description; "" means none."""

    name: str
    code: str = ""
    language: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A part of a demonstration that is in a benchmark: how it overlaps, and in which share of the smaller text."""

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


def overlaps(demonstrations: Iterable[Demonstration], texts: Sequence[Text]) -> list[Overlap]:
    """Compare demonstrations with benchmarks.

    Args:
        demonstrations: The demonstrations to look at.
        texts: The texts of the benchmarks.

    Returns:
        The strongest overlap of each part of a demonstration with each text: exact ones first, then by share.
    """
    benchmarks = Benchmarks(texts)
    return sorted(
        (found for each in demonstrations for found in benchmarks.overlaps(each)), key=_strength, reverse=True
    )


class Benchmarks:
    """The texts of benchmarks, tokenised once, to compare one demonstration after another with them.

    Args:
        texts: The texts of the benchmarks.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        code = [(number, text.code, text.language) for number, text in enumerate(texts) if text.code]
        words = [(number, text.words, text.language) for number, text in enumerate(texts) if text.words]
        self._code, self._words = _Pieces(code, CODE), _Pieces(words, TASK)

    def overlaps(self, demonstration: Demonstration) -> list[Overlap]:
        """Return the strongest overlap of each part with each text: exact ones first, then by share."""
        parts: dict[Part, tuple[str | None, _Pieces]] = {
            "secure code": (demonstration.code, self._code),
            "vulnerable code": (demonstration.vulnerable, self._code),
            "task": (demonstration.task, self._words),
        }
        found: dict[tuple[Part, int], Overlap] = {}
        for part, (content, pieces) in parts.items():
            if not content:
                continue
            for number, how, share in pieces.alike(content, demonstration.language):
                overlap = Overlap(demonstration, part, self._texts[number], how, share)
                known = found.get((part, number))
                if known is None or _strength(overlap) > _strength(known):
                    found[part, number] = overlap
        return sorted(found.values(), key=_strength, reverse=True)


def _strength(overlap: Overlap) -> tuple[bool, float]:
    return overlap.how == "exact", overlap.share


class _Pieces:
    """Texts of one kind, indexed by windows of characters and runs of tokens to find similar ones quickly."""

    # A passage of MIN_CHARACTERS that two texts share holds a whole window that begins at a multiple of its length.
    _WINDOW = MIN_CHARACTERS // 2

    def __init__(self, pieces: Sequence[tuple[int, str, str | None]], measures: Iterable[Measure]) -> None:
        self._bare = {number: "".join(text.split()) for number, text, _ in pieces}
        self._same: dict[str, list[int]] = defaultdict(list)
        self._windows: dict[str, set[int]] = defaultdict(set)
        for number, bare in self._bare.items():
            self._same[bare].append(number)
            for start in range(0, len(bare) - self._WINDOW + 1, self._WINDOW):
                self._windows[bare[start : start + self._WINDOW]].add(number)
        self._pieces = pieces
        self._measures = tuple(measures)
        self._cut: dict[tuple[int, str | None], tuple[dict[int, Shingles], dict[tuple[str, ...], list[int]]]] = {}

    def alike(self, text: str, language: str | None) -> Iterator[tuple[int, How, float]]:
        """Yield the number of each text that equals this one, holds it, is held by it or shares too many runs."""
        mine = "".join(text.split())
        for number in self._same.get(mine, ()):
            yield number, "exact", 1.0
        if len(mine) >= MIN_CHARACTERS:
            width = self._WINDOW
            near: set[int] = set()
            for start in range(len(mine) - width + 1):
                near |= self._windows.get(mine[start : start + width], _NONE)
            for number in near:
                small, large = sorted((mine, self._bare[number]), key=len)
                if len(small) >= MIN_CHARACTERS and small in large:
                    yield number, "exact", 1.0
        for place, measure in enumerate(self._measures):
            runs, held = self._runs(place, language if measure.within_language else None)
            if not runs:
                continue  # the texts are too few or too short for it
            parts = shingles(measure.tokens(text, language), measure.run)
            if len(parts) < measure.least:
                continue
            for other, both in Counter(name for part in parts for name in held.get(part, ())).items():
                share = both / min(len(parts), len(runs[other]))
                if share > measure.limit:
                    yield other, "normalised" if share == 1 else "near", share

    def _runs(self, place: int, only: str | None) -> tuple[dict[int, Shingles], dict[tuple[str, ...], list[int]]]:
        """Return the runs of all texts, or of one language, by one measure. They are computed when first needed."""
        if (place, only) not in self._cut:
            measure = self._measures[place]
            runs = {
                number: parts
                for number, text, language in self._pieces
                if (only is None or language == only)
                and len(parts := shingles(measure.tokens(text, language), measure.run)) >= measure.least
            }
            self._cut[place, only] = runs, holders(runs)
        return self._cut[place, only]


_NONE: frozenset[int] = frozenset()
