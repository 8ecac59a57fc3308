"""Fits the weights by which `hybrid` tells weaknesses by what code does (`python -m seccoder.evaluation.fit_shapes`).

It takes pairs of a vulnerable and a fixed function (SVEN's and SafeCoder's, and the bundled demonstrations; no scenario
of any benchmark) and writes `retrievers/shapes.tsv`. Each pair gives two texts: what stood before its weakness, and the
whole vulnerable twin. The weights are ridge regression's onto the pair's CWE, solved in its dual form, rounded to
thousandths. The same pairs give the same bytes.

Test B asks about SVEN's pairs. It therefore fits its own weights, ten times, each without the repositories and
near-duplicates that it then asks about (`seccoder.evaluation.retrieval`).
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from seccoder import data
from seccoder.code.languages import family
from seccoder.codebase.codebase import Codebase
from seccoder.data import safecoder, sven
from seccoder.evaluation.benchmarks.retrieval import prefix
from seccoder.retrievers.shapes import OTHER, SCALE, features, inverse
from seccoder.types import Demonstration

FAMILIES = ("c", "python")  # the others have too few pairs
FEWEST_PAIRS = 5  # of a CWE that is a class of its own
FEWEST_TEXTS = 8  # that a feature must be in
RIDGE = 1.0


def training_pairs() -> list[Demonstration]:
    """Return all pairs that the weights are fitted on, each once, ordered by id.

    Raises:
        SecCoderError: If SVEN's or SafeCoder's data is not there.
    """
    root = data.folder("sven")
    with Codebase.open("bundled") as base:
        pairs = base.demonstrations()
    pairs += [*sven.demonstrations(root, "train"), *sven.demonstrations(root, "val")]
    pairs += safecoder.demonstrations(data.folder("safecoder"))
    return sorted({each.id: each for each in pairs if each.vulnerable}.values(), key=lambda each: each.id)


def fit(pairs: Sequence[Demonstration]) -> str:
    """Fit the tables of all families and return the file's text."""
    return "".join(_fit_family(name, [each for each in pairs if family(each.language) == name]) for name in FAMILIES)


_features = cache(features)  # test B fits ten times on nearly the same texts


def _fit_family(name: str, pairs: Sequence[Demonstration]) -> str:
    frequent = Counter(each.cwes[0] for each in pairs)
    classes = [*sorted(cwe for cwe, count in frequent.items() if count >= FEWEST_PAIRS), OTHER]
    labels = [classes.index(each.cwes[0] if each.cwes[0] in classes else OTHER) for each in pairs]
    texts = [text for each in pairs for text in (prefix(each.vulnerable or "", each.code), each.vulnerable or "")]
    languages = [each.language for each in pairs for _ in range(2)]
    counted = [_features(text, language) for text, language in zip(texts, languages, strict=True)]
    parts = [_part([both[i] for both in counted]) for i in range(2)]
    matrix = np.concatenate([values for _, _, values in parts], axis=1)
    target = np.repeat(np.eye(len(classes))[labels], 2, axis=0).reshape(len(texts), len(classes))
    mean = target.mean(axis=0) if len(texts) else np.zeros(len(classes))
    gram = matrix @ matrix.T + RIDGE * np.eye(len(texts))
    weights = matrix.T @ np.linalg.solve(gram, target - mean)
    lines = [f"family\t{name}\t{len(texts)}\t" + "\t".join(classes), _numbers(mean)]
    names = [each for there, _, _ in parts for each in there]
    frequencies = [count for _, there, _ in parts for count in there]
    lines += [f"{each}\t{count}\t{_numbers(row)}" for each, count, row in zip(names, frequencies, weights, strict=True)]
    return "".join(f"{line}\n" for line in lines)


def _part(counted: Sequence[Counter[str]]) -> tuple[list[str], list[int], "np.ndarray"]:
    """Return one kind of features: their names, in how many texts each is, and the texts' unit vectors."""
    frequency: Counter[str] = Counter()
    for counts in counted:
        frequency.update(counts.keys())
    names = sorted(each for each, count in frequency.items() if count >= FEWEST_TEXTS)
    column = {each: i for i, each in enumerate(names)}
    matrix = np.zeros((len(counted), len(names)))
    for row, counts in enumerate(counted):
        for each, count in counts.items():
            if each in column:
                matrix[row, column[each]] = 1 + np.log(count)
    frequencies = [frequency[each] for each in names]
    matrix *= inverse(frequencies, len(counted))
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    np.divide(matrix, lengths, out=matrix, where=lengths > 0)
    return names, frequencies, matrix


def _numbers(values: "np.ndarray") -> str:
    return "\t".join(str(int(each)) for each in np.rint(values * SCALE))


if __name__ == "__main__":
    Path(str(files("seccoder.retrievers").joinpath("shapes.tsv"))).write_text(fit(training_pairs()), encoding="utf-8")
