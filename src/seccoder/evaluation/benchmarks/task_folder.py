"""Makes a benchmark of any folder of tasks in CWEval's layout (`folder:PATH`).

    PATH/core/<language>/
      cwe_NNN_i_task.<ext>      a solution that passes all tests (also with more words: cwe_NNN_i_c_task.c)
      cwe_NNN_i_test.py         a pytest module; its tests are marked `functionality` or `security`

It was made from the layout alone: no task of CWEval was read. `by_tests` says what the checks mean. A completed file
takes the solution's place, and pytest runs once with each mark, in the sandbox, in a copy of the folder that has the
task's own files and those that belong to no task. The tests themselves build what they need (in C, say). A test with
both marks is run as both, and one with neither is not run. Tests that the solution does not pass where they run judge
nothing.

The prompt is the solution's text before a line with `BEGIN SOLUTION`; the text after a line with `END SOLUTION` follows
the completion. Without such lines the prompt ends with the docstring of the last function that has one (Python), or
where the body of the last function but `main` opens. A task from which no prompt can be made in this way is left out,
with the reason.
"""

import ast
import hashlib
import re
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from seccoder import sandbox
from seccoder.code import cwe, languages
from seccoder.codebase.contamination import Text
from seccoder.codebase.folder import text as text_of
from seccoder.codebase.proof import Side, read_report
from seccoder.errors import UsageError
from seccoder.evaluation.benchmarks import by_tests
from seccoder.evaluation.benchmarks.benchmark import Benchmark, digest_of
from seccoder.oracles.static.compiling import parses
from seccoder.types import Check, Source, Task

MARKS = {"functional": "functionality", "security": "security"}
MAX_BYTES = 10_000_000  # bytes that go into the box for one task

_TASK = re.compile(r"(cwe_(\d+)_(\w+?))_task(\.\w+)")
_OF_A_TASK = re.compile(r"cwe_\d+_")
_MARKER = re.compile(r"^.*\b(BEGIN|END) (PROMPT|SOLUTION)\b.*\n?", re.MULTILINE)
_OPENING = re.compile(
    r"^(?!(?:struct|enum|union|typedef|class|namespace|extern)\b)[A-Za-z_][^;{}]*\)[^;{}]*\{[ \t]*\n", re.MULTILINE
)
_REPORT = "report.xml"
_TRIPWIRE = """

@__import__("pytest").mark.{mark}
def test_{nonce}():
    with __import__("pytest").raises(ZeroDivisionError):
        str("{nonce}")
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A task with its files by their paths below the folder; `place` is the solution's path, `test` the module's."""

    task: Task
    place: str
    test: str
    files: Mapping[str, bytes] = field(repr=False)


def benchmark(spec: str, names: Sequence[str] | None = None) -> Benchmark:
    """Make the benchmark of the tasks in a folder.

    Args:
        spec: `folder:` and the folder that has `core`.
        names: Oracles to ask beside the tests.

    Raises:
        UsageError: If it is no such folder, or holds no task.
    """
    path = spec.partition(":")[2]
    skipped: list[tuple[str, str]] = []
    cases = list(read(Path(path), skipped))
    if not cases:
        why = f" (left out: {skipped[0][0]}: {skipped[0][1]})" if skipped else ""
        raise UsageError(f"{path} holds no core/<language>/cwe_NNN_i_task.* with a _test.py{why}")
    tasks = tuple(case.task for case in cases)
    contents = [sorted((name, hashlib.sha256(data).hexdigest()) for name, data in case.files.items()) for case in cases]
    judge = _Judge({case.task.id: case for case in cases})
    return Benchmark(
        name=spec,
        digest=digest_of(tasks, contents),
        tasks=tasks,
        check=partial(by_tests.check, one=judge.one, names=names),
        oracles=partial(by_tests.versions, names, {task.language for task in tasks}),
        texts=tuple(
            Text(f"folder {case.task.id}", case.files[case.place].decode(), case.task.language) for case in cases
        ),
        skipped=tuple(skipped),
    )


def read(root: Path, skipped: list[tuple[str, str]]) -> Iterator[Case]:
    """Yield the tasks of a folder, ordered by id; what cannot be used is added to `skipped`, with the reason.

    Raises:
        UsageError: If it is no such folder, or a file of it cannot be read.
    """
    if not (root / "core").is_dir():
        raise UsageError(f"{root} has no folder core/<language> with files cwe_NNN_i_task.*")
    shared = [path for path in _files(root) if not _OF_A_TASK.match(path.name)]
    for path in sorted((root / "core").rglob("*")):
        match = _TASK.fullmatch(path.name)
        if match is None or not path.is_file():
            continue
        stem, number, _, suffix = match.groups()
        name = f"{path.parent.relative_to(root / 'core').as_posix()}/{stem}"
        test = path.with_name(f"{stem}_test.py")
        language = languages.from_path(path)
        prompt = None if language is None else prompt_of(text_of(path), language)
        if language is None:
            skipped.append((name, f"no language with the suffix {suffix} is known"))
        elif not test.is_file():
            skipped.append((name, f"{test.name} is missing"))
        elif prompt is None:
            skipped.append((name, "no prompt can be made of it: neither BEGIN SOLUTION nor a function was found"))
        else:
            own = [each for each in _files(path.parent) if each.name.startswith(f"{stem}_")]
            contents = {each.relative_to(root).as_posix(): each.read_bytes() for each in {*shared, *own}}
            if sum(map(len, contents.values())) > MAX_BYTES:
                raise UsageError(f"{root} has more than {MAX_BYTES:,} bytes beside its tasks: this is no such folder")
            task = Task(name, language, cwe.normalise(number), prompt[0], suffix=prompt[1])
            yield Case(task, path.relative_to(root).as_posix(), test.relative_to(root).as_posix(), contents)


