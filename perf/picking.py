"""Tells what of the gain of picking comes from the prompts' examples and what from agreement, in a run that has looks.

Run: python perf/picking.py RUN ARM N     (such as results/humaneval-0.5b-pick none 5; nothing is sampled or run)

ARM is one that `+pickN` can stand behind, such as `hybrid+none` (`seccoder.evaluation.methods`). Each line is the share
of results that pass the functional tests, the share that is secure, and the share that is both.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from seccoder.evaluation import benchmarks, samples
from seccoder.evaluation.methods import Look, Methods, base
from seccoder.evaluation.run_folder import MANIFEST, Folder, read_json

KINDS: dict[str, Callable[[Look], Look]] = {
    "examples and agreement": lambda look: look,
    "agreement alone": lambda look: replace(look, unmet=()),
    "examples alone": lambda look: replace(look, answers={}),
    "neither": lambda look: replace(look, unmet=(), answers={}),
}


def main() -> None:
    run, arm = Path(sys.argv[1]), f"{sys.argv[2]}+pick{int(sys.argv[3])}"
    manifest = read_json(run / MANIFEST)
    benchmark = benchmarks.load(manifest["identity"]["benchmark"])
    folder = Folder(run)
    drawn, looks = samples.stored(folder, benchmark), samples.looked(folder)
    cells = sorted({(task, arm, seed) for task, of, seed, _ in drawn if of == base(arm)})
    for name, kept in KINDS.items():
        methods = Methods(drawn, {key: kept(look) for key, look in looks.items()}, manifest["samples"])
        picked = [result for cell in cells for result in methods.results(cell)]
        works = [bool(samples.functional(each)) for each in picked]
        secure = [bool(samples.secure(each)) for each in picked]
        both = [a and b for a, b in zip(works, secure, strict=True)]
        shares = " ".join(f"{sum(every) / len(picked):.3f}" for every in (works, secure, both))
        print(f"{name:24} {shares} of {len(picked)}")


if __name__ == "__main__":
    main()
