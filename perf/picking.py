"""Tells what of the gain of picking comes from the prompts' examples and what from agreement, in a run that has looks.

Run: python perf/picking.py RUN ARM[+ARM] N     (such as results/humaneval-0.5b-pick none 5; nothing is sampled or run)

Of several arms an equal part of the N samples comes from each, those of the first arm first. Each line is the share of
tasks whose picked result passes the functional tests, the share that is secure, and the share that is both.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from seccoder.evaluation import benchmarks, samples
from seccoder.evaluation.methods import Look, Methods
from seccoder.evaluation.run_folder import MANIFEST, Folder, read_json

KINDS: dict[str, Callable[[Look], Look]] = {
    "examples and agreement": lambda look: look,
    "agreement alone": lambda look: replace(look, unmet=()),
    "examples alone": lambda look: replace(look, answers={}),
    "neither": lambda look: replace(look, unmet=(), answers={}),
}


Key = tuple[str, str, int, int]
T = TypeVar("T")


def main() -> None:
    run, arm, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    manifest = read_json(run / MANIFEST)
    benchmark = benchmarks.load(manifest["identity"]["benchmark"])
    folder = Folder(run)
    arms = arm.split("+")
    each_has = count // len(arms)

    def pooled(of_all: Mapping[Key, T]) -> dict[Key, T]:
        mine = [(key, value) for key, value in of_all.items() if key[1] in arms and key[3] < each_has]
        return {(task, "pool", seed, arms.index(of) * each_has + n): value for (task, of, seed, n), value in mine}

    drawn, looks = pooled(samples.stored(folder, benchmark)), pooled(samples.looked(folder))
    cells = sorted({(task, f"pool+pick{each_has * len(arms)}", seed) for task, _, seed, _ in drawn})
    for name, kept in KINDS.items():
        methods = Methods(drawn, {key: kept(look) for key, look in looks.items()}, each_has * len(arms))
        picked = [result for cell in cells for result in methods.results(cell)]
        works = [bool(samples.functional(each)) for each in picked]
        secure = [bool(samples.secure(each)) for each in picked]
        both = [a and b for a, b in zip(works, secure, strict=True)]
        shares = " ".join(f"{sum(every) / len(cells):.3f}" for every in (works, secure, both))
        print(f"{name:24} {shares} of {len(cells)}")


if __name__ == "__main__":
    main()
