"""Benchmarks by name: what is to be written, and how what was written is checked.

In flow a name (`sven`, `folder:PATH`) and, if they are not the usual ones, the oracles to ask; out flows a
`Benchmark`. `seccoder.evaluation.run` samples its tasks and hands it the files that came out, one `Source` each, whose
`task` is the task it answers.

To add one: a module with a function that makes it, and one line in `benchmarks`. Held-out benchmarks are never added.
(`retrieval.py` holds the benchmarks of retrieval alone, which need no code LM and no oracle.)
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from seccoder.codebase.contamination import Text
from seccoder.errors import UsageError
from seccoder.types import Check, Source, Task

Oracles = Sequence[str] | None  # names; None: the usual ones


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Tasks, and the check of what was written for them.

    Attributes:
        name: By which it is loaded; the `target` of its figures.
        digest: SHA-256 over everything that decides a figure: tasks, tests (`digest_of` makes one). A run whose
            benchmark has another digest is not continued.
        tasks: With ids unique among them, in a fixed order.
        check: One list of checks per source, in order, always; sources in any language of the tasks. Where a task has
            functional tests, one of them carries `Check.functional`.
        oracles: Name and version of everything that checks. Checks made under other versions are never mixed, so this
            must change whenever a verdict could.
        texts: What a codebase must not hold, for the contamination check: prompts, reference solutions, descriptions.
        codebase: The codebase that is used unless another is named.
        arms: The arms that are measured unless others are named.
        samples: Per task, arm and seed, unless told otherwise; likewise `seeds`.
        seeds: How often everything is repeated.
        skipped: Tasks that exist and are not here, each with the reason.
    """

    name: str
    digest: str
    tasks: tuple[Task, ...]
    check: Callable[[Sequence[Source]], list[list[Check]]]
    oracles: Callable[[], dict[str, str]]
    texts: tuple[Text, ...] = field(repr=False, default=())
    codebase: str = "bundled"
    arms: tuple[str, ...] = ("none", "placebo", "bm25", "hybrid")
    samples: int = 25
    seeds: int = 3
    skipped: tuple[tuple[str, str], ...] = ()


def _sven(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import security

    return security.sven_benchmark(name, oracles)


def _safecoder(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import security

    return security.safecoder_benchmark(oracles)


def _seccoder(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import own

    return own.benchmark(oracles)


def _functions(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import functions

    return functions.benchmark(name, oracles)


def _folder(name: str, option: str, oracles: Oracles) -> Benchmark:
    from seccoder.evaluation.benchmarks import layout

    return layout.benchmark(option, oracles)


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


def digest_of(tasks: Sequence[Task], *more: object) -> str:
    """SHA-256 over tasks and whatever else decides a figure (tests, versions), as JSON."""
    described = [asdict(task) for task in tasks]
    for each in described:
        if not each["stop"]:
            del each["stop"]  # it came later; digests of what has none stay what they were
    content = [described, *more]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def texts_of(name: str, tasks: Sequence[Task]) -> tuple[Text, ...]:
    """The prompts and descriptions of tasks, for the contamination check."""
    return tuple(Text(f"{name} {task.id}", task.prompt, task.language, task.description) for task in tasks)
