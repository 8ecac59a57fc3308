"""Runs solutions for which our own benchmark's tests were not made, to see whether the tests are fair and sharp.

Run: python perf/own_solutions.py [TASK ...]     (the figures of docs/benchmark.md)

`own_solutions.toml` holds two kinds of solutions for nearly every task. Secure solutions that are written in another
way than the reference must be SECURE: then the tests are fair. Other mistakes than the insecure file's must be
VULNERABLE: then the tests are sharp. The authors of the tests wrote the solutions, so this is no estimate of accuracy
on what models write. The last line is JSON.
"""

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

from seccoder.evaluation.benchmarks import own
from seccoder.oracles.verdict import combine
from seccoder.types import Source


def main() -> int:
    tasks = {each.task.id: each.task for each in own.own_tasks()}
    solutions = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["solution"]
    chosen = [each for each in solutions if not sys.argv[1:] or each["task"] in sys.argv[1:]]
    sources = [
        Source((task := tasks[each["task"]]).prompt + each["code"], task.language, task.cwe, task) for each in chosen
    ]
    counted: Counter[str] = Counter()
    for each, source, checks in zip(chosen, sources, own.check(sources), strict=True):
        verdict = combine(source, checks)
        counted[each["verdict"]] += 1
        counted[f"{each['verdict']} as it should be"] += verdict.label == each["verdict"]
        if verdict.label != each["verdict"]:
            print(f"{each['task']}: {verdict.label} instead of {each['verdict']}: {verdict.reason or checks[0].reason}")
    print(json.dumps(counted))
    return sum(counted.values()) != 2 * len(chosen)


if __name__ == "__main__":
    sys.exit(main())
