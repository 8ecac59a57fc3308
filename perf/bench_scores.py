"""Measures the scoring of 10,000 samples against only reading their files (`python perf/bench_scores.py`).

The run is made up: 40 tasks, 5 arms, 2 seeds and 25 samples, each a file of a thousand characters with the checks of
four oracles. The peer reads the files as JSON. CPU seconds of this process are measured, because a busy machine
lengthens them less than other times. The target is below 10.
"""

import json
import random
import tempfile
import time
from pathlib import Path

from seccoder.evaluation.benchmarks.benchmark import Benchmark, digest_of
from seccoder.evaluation.run_folder import Folder, keyed
from seccoder.evaluation.scores import score
from seccoder.types import Check, Task

TASKS, ARMS, SEEDS, SAMPLES = 40, ("none", "placebo", "bm25", "hybrid", "ceiling"), 2, 25


def checks(chance: random.Random) -> list[Check]:
    ran = Check("executed", "1", "executed", True, flagged=chance.random() < 0.3, exercised=chance.random() < 0.7)
    return [
        ran,
        Check("bandit", "1", "static", True),
        Check("gcc", "", "static", False, reason="gcc does not cover python"),
        Check("syntax", "1", "static", True, valid=chance.random() < 0.8),
    ]


def make(path: Path) -> tuple[Folder, Benchmark, dict[str, object]]:
    chance = random.Random(0)
    tasks = tuple(Task(f"task/{i}", "python", f"CWE-{20 + i % 8}", "def f():\n") for i in range(TASKS))
    folder = Folder(path)
    keys = [
        (task.id, arm, seed, number)
        for task in tasks
        for arm in ARMS
        for seed in range(SEEDS)
        for number in range(SAMPLES)
    ]
    cost = {"prompt_tokens": 400, "tokens": 80, "seconds": 1.5}
    folder.samples.append(keyed(key, text="x" * 300, finish="stop", sampled_with=0, **cost) for key in keys)
    folder.codes.append(keyed(key, code=f"{chance.randrange(5000)}\n" + "y = 1\n" * 160) for key in keys)
    folder.checks.append(keyed(key, checks=[each.to_json() for each in checks(chance)]) for key in keys)
    benchmark = Benchmark("made-up", digest_of(tasks), tasks, lambda sources: [], dict)
    identity = {"model": "made-up", "settings": {"seed": 0}}
    manifest = {"identity": identity, "arms": list(ARMS), "samples": SAMPLES, "seeds": SEEDS, "chat": False}
    return folder, benchmark, {**manifest, "oracles": {}, "contamination": {"overlaps": []}}


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place)
        _, benchmark, manifest = make(path)
        began = time.process_time()
        for name in ("samples", "codes", "checks"):
            for line in (path / f"{name}.jsonl").read_bytes().splitlines():
                json.loads(line)
        reading = time.process_time() - began
        began = time.process_time()
        scores = score(Folder(path), manifest, benchmark)
        seconds = time.process_time() - began
        count = TASKS * len(ARMS) * SEEDS * SAMPLES
        print(f"{count:,} samples, {len(scores.results):,} rows: {seconds:.1f} CPU s; reading alone {reading:.1f}")


if __name__ == "__main__":
    main()
