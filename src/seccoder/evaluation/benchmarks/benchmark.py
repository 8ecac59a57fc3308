"""What every benchmark is: its tasks, how what was written for them is checked, and under which versions.

In flow tasks and oracles; out flow a `Benchmark`, the digests of its tasks and the versions of what checks them. The
version of an oracle is what it says of itself and a digest of our code around it, because either may change a verdict.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from seccoder import oracles
from seccoder.codebase.contamination import Text
from seccoder.types import Check, Oracle, Source, Task, Why

Oracles = Sequence[str] | None  # names; None: the usual ones
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
_PACKAGE = Path(oracles.__file__).parents[1]
_ROOMS = ("oracles", "code", "sandbox")  # what a check comes from: the oracles, what they know of code, and the box
_RULE = "oracles/verdict.py"


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


def digest_of(tasks: Sequence[Task], *more: object) -> str:
    """SHA-256 over tasks and whatever else decides a figure (tests, versions), as JSON."""
    described = [asdict(task) for task in tasks]
    for each in described:
        if not each["stop"]:
            del each["stop"]  # it came later; digests of what has none stay what they were
        each["cwe"] = each["cwe"] or ""  # likewise: this is how none was written
    content = [described, *more]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def texts_of(name: str, tasks: Sequence[Task]) -> tuple[Text, ...]:
    """The prompts and descriptions of tasks, for the contamination check."""
    return tuple(Text(f"{name} {task.id}", task.prompt, task.language, task.description) for task in tasks)


def versions(asked: Sequence[Oracle], languages: Collection[str]) -> dict[str, str]:
    """Name and version of each oracle and of our code around them.

    Args:
        asked: The oracles.
        languages: Those of the sources to come; an oracle that covers none of them is not named.
    """
    found: dict[str, str] = {}
    for checks in oracles.check([Source(_PROBES[language], language) for language in languages], asked):
        for check in checks:
            if check.why is not Why.NOT_COVERED:
                found[check.oracle] = _version(check)
    return {**found, "seccoder": code_digest()}


def _version(check: Check) -> str:
    return check.version if check.analysed or check.version else f"not there: {check.reason}"


def code_digest(*more: str, package: Path = _PACKAGE) -> str:
    """Digest of this package's code that decides what a check says, by content: a file that only moves changes nothing.

    The rule that makes verdicts of checks stays out. Scores are computed afresh from the stored checks each time, so
    checks of before and after a change of the rule are the same checks.

    Args:
        more: Patterns of further files, from the package's folder on.
        package: The folder.
    """
    paths = {path for room in _ROOMS for path in (package / room).rglob("*")} - {package / _RULE}
    paths |= {path for pattern in more for path in package.glob(pattern)}
    contents = (path.read_bytes() for path in paths if path.is_file() and "__pycache__" not in path.parts)
    digests = sorted(hashlib.sha256(content).hexdigest() for content in contents)
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:12]
