"""Measures with HumanEval and MBPP whether a model still writes correct functions, by their own tests.

    humaneval        OpenAI's 164 problems
    humaneval-sven   the 161 of them that SVEN uses and the paper's Figure 4 shows, with SVEN's stop strings
    mbpp             the 427 problems of MBPP that SafeCoder uses

The tasks are made from pulled data and have no CWE. Each completion gets one check of `functional-tests`, which are run
in the sandbox. A completion ends at the stop strings of its problem. Many completions share a start of the sandbox,
because a start costs more than most of them; `functions_runner` runs each in a process of its own there. Where such a
shared run breaks, each of its completions is run alone, so that only the one that broke it has failed.

This says nothing about security: no verdict but INVALID or UNKNOWN follows. The defaults are the paper's: 100 samples
at temperature 0.4 with 300 new tokens, the arms without a demonstration and with the default retriever.
"""

import gzip
import hashlib
import json
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

from seccoder import data, oracles, sandbox
from seccoder.code.parsing import syntax
from seccoder.codebase.contamination import Text
from seccoder.errors import SecCoderError
from seccoder.evaluation.benchmarks.benchmark import Benchmark, digest_of, versions
from seccoder.evaluation.benchmarks.by_tests import FUNCTIONAL
from seccoder.oracles.versions import code_digest
from seccoder.sandbox import parallel
from seccoder.types import Check, Source, Task

STOP = ("\nclass", "\ndef", "\n#", "\nif", "\nprint")  # the stop strings of the paper that introduced HumanEval
TOGETHER = 16  # completions per start of the sandbox
SECONDS = 5  # processor seconds of each completion; the runner allows three times as much wall time
_RUNNER = "functions_runner.py"
_RESULTS = "results.json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A function to write, and the code that raises if it is wrong."""

    task: Task
    test: str
    solution: str = ""


def benchmark(name: str, names: Sequence[str] | None = None) -> Benchmark:
    """Make one of the three benchmarks.

    Args:
        name: Its name.
        names: Oracles to ask beside the tests.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    made = problems(name)
    tasks = tuple(each.task for each in made)
    return Benchmark(
        name=name,
        digest=digest_of(tasks, [each.test for each in made]),
        tasks=tasks,
        check=partial(check, tests={each.task.id: each.test for each in made}, names=names),
        oracles=partial(_versions, names),
        texts=tuple(
            Text(f"{name} {each.task.id}", each.task.prompt + each.solution, "python", each.task.prompt)
            for each in made
        ),
        arms=("none", "hybrid"),
        samples=100,
        seeds=1,
    )


def problems(name: str) -> list[Problem]:
    """Return the problems of one of the three benchmarks, ordered by id.

    Raises:
        SecCoderError: If the data is not there or not what it should be.
    """
    source, read = _READERS[name]
    folder = data.folder(source)
    try:
        found = sorted(read(folder), key=lambda each: each.task.id)
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise SecCoderError(f"{folder} cannot be read as {name} ({type(error).__name__}: {error})") from None
    if not found:
        raise SecCoderError(f"{folder} holds no problems; run: seccoder data pull {source}")
    return found


def _humaneval(folder: Path) -> Iterator[Problem]:
    with gzip.open(folder / data.HUMANEVAL, "rt", encoding="utf-8") as lines:
        for line in lines:
            each = json.loads(line)
            task = Task(each["task_id"], "python", None, each["prompt"], stop=STOP)
            yield Problem(task, f"{each['test']}\n\ncheck({each['entry_point']})\n", each["canonical_solution"])


def _described(folder: Path) -> Iterator[Problem]:
    """Yield the problems as SVEN and SafeCoder keep them, in a YAML file each."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in folder.glob("*.yaml"):
        try:
            each = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 - a safe loader
        except yaml.YAMLError as error:
            raise ValueError(f"{path.name}: {' '.join(str(error).split())}") from None
        task = Task(each["name"], "python", None, each["prompt"], stop=tuple(each["stop_tokens"]))
        yield Problem(task, each["tests"])


