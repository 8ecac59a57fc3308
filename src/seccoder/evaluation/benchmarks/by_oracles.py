"""Makes the benchmarks whose samples the oracles judge: SVEN's scenarios and SafeCoder's.

They are made from pulled data and the names of oracles. These scenarios have no functional tests. The version of an
oracle is what it says of itself and a digest of our code around it, because either may change a verdict.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from seccoder import data, oracles
from seccoder.evaluation.benchmarks import safecoder, sven
from seccoder.evaluation.benchmarks.benchmark import Benchmark, digest_of, texts_of, versions
from seccoder.types import Task


def sven_benchmark(name: str, names: Sequence[str] | None = None) -> Benchmark:
    """Make `sven` (18 scenarios), `sven-12` (the paper's for SantaCoder and InCoder), `-validation` or `-gen1`.

    Raises:
        UsageError: If there is no oracle of a name.
        SecCoderError: If the data is not there or not what it should be.
    """
    readers: dict[str, Callable[[Path], list[Task]]] = {
        "sven": sven.test_tasks,
        "sven-12": lambda root: [task for task in sven.test_tasks(root) if task.cwe not in sven.NOT_IN_12],
        "sven-validation": sven.validation_tasks,
        "sven-gen1": sven.gen1_tasks,
    }
    return make(name, readers[name](data.folder("sven")), names, codebase="sven")


def safecoder_benchmark(name: str, names: Sequence[str] | None = None) -> Benchmark:
    """Make `safecoder`, the scenarios in languages that seccoder knows.

    Raises:
        UsageError: If there is no oracle of a name.
        SecCoderError: If the data is not there or not what it should be.
    """
    tasks, skipped = safecoder.tasks(data.folder("safecoder"))
    return make(name, tasks, names, codebase="bundled", skipped=skipped)


def make(
    name: str,
    tasks: Sequence[Task],
    names: Sequence[str] | None,
    *,
    codebase: str,
    skipped: Sequence[tuple[str, str]] = (),
) -> Benchmark:
    """Make a benchmark of tasks that the oracles judge.

    Raises:
        UsageError: If there is no oracle of a name.
    """
    asked = oracles.load(names)
    shown = tuple(replace(task, description="") for task in tasks)  # as in the paper, only the code is seen
    return Benchmark(
        name=name,
        digest=digest_of(shown),
        tasks=shown,
        check=partial(oracles.check, oracles=asked),
        oracles=partial(versions, asked, sorted({task.language for task in tasks})),
        texts=texts_of(name, tasks),
        codebase=codebase,
        skipped=tuple(skipped),
    )
