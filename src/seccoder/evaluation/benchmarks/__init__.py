"""Benchmarks by name: what is to be written, and how what was written is checked.

In flow a name (`sven`, `folder:PATH`) and, if they are not the usual ones, the oracles to ask; out flows a
`Benchmark`. `seccoder.evaluation.run` samples its tasks and hands it the files that came out, one `Source` each, whose
`task` is the task it answers.

To add one: a module with a function that makes it, and one line in `benchmarks`. Held-out benchmarks are never added.
(`retrieval.py` holds the benchmarks of retrieval alone, which need no code LM and no oracle.)
"""

from collections.abc import Callable

from seccoder.errors import UsageError
from seccoder.evaluation.benchmarks.benchmark import Benchmark, Oracles


def _sven(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import by_oracles

    return by_oracles.sven_benchmark(name, oracles)


def _safecoder(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import by_oracles

    return by_oracles.safecoder_benchmark(oracles)


def _seccoder(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import own

    return own.benchmark(oracles)


def _functions(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import functions

    return functions.benchmark(name, oracles)


def _folder(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import task_folder

    return task_folder.benchmark(option, oracles)


# name -> how to make it from its name, the option behind a colon, and the oracles asked for.
benchmarks: dict[str, Callable[[str, str, Oracles], Benchmark]] = {
    "sven": _sven,
    "sven-12": _sven,
    "sven-validation": _sven,
    "sven-gen1": _sven,
    "safecoder": _safecoder,
    "seccoder": _seccoder,
    "humaneval": _functions,
    "humaneval-sven": _functions,
    "mbpp": _functions,
    "folder": _folder,
}
OPTIONS: dict[str, str] = {"folder": "PATH"}  # those that need an option behind a colon: what it is, for messages


def load(spec: str, oracles: Oracles = None) -> Benchmark:
    """Make a benchmark by name.

    Args:
        spec: A name in `benchmarks`, with an option behind a colon where `OPTIONS` says so.
        oracles: Names of the oracles to ask; None: the benchmark's own choice.

    Raises:
        UsageError: If there is no benchmark or oracle of that name.
        SecCoderError: If its data is not there or not what it should be.
    """
    name, _, option = spec.partition(":")
    if name not in benchmarks or bool(option) != (name in OPTIONS):
        raise UsageError(f"unknown benchmark {spec!r}; known: {', '.join(names())}")
    return benchmarks[name](name, option, oracles)


def names() -> list[str]:
    """Every name as it is written, with what stands behind a colon."""
    return [f"{name}:{OPTIONS[name]}" if name in OPTIONS else name for name in benchmarks]