_READERS: dict[str, tuple[str, Callable[[Path], Iterator[Problem]]]] = {
    "humaneval": ("humaneval", _humaneval),
    "humaneval-sven": ("sven", lambda root: _described(root / "data_eval" / "human_eval")),
    "mbpp": ("safecoder", lambda root: _described(root / "data_eval" / "mbpp")),
}


# --- running ---------------------------------------------------------------------------------------------------------


def check(sources: Sequence[Source], tests: dict[str, str], names: Sequence[str] | None = None) -> list[list[Check]]:
    """Run each completed file with its problem's tests; return one list of checks per source, in order."""
    checks: dict[int, Check] = {}
    programs: dict[int, str] = {}
    for number, source in enumerate(sources):
        valid, reason = syntax(source.text, source.language)
        test = tests.get(source.task.id) if source.task else None
        if valid is False:
            checks[number] = _check(False, reason, valid=False)
        elif test is None:
            checks[number] = _check(None, "it answers no problem of this benchmark")
        else:
            programs[number] = f"{source.text}\n\n{test}\n"
    if programs and (why_not := sandbox.unavailable()):
        checks |= {number: _check(None, why_not) for number in programs}
        programs = {}
    numbers = list(programs)
    batches = [[programs[number] for number in numbers[i : i + TOGETHER]] for i in range(0, len(numbers), TOGETHER)]
    found = (check for answer in parallel.each(run, batches) for check in answer)
    checks |= dict(zip(numbers, found, strict=True))
    asked = oracles.check(sources, oracles.load(names)) if names else [[] for _ in sources]
    return [[checks[number], *theirs] for number, theirs in enumerate(asked)]


def run(programs: Sequence[str]) -> list[Check]:
    """Run programs in one sandbox, each in its own process; if one breaks it, run each of them alone."""
    nonces = [secrets.token_hex(16) for _ in programs]
    jobs = json.dumps({"seconds": SECONDS, "programs": list(zip(nonces, programs, strict=True))})
    limits = sandbox.Limits(seconds=20 + 3 * SECONDS * len(programs), memory_mb=2048, processes=64, disk_mb=128)
    try:
        outcome = sandbox.run(
            ["python3", "-I", _RUNNER, _RESULTS],
            files={_RUNNER: _runner()},
            stdin=jobs.encode("utf-8", "surrogateescape"),
            limits=limits,
            keep=[_RESULTS],
        )
    except sandbox.SandboxError as error:
        return [_check(None, str(error)) for _ in programs]
    told = _read_report(outcome.files.get(_RESULTS, b""), len(programs))
    if told is None and len(programs) > 1:
        return [alone for program in programs for alone in run([program])]
    if told is None:
        return [_check(False, f"it ended the run ({outcome.killed or f'exit code {outcome.exit_code}'})")]
    return [
        _check(answer == nonce, "" if answer == nonce else answer[:200], seconds=seconds)
        for nonce, (answer, seconds) in zip(nonces, told, strict=True)
    ]


def _read_report(results: bytes, count: int) -> list[tuple[str, float]] | None:
    """Read the untrusted report of the runner: per program its nonce if it passed, else why not; and seconds."""
    try:
        told = [(str(answer), round(float(seconds), 3)) for answer, seconds in json.loads(results)]
    except (ValueError, TypeError):
        return None
    return told if len(told) == count else None


def _check(functional: bool | None, reason: str, *, valid: bool | None = None, seconds: float = 0.0) -> Check:
    return Check(
        FUNCTIONAL,
        version(),
        "executed",
        analysed=functional is not None,
        valid=True if valid is None and functional is not None else valid,
        seconds=seconds,
        reason=" ".join(reason.split()),
        functional=functional,
    )


def _versions(names: Sequence[str] | None) -> dict[str, str]:
    return {FUNCTIONAL: version(), **(versions(oracles.load(names), ["python"]) if names else {})}


@cache
def _runner() -> str:
    return files("seccoder.evaluation.benchmarks").joinpath(_RUNNER).read_text(encoding="utf-8")


@cache
def version() -> str:
    """Digest what runs the tests: this code, the runner and the interpreter."""
    own = code_digest("evaluation/benchmarks/*.py")
    return hashlib.sha256("\0".join([sys.version, own]).encode()).hexdigest()[:12]
