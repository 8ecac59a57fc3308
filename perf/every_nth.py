"""Samples every nth task of the graded benchmark with the embedded model, in a folder that a whole run can go on with.

    python perf/every_nth.py OUT SAMPLES NTH ARM...

The run's identity is that of the whole benchmark, so that `seccoder evaluate seccoder-graded --out OUT`, with as many
samples and one seed, draws the other tasks. `--shard` divides by a hash and is the better way for a new run; this is
how `results/graded-0.5b` was made.
"""

import sys
from dataclasses import replace
from pathlib import Path

from seccoder.evaluation import benchmarks
from seccoder.evaluation.manifest import Plan
from seccoder.evaluation.run import evaluate
from seccoder.settings import Settings


def main() -> None:
    out, samples, nth, *arms = sys.argv[1:]
    benchmark = benchmarks.load("seccoder-graded")
    benchmark = replace(benchmark, tasks=benchmark.tasks[:: int(nth)])
    evaluate(
        benchmark,
        Settings(model="embedded"),
        Path(out),
        plan=Plan(tuple(arms), samples=int(samples), seeds=1),
        on_progress=lambda done, total: print(f"{done} of {total}", flush=True),
    )


if __name__ == "__main__":
    main()
