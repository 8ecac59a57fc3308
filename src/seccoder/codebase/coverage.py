"""Counts the demonstrations of each CWE in each language, and how many of them have an executed proof.

`seccoder codebase stats` and the generated documentation both show these counts. A demonstration counts once for each
CWE it names, as the retrieval benchmarks and the store's filter see it. The cells of a column may therefore add up to
more than the language has demonstrations.

It counts claims: the level of a proof is what the base says of it, and `seccoder codebase vet` runs the proof.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from seccoder.code import cwe
from seccoder.code.languages import LANGUAGES
from seccoder.types import Demonstration, ProofLevel


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often each CWE is covered.

    Attributes:
        languages: The languages that occur, in the order of `seccoder.code.languages`.
        cwes: How many demonstrations there are, by CWE (in numerical order) and language.
        proven: How many of them have the proof level `executed`.
        uncovered: The CWEs of the Top 25 (2025), in its order, that no demonstration names.
    """

    languages: tuple[str, ...]
    cwes: dict[str, dict[str, int]]
    proven: dict[str, dict[str, int]]
    uncovered: tuple[str, ...]

    def cell(self, name: str, language: str) -> str:
        """Return what a table shows: "" for none, `3` if all three are proven, `2/3` if two of the three are."""
        there = self.cwes[name].get(language, 0)
        proven = self.proven[name].get(language, 0)
        return str(there or "") if proven == there else f"{proven}/{there}"


def coverage(demonstrations: Iterable[Demonstration]) -> Coverage:
    """Count demonstrations by CWE and language."""
    every = list(demonstrations)
    languages = tuple(language for language in LANGUAGES if any(each.language == language for each in every))
    cells: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for each in every:
        for name in dict.fromkeys(each.cwes):
            cells[name][each.language].append(each.proof.level is ProofLevel.EXECUTED)
    names = sorted(cells, key=lambda name: cwe.get(name).number)
    there = {
        name: {language: cells[name][language] for language in languages if cells[name][language]} for name in names
    }
    return Coverage(
        languages,
        {name: {language: len(proven) for language, proven in row.items()} for name, row in there.items()},
        {name: {language: sum(proven) for language, proven in row.items()} for name, row in there.items()},
        tuple(known.id for known in cwe.top25() if known.id not in cells),
    )
