"""The benchmarks whose samples the oracles judge: SVEN's scenarios and SafeCoder's.

In flow pulled data and the names of oracles; out flow `Benchmark`s. The version of an oracle is what it says of itself
and a digest of our code around it, because either may change a verdict. No functional tests: these scenarios have none.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from seccoder import data, oracles
from seccoder.evaluation.benchmarks import Benchmark, digest_of, safecoder, sven, texts_of
from seccoder.oracles.verdict import NOT_COVERED
from seccoder.types import Check, Oracle, Source, Task

# A file in each language that every oracle can look at, to learn its version.
_PROBES = {
    "python": "value = 1\n",
    "c": "int main(void)\n{\n    return 0;\n}\n",
    "cpp": "int main()\n{\n    return 0;\n}\n",
    "javascript": "const value = 1;\n",
    "typescript": "const value = 1;\n",
    "java": "class Value {\n}\n",
    "go": "package main\n\nfunc main() {\n}\n",
}
_VERDICT = "verdict.py"  # belongs to the scores, which are computed afresh every time


def sven_benchmark(name: str, names: Sequence[str] | None = None) -> Benchmark:
    """`sven` (18 scenarios), `sven-12` (those the paper uses for SantaCoder and InCoder), `-validation`, `-gen1`.

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


def safecoder_benchmark(names: Sequence[str] | None = None) -> Benchmark:
    """`safecoder`: the scenarios in languages seccoder knows.

    Raises:
        UsageError: If there is no oracle of a name.
        SecCoderError: If the data is not there or not what it should be.
    """
    tasks, skipped = safecoder.tasks(data.folder("safecoder"))
    return make("safecoder", tasks, names, codebase="bundled", skipped=skipped)


def make(
    name: str,
    tasks: Sequence[Task],
    names: Sequence[str] | None,
    *,
    codebase: str,
    skipped: Sequence[tuple[str, str]] = (),
) -> Benchmark:
    """A benchmark of tasks that the oracles judge.

    Raises:
        UsageError: If there is no oracle of a name.
    """
    asked = oracles.load(names)
    shown = tuple(replace(task, description="") for task in tasks)  # as in the paper, code is all that anybody sees
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


def versions(asked: Sequence[Oracle], languages: Collection[str]) -> dict[str, str]:
    """Name and version of each oracle and of our code around them.

    Args:
        asked: The oracles.
        languages: Those of the sources to come; an oracle that covers none of them is not named.
    """
    found: dict[str, str] = {}
    for checks in oracles.check([Source(_PROBES[language], language) for language in languages], asked):
        for check in checks:
            if not check.reason.startswith(NOT_COVERED):
                found[check.oracle] = _version(check)
    return {**found, "seccoder": _code()}


def _version(check: Check) -> str:
    return check.version if check.analysed or check.version else f"not there: {check.reason}"


def _code() -> str:
    """Digest of this package's code that decides what a check says."""
    folder = Path(oracles.__file__).parent
    files = [*folder.rglob("*"), folder.parent / "sandbox.py", folder.parent / "boxes.py"]
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc" and path.name != _VERDICT:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