def _files(folder: Path) -> list[Path]:
    """Return the plain files below a folder, without what is hidden, compiled or installed there."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not any(part.startswith(".") or part in ("__pycache__", "node_modules") for part in path.parts)
    ]


def prompt_of(solution: str, language: str) -> tuple[str, str] | None:
    """Return what a solution gives before and after the part to write; None if that cannot be told."""
    if re.search(r"\bBEGIN SOLUTION\b", solution):
        before, _, after = solution.partition("BEGIN SOLUTION")
        rest = re.split(r"^.*\bEND SOLUTION\b.*\n?", after, maxsplit=1, flags=re.MULTILINE)
        given = before[: before.rfind("\n") + 1]
        return _MARKER.sub("", given), _MARKER.sub("", rest[1]) if len(rest) > 1 else ""
    if language == "python":
        return _before_the_body(solution)
    opened = [match.end() for match in _OPENING.finditer(solution) if not re.search(r"\bmain\s*\(", match[0])]
    return (solution[: opened[-1]], "") if opened else None


def _before_the_body(solution: str) -> tuple[str, str] | None:
    try:
        tree = ast.parse(solution)
    except (SyntaxError, ValueError):
        return None
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    for function in reversed(functions):
        if ast.get_docstring(function) is not None:
            return "".join(solution.splitlines(keepends=True)[: function.body[0].end_lineno]), ""
    return None


class _Judge:
    """Runs the tests, and keeps what the run of each solution showed, so that each solution is run once."""

    def __init__(self, cases: Mapping[str, Case]) -> None:
        self._cases = cases
        self._tests: dict[str, by_tests.Tests] = {}
        self._lock = threading.Lock()

    def one(self, source: Source) -> list[Check]:
        """Return the checks of one completed file."""
        case = self._cases.get(source.task.id) if source.task else None
        if case is None:
            return by_tests.not_run("it answers no task of this folder")
        with self._lock:
            if case.task.id not in self._tests:
                self._tests[case.task.id] = self._tests_that_hold(case)
        tests = self._tests[case.task.id]
        if tests.problem:
            return by_tests.not_run(tests.problem)
        if source.language not in ("c", "cpp"):
            valid, reason = parses(source.text, source.language)
            if valid is False:
                return by_tests.invalid(reason)
        nonce = secrets.token_hex(8)
        side = run(case, source.text, nonce)
        if source.language in ("c", "cpp") and set(side.tests.values()) - {"passed"}:
            valid, reason = parses(source.text, source.language)
            if valid is False:
                return by_tests.invalid(reason)
        return by_tests.judge(source, side, tests.names, f"test_{nonce}")

    def _tests_that_hold(self, case: Case) -> by_tests.Tests:
        """Return the names of the tests, if the solution passes all of them here."""
        if why_not := sandbox.unavailable():
            return by_tests.Tests("", problem=why_not)
        side = run(case, case.files[case.place].decode(), nonce := secrets.token_hex(8))
        names = side.tests.keys() - {f"test_{kind}_test_{nonce}" for kind in MARKS}
        failed = [name for name in sorted(names) if side.tests[name] != "passed"]
        problem = side.problem or (f"{failed[0]} fails" if failed else "" if names else "there are none")
        problem = problem and f"the tests of {case.task.id} do not hold for its own solution: {problem}"
        return by_tests.Tests("", frozenset(names), problem)


def run(case: Case, code: str, nonce: str) -> Side:
    """Run the tests with each mark; in the report the name of a test begins with its mark.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    found: list[Side] = []
    for kind, mark in MARKS.items():
        module = case.files[case.test].decode() + _TRIPWIRE.format(mark=mark, nonce=nonce)
        command = ["python3", "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", "-o", "addopts="]
        command += ["-W", "ignore::pytest.PytestUnknownMarkWarning", f"--junitxml={_REPORT}", "-m", mark, case.test]
        outcome = sandbox.run(
            command,
            files={**case.files, case.place: code, case.test: module},
            env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": "/box"},
            limits=by_tests.LIMITS,
            keep=[_REPORT],
        )
        side = read_report(outcome)
        found.append(
            replace(
                side,
                tests={f"test_{kind}_{name}": said for name, said in side.tests.items()},
                messages={f"test_{kind}_{name}": said for name, said in side.messages.items()},
            )
        )
    first, second = found
    return Side(
        {**first.tests, **second.tests},
        round(first.seconds + second.seconds, 3),
        first.problem or second.problem,
        {**first.messages, **second.messages},
    )
