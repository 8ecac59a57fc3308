"""Tells what of the gain of picking comes from the prompts' examples and what from agreement, in a run that has looks.

Run: python perf/picking.py RUN ARM N     (such as results/humaneval-0.5b-pick none 5; nothing is sampled or run)

Each line is the share of tasks whose picked result passes the functional tests, and the share that is secure as well.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from seccoder.evaluation import benchmarks, samples
from seccoder.evaluation.methods import Look, Methods
from seccoder.evaluation.run_folder import MANIFEST, Folder, read_json

KINDS: dict[str, Callable[[Look], Look]] = {
    "examples and agreement": lambda look: look,
    "agreement alone": lambda look: replace(look, unmet=()),
    "examples alone": lambda look: replace(look, answers={}),
    "neither": lambda look: replace(look, unmet=(), answers={}),
}


def main() -> None:
    run, arm, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    manifest = read_json(run / MANIFEST)
    benchmark = benchmarks.load(manifest["identity"]["benchmark"])
    folder = Folder(run)
    drawn, looks = samples.stored(folder, benchmark), samples.looked(folder)
    cells = sorted({(task, f"{arm}+pick{count}", seed) for task, of, seed, _ in drawn if of == arm})
    for name, kept in KINDS.items():
        methods = Methods(drawn, {key: kept(look) for key, look in looks.items()}, manifest["samples"])
        picked = [result for cell in cells for result in methods.results(cell)]
        works = [bool(samples.functional(each)) for each in picked]
        both = [good and samples.secure(each) for good, each in zip(works, picked, strict=True)]
        print(f"{name:24} {sum(works) / len(works):.3f} {sum(both) / len(both):.3f} of {len(works)}")


if __name__ == "__main__":
    main()
