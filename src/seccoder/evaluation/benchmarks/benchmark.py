"""Defines what every benchmark has: tasks, a check of what was written for them, and the oracles' versions.

It also makes the digests of tasks. The version of an oracle is what it says of itself and a digest of our code around
it, because either may change a verdict.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field

from seccoder import oracles
from seccoder.codebase.contamination import Text
from seccoder.oracles.versions import code_digest
from seccoder.types import Check, Oracle, Source, Task, Why

Oracles = Sequence[str] | None  # names; None means the usual ones
# A file in each language that every oracle can look at, so that we learn its version.
_PROBES = {
    "python": "value = 1\n",
    "c": "int main(void)\n{\n    return 0;\n}\n",
    "cpp": "int main()\n{\n    return 0;\n}\n",
    "javascript": "const value = 1;\n",
    "typescript": "const value = 1;\n",
    "java": "class Value {\n}\n",
    "go": "package main\n\nfunc main() {\n}\n",
}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Tasks, and the check of what was written for them.

    Attributes:
        name: The name by which it is loaded, which is the `target` of its figures.
        digest: SHA-256 over everything that decides a figure: tasks, tests (`digest_of` makes one). A run whose
            benchmark has another digest is not continued.
        tasks: The tasks, with unique ids, in a fixed order.
        check: Returns one list of checks per source, in order, always. A source may be in any language of the tasks.
            Where a task has functional tests, one of its checks carries `Check.functional`.
        oracles: Name and version of everything that checks. Checks made under other versions are never mixed, so this
            must change whenever a verdict could.
        texts: What a codebase must not hold, for the contamination check: prompts, reference solutions, descriptions.
        codebase: The codebase that is used unless another is named.
        arms: The arms that are measured unless others are named.
        samples: How many samples are drawn per task, arm and seed, unless told otherwise; likewise `seeds`.
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
    """Return the SHA-256 over tasks and whatever else decides a figure (tests, versions), as JSON."""
    described = [asdict(task) for task in tasks]
    for each in described:
        for later in ("stop", "level"):
            if not each[later]:
                del each[later]  # the field came later; without it, digests of tasks that have none stay what they were
        each["cwe"] = each["cwe"] or ""  # likewise, because this is how a missing CWE was written
    content = [described, *more]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def texts_of(name: str, tasks: Sequence[Task]) -> tuple[Text, ...]:
    """Return the prompts and descriptions of tasks, for the contamination check."""
    return tuple(Text(f"{name} {task.id}", task.prompt, task.language, task.description) for task in tasks)


def versions(asked: Sequence[Oracle], languages: Collection[str]) -> dict[str, str]:
    """Return name and version of each oracle and of our code around them.

    Args:
        asked: The oracles.
        languages: The languages of the sources to come; an oracle that covers none of them is not named.
    """
    found: dict[str, str] = {}
    for checks in oracles.check([Source(_PROBES[language], language) for language in sorted(languages)], asked):
        for check in checks:
            # An oracle that has a version for some languages only is told by that, whatever the order of languages.
            if check.why is not Why.NOT_COVERED and (check.version or check.oracle not in found):
                found[check.oracle] = _version(check)
    return {**found, "seccoder": code_digest()}


def _version(check: Check) -> str:
    return check.version if check.analysed or check.version else f"not there: {check.reason}"
