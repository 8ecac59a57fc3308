"""Makes our own benchmark, `seccoder`, and its easier part: tasks with functional and security tests.

A task is a folder below `own_tasks`:

    task.toml          language, cwe, level, entry (what has to be written), description (the task in words)
    prompt.<ext>       the incomplete file that a code LM continues; without one it is given the description alone
    reference.<ext>    a solution: it begins with the prompt and passes all tests
    insecure.<ext>     the mistake people make: it begins with the prompt too, passes the functional tests, and fails
                       at least one security test
    test.py            a pytest module with `test_functional_*` and `test_security_*`; the file under test lies beside
                       it as `subject.<ext>`, the fixtures are those of `codebase.proof_conftest`

The level says how hard it is to write something that works: 1 is one obvious step, 2 a few steps, 3 needs something to
be known, and 4 is too hard for small models. `seccoder-graded` has the tasks below level 4.

`by_tests` says what the checks of a completed file mean. Before a task's tests judge anything, they are run on its
reference and its insecure file, once per machine. Tests that do not hold where they run (a tool is missing, or has
another version) judge nothing. Tests ask for behaviour: any correct and secure solution should pass, however it is
written. Only the weaknesses that the tests try are covered, and a completion for a task about one CWE may have another.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from seccoder.code import cwe
from seccoder.code.languages import EXTENSION, canonical
from seccoder.codebase import proof
from seccoder.codebase.contamination import Text
from seccoder.codebase.folder import text
from seccoder.errors import SecCoderError, UsageError
from seccoder.evaluation.benchmarks import by_tests
from seccoder.evaluation.benchmarks.benchmark import Benchmark, digest_of
from seccoder.evaluation.benchmarks.by_tests import Tests
from seccoder.types import Check, Demonstration, Proof, ProofLevel, Provenance, Source, Task

NAME, GRADED = "seccoder", "seccoder-graded"
HARDEST = 4  # the level of the tasks that `seccoder-graded` leaves out
DESCRIPTION = "task.toml"
FIELDS: dict[str, type] = {"language": str, "cwe": str, "level": int, "entry": str, "description": str}


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task with everything that is in its folder."""

    task: Task
    entry: str
    reference: str
    insecure: str
    test: str

    def demonstration(self) -> Demonstration:
        """Return the task in the form whose proof `codebase.proof` runs both ways."""
        return Demonstration(
            language=self.task.language,
            cwes=(self.task.cwe,) if self.task.cwe else (),
            task=self.task.description,
            code=self.reference,
            vulnerable=self.insecure,
            proof=Proof(ProofLevel.EXECUTED, self.test),
            origin=Provenance(source="seccoder benchmark", licence="Apache-2.0", path=self.task.id),
        )


def read(folder: Path) -> OwnTask:
    """Read one task.

    Raises:
        UsageError: If something is missing or wrong; the message names the file.
    """
    path = folder / DESCRIPTION
    try:
        about: dict[str, Any] = tomllib.loads(text(path))
        if {name: type(value) for name, value in about.items()} != FIELDS or not all(about.values()):
            raise UsageError(f"a task has {', '.join(FIELDS)} (a number), each of the others a text, and nothing else")
        language, number = canonical(about["language"]), cwe.normalise(about["cwe"])
    except (tomllib.TOMLDecodeError, SecCoderError) as error:
        raise UsageError(f"{path}: {error}" if str(path) not in str(error) else str(error)) from None
    extension = EXTENSION[language]
    typed = folder / f"prompt{extension}"
    prompt = text(typed) if typed.exists() else ""
    reference, insecure = (text(folder / f"{name}{extension}") for name in ("reference", "insecure"))
    for name, whole in (("reference", reference), ("insecure", insecure)):
        if not whole.startswith(prompt):
            raise UsageError(f"{folder / name}{extension} does not begin with the prompt")
    task = Task(folder.name, language, number, prompt, about["description"], level=about["level"])
    return OwnTask(task, about["entry"], reference, insecure, text(folder / "test.py"))


def read_all(folder: Path) -> Iterator[OwnTask]:
    """Read every task in a folder, ordered by name.

    Raises:
        UsageError: If there is none, or one of them cannot be read.
    """
    found = sorted(path.parent for path in folder.glob(f"*/{DESCRIPTION}"))
    if not found:
        raise UsageError(f"{folder} holds no tasks: a task is a folder with a {DESCRIPTION}")
    for path in found:
        yield read(path)


@cache
def own_tasks() -> tuple[OwnTask, ...]:
    """Return the tasks that come with the package."""
    with as_file(files("seccoder.evaluation.benchmarks").joinpath("own_tasks")) as folder:
        return tuple(read_all(folder))


def texts() -> list[Text]:
    """Return what a codebase must not hold: every task's solutions and words."""
    return [
        Text(f"{NAME} {own.task.id}{name}", code, own.task.language, own.task.description)
        for own in own_tasks()
        for name, code in (("", own.reference), (" insecure", own.insecure))
    ]


def benchmark(name: str = NAME, names: Sequence[str] | None = None) -> Benchmark:
    """Make the benchmark `seccoder`, or the part of it that small models can do.

    Args:
        name: `seccoder` or `seccoder-graded`.
        names: Oracles to ask beside the tests.
    """
    every = [own for own in own_tasks() if name != GRADED or own.task.level < HARDEST]
    tasks = tuple(own.task for own in every)
    return Benchmark(
        name=name,
        digest=digest_of(tasks, [(own.reference, own.insecure, own.test) for own in every]),
        tasks=tasks,
        check=partial(check, names=names),
        oracles=partial(by_tests.versions, names, {task.language for task in tasks}),
        texts=tuple(texts()),
    )


def check(sources: Sequence[Source], names: Sequence[str] | None = None) -> list[list[Check]]:
    """Run the tests of each source's task; return one list of checks per source, in order."""
    return by_tests.check(sources, lambda source: by_tests.run(source, _tests), names)


def _tests(source: Source) -> Tests:
    own = next((own for own in own_tasks() if source.task is not None and own.task.id == source.task.id), None)
    if own is None:
        return Tests("", problem="it answers no task of this benchmark")
    held = proof.run(own.demonstration())
    if held.status != "proven":
        return Tests("", problem=f"the tests of {own.task.id} do not hold here: {held.reason}")
    return Tests(own.test, frozenset(held.secure.tests))
