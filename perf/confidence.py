"""Fits the probability that the first hit of `hybrid` is of the right family, and draws its reliability diagram.

`python perf/confidence.py` asks for tasks in words (test D, and the bundled demonstrations' tasks, each left out of the
base with those of its fold), for the beginnings of the bundled vulnerable twins (left out in the same way) and for
HumanEval's problems, which have no security side: whatever comes first for them is wrong. They are asked as prompts, as
words and as the first halves of solutions. It prints the coefficients for `retrievers/hybrid.py`, the diagram for
docs/retrieval.md (of probabilities from a fit without the query's fifth), and what each threshold keeps and lets in.
"""

import random
import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from seccoder.code.cwe import same_family
from seccoder.code.languages import family
from seccoder.codebase.codebase import Codebase
from seccoder.evaluation.benchmarks.functions import problems
from seccoder.evaluation.benchmarks.retrieval import prefix, retrieval_d
from seccoder.evaluation.retrieval import Without
from seccoder.retrievers.hybrid import HybridScorer
from seccoder.types import Demonstration, Query

FOLDS = 5
TENTHS = np.linspace(0, 1, 11)


@dataclass(frozen=True)
class Asked:
    """A query, whether its first hit is of the right family, and what the probability is made from."""

    kind: str
    right: bool
    known: tuple[float, float, float]  # score, likeness, words


def ask(scorer: HybridScorer, base: list[Demonstration], query: Query, cwe: str | None, kind: str) -> Asked:
    scores, (likeness, words) = scorer.evidence(query)
    there = [i for i, each in enumerate(base) if family(each.language) == family(query.language or "")]
    first = max(there, key=lambda i: scores[i])
    right = cwe is not None and any(same_family(cwe, each) for each in base[first].cwes)
    return Asked(kind, right, (float(scores[first]), likeness, words))


def gather() -> list[Asked]:
    with Codebase.open("bundled") as store:
        base = store.demonstrations()
        scorer = HybridScorer.make(store, base, "", 0)
        asked = [ask(scorer, base, case.query, case.cwe, "test D") for case in retrieval_d().cases]
        for each in problems("humaneval"):
            words = "".join(re.findall(r'"""(.*?)"""', each.task.prompt, re.DOTALL))[:600]
            lines = each.solution.splitlines()
            half = each.task.prompt.split('"""')[0] + "\n".join(lines[: len(lines) // 2 + 1])
            for query in (Query(each.task.prompt, "python"), Query("", "python", words), Query(half, "python")):
                kind = "HumanEval, prompts" if query.code == each.task.prompt else "HumanEval, others"
                asked.append(ask(scorer, base, query, None, kind))
        mixed = random.Random(0).sample(base, len(base))
        for fold in range(FOLDS):
            mine = mixed[fold::FOLDS]
            gone = frozenset(each.id for each in mine)
            view = Without(store, base, gone)
            left = view.demonstrations()
            scorer = HybridScorer.make(view, left, "", 0)
            for each in mine:
                asked.append(ask(scorer, left, Query("", each.language, each.task), each.cwes[0], "own tasks"))
                code = Query(prefix(each.vulnerable or "", each.code), each.language)
                asked.append(ask(scorer, left, code, each.cwes[0], "own beginnings"))
    return asked


def columns(asked: list[Asked]) -> np.ndarray:
    score, likeness, words = np.array([each.known for each in asked]).T
    of_words = np.stack([score, likeness, np.ones_like(score)], axis=1)
    return np.concatenate([words[:, None] * of_words, (1 - words)[:, None] * of_words], axis=1)


def logistic(inputs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Fit by Newton's method, with a little ridge."""
    found = np.zeros(inputs.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-inputs @ found))
        curve = (inputs.T * (chance * (1 - chance))) @ inputs + 0.01 * np.eye(len(found))
        found -= np.linalg.solve(curve, inputs.T @ (chance - right) + 0.01 * found)
    return found


def main() -> None:
    asked = gather()
    inputs, right = columns(asked), np.array([each.right for each in asked], dtype=float)
    kinds = np.array([each.kind for each in asked])
    found = logistic(inputs, right)
    print("words:", np.round(found[:3], 2), "code:", np.round(found[3:], 2))
    part = np.random.default_rng(0).integers(0, FOLDS, len(asked))
    chance = np.zeros(len(asked))
    for fold in range(FOLDS):
        fitted = logistic(inputs[part != fold], right[part != fold])
        chance[part == fold] = 1 / (1 + np.exp(-inputs[part == fold] @ fitted))
    print("| probability | queries | mean probability | right family |\n|---|---|---|---|")
    for low, high in pairwise(TENTHS):
        there = (chance >= low) & (chance < high)
        if there.any():
            said, true = chance[there].mean(), right[there].mean()
            print(f"| {low:.1f} to {high:.1f} | {there.sum()} | {said:.2f} | {true:.2f} {'█' * round(20 * true)} |")
    print("of each kind: the share that is shown, and the share that is right and not shown")
    print("| threshold | " + " | ".join(sorted(set(kinds))) + " |")
    for threshold in (0.1, 0.12, 0.14, 0.15, 0.16, 0.18, 0.2, 0.3):
        cells = []
        for kind in sorted(set(kinds)):
            there = kinds == kind
            lost = right[there & (chance < threshold)].sum() / there.sum()
            cells.append(f"{(chance[there] >= threshold).mean():.3f}, {lost:.3f}")
        print(f"| {threshold} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
