"""Loads benchmarks by name: what is to be written, and how what was written is checked.

A name is for example `sven` or `folder:PATH`, and other oracles than the usual ones may be named.
`seccoder.evaluation.run` samples the tasks of a `Benchmark` and gives it the resulting files, one `Source` each, whose
`task` is the task that it answers.

To add a benchmark, write a module with a function that makes it from its spec and the oracles, and add a line to
`benchmarks` and one to `ABOUT`. Held-out benchmarks are never added. The benchmarks of retrieval alone, which need no
code LM and no oracle, are in `RETRIEVAL`; `seccoder.evaluation.retrieval` measures them.
"""

from typing import TYPE_CHECKING

from seccoder.code import lazy
from seccoder.errors import UsageError

if TYPE_CHECKING:
    from seccoder.evaluation.benchmarks.benchmark import Benchmark, Oracles

_HERE = "seccoder.evaluation.benchmarks"

# name -> the function that makes it from its spec and the oracles to ask
benchmarks: dict[str, str] = {
    "sven": f"{_HERE}.by_oracles:sven_benchmark",
    "sven-12": f"{_HERE}.by_oracles:sven_benchmark",
    "sven-validation": f"{_HERE}.by_oracles:sven_benchmark",
    "sven-gen1": f"{_HERE}.by_oracles:sven_benchmark",
    "safecoder": f"{_HERE}.by_oracles:safecoder_benchmark",
    "seccoder": f"{_HERE}.own:benchmark",
    "seccoder-graded": f"{_HERE}.own:benchmark",
    "humaneval": f"{_HERE}.functions:benchmark",
    "humaneval-sven": f"{_HERE}.functions:benchmark",
    "mbpp": f"{_HERE}.functions:benchmark",
    "folder": f"{_HERE}.task_folder:benchmark",
}
OPTIONS: dict[str, str] = {"folder": "PATH"}  # names that need an option behind a colon: the option's name
RETRIEVAL = ("retrieval-a", "retrieval-b", "retrieval-c", "retrieval-d", "retrieval-e")
ABOUT: dict[str, str] = {  # a line of the help page for each
    "sven": "the paper's 18 scenarios, two for each of nine CWEs",
    "sven-12": "the 12 of them that the paper uses for two of its models",
    "sven-validation": "the 6 scenarios on which SVEN chooses checkpoints",
    "sven-gen1": "12 scenarios of four CWEs that SVEN was not trained for",
    "safecoder": "SafeCoder's 59 scenarios in five languages",
    "seccoder": "our own tasks with functional and security tests",
    "seccoder-graded": "those of them that small models can do too",
    "humaneval": "164 functions with tests, nothing about security",
    "humaneval-sven": "the 161 of them that the paper uses",
    "mbpp": "427 more functions with tests",
    "folder": "the tasks of a folder, with their tests",
    "retrieval-a": "the paper's 18 prompts",
    "retrieval-b": "720 beginnings of functions",
    "retrieval-c": "66 tasks in words",
    "retrieval-d": "229 more tasks in words, for development",
    "retrieval-e": "120 more tasks in words, over all languages",
}


def load(spec: str, oracles: "Oracles" = None) -> "Benchmark":
    """Make a benchmark by its name.

    Args:
        spec: A name in `benchmarks`, with an option behind a colon where `OPTIONS` says so.
        oracles: Names of the oracles to ask; None is the benchmark's own choice.

    Raises:
        UsageError: If there is no benchmark or oracle of that name.
        SecCoderError: If its data is not there or not what it should be.
    """
    name, _, option = spec.partition(":")
    if name not in benchmarks or bool(option) != (name in OPTIONS):
        raise UsageError(f"unknown benchmark {spec!r}; known: {', '.join(names())}")
    benchmark: Benchmark = lazy.load(benchmarks, name)(spec, oracles)
    return benchmark


def names() -> list[str]:
    """Return every name in `benchmarks` as it is written, with what stands behind a colon."""
    return [written(name) for name in benchmarks]


def written(name: str) -> str:
    """Return a name as it is written, with what stands behind a colon."""
    return f"{name}:{OPTIONS[name]}" if name in OPTIONS else name
