"""Runs a demonstration's proof in the sandbox, on the secure code and then on its vulnerable twin.

Both sides are run in one box, one after the other, because its start and pytest's import cost as much as most tests
(`proof_sides`). Neither can see or change the other: the secure side's result has left the box before the twin's files
come into it, and what the secure side left there (files, processes, a changed interpreter) is gone by then.

A proof is a pytest module. Beside it are the code under judgement as `subject.<ext>`, the fixtures of `proof_conftest`,
and `proof_given`, which holds what several proofs in other languages share. The proof holds if

- every `test_functional_*` passes on both sides, which shows that the twins do the same job,
- every `test_security_*` passes on the secure code,
- at least one `test_security_*` fails on the twin, while it runs: an error of import, collection or a fixture is not an
  exploit that worked,
- there is at least one test of each kind and no other test, and both sides ran the same tests.

This module decides, from pytest's report and its exit code. A report that is missing, cut off or at odds with the exit
code proves nothing.

Not guaranteed: that the exploits are all there are. Also, code and proof run in one process inside the box, so code
that was written to deceive its own proof can forge the report; secure code that attacks the box's first program could
forge the twin's, too. A proof therefore speaks about honest code; for candidates from strangers, who write both sides
and the proof, it is one piece of evidence.
"""

import hashlib
import json
import re
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from seccoder import sandbox
from seccoder.code import standards
from seccoder.code.files import replacing
from seccoder.code.languages import EXTENSION, FACTS
from seccoder.sandbox import javac, parallel
from seccoder.settings import cache_dir
from seccoder.types import Demonstration, Progress

LIMITS = sandbox.Limits(seconds=120, memory_mb=2048, processes=128, disk_mb=256)

REPORT = "report.xml"  # which pytest writes
_NEEDS_OPENSSL = re.compile(r"def \w+\([^)]*\bcertificate\b")  # the fixture that makes certificates

_HERE = Path(__file__).parent
_TOGETHER = 4  # proofs that may go to a cluster together
_MAX_REPORT = 5_000_000  # bytes
_MAX_TOLD = 20_000_000  # bytes that a box may say of both sides
# Parts of pytest that no proof can need here. Each costs its start on every side.
_NOT_NEEDED = (
    "cacheprovider doctest faulthandler pastebin setuponly setupplan stepwise threadexception unraisableexception"
)
_PYTEST = (
    "-q",
    "--tb=native",  # pytest's own form parses a file for each of its frames, and nobody reads it
    *(part for name in _NOT_NEEDED.split() for part in ("-p", f"no:{name}")),
    f"--junitxml={REPORT}",
    "proof.py",
)
_ERROR = re.compile(r"(?:E +|(?=[\w.]*(?:Error|Exception)(?::|$)))(.*)")  # what stopped the collection, in both forms
_ENVIRONMENT = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # what happens to be installed must not change a proof

Status = Literal["proven", "failed", "not-run"]


@dataclass(frozen=True, slots=True)
class Side:
    """What the proof said about one of the twins.

    Attributes:
        tests: The outcome of each test: `passed`, `failed` (in the test itself), `error` (around it) or `skipped`.
        seconds: Wall time.
        problem: Why there is no usable report, in one line; "" if there is one.
        messages: For each test that did not pass, the exception and its text, as pytest words it. They are not cached.
    """

    tests: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    problem: str = ""
    messages: dict[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class ProofResult:
    """Whether a demonstration's proof holds.

    Attributes:
        id: The demonstration's.
        status: `proven`; `failed`: it was run and does not show what it should; `not-run`: it could not be run here.
        reason: Why it is not proven, in one line; "" if it is.
        secure: What it said about the secure code.
        vulnerable: What it said about the twin.
    """

    id: str
    status: Status
    reason: str = ""
    secure: Side = field(default_factory=Side)
    vulnerable: Side = field(default_factory=Side)

    @property
    def seconds(self) -> float:
        """Wall time of both sides."""
        return self.secure.seconds + self.vulnerable.seconds


def run(demonstration: Demonstration, *, fresh: bool = False) -> ProofResult:
    """Run a demonstration's proof both ways. Nothing of it is ever run outside the sandbox.

    Args:
        demonstration: The demonstration.
        fresh: Whether it is run even if the very same content was proven before (only proven results are cached).
    """
    (result,) = run_all([demonstration], fresh=fresh)
    return result


def _run(demonstration: Demonstration) -> ProofResult:
    """Run a proof, whatever is kept of it."""
    if demonstration.proof.test is None or demonstration.vulnerable is None:
        return ProofResult(
            demonstration.id, "not-run", "it has no proof" if demonstration.vulnerable else "it has no twin"
        )
    if why_not := sandbox.unavailable():
        return ProofResult(demonstration.id, "not-run", why_not)
    openssl = ("openssl",) if _NEEDS_OPENSSL.search(demonstration.proof.test) else ()
    for tool in (*FACTS[demonstration.language].toolchain, *openssl):
        if not shutil.which(tool):
            return ProofResult(demonstration.id, "not-run", f"{tool} is not installed")
    try:
        secure, vulnerable = _run_sides(demonstration)
    except sandbox.SandboxError as error:
        return ProofResult(demonstration.id, "not-run", str(error))
    reason = judge(secure, vulnerable)
    return ProofResult(demonstration.id, "failed" if reason else "proven", reason, secure, vulnerable)


def run_all(
    demonstrations: Sequence[Demonstration],
    *,
    fresh: bool = False,
    on_progress: Progress | None = None,
) -> list[ProofResult]:
    """Run many proofs, as many at a time as there are processors; one result per demonstration, in order.

    Args:
        demonstrations: The demonstrations.
        fresh: As for `run`.
        on_progress: Called with (done, total).
    """
    kept = [None if fresh else _kept(demonstration) for demonstration in demonstrations]
    missing = [demonstration for demonstration, result in zip(demonstrations, kept, strict=True) if result is None]
    new = parallel.each(_run, missing, together=_TOGETHER)
    results = []
    for demonstration, known in zip(demonstrations, kept, strict=True):
        result = known or next(new)
        if result.status == "proven" and known is None:
            _remember(_cache_file(demonstration), result)
        results.append(result)
        if on_progress:
            on_progress(len(results), len(demonstrations))
    return results


def judge(secure: Side, vulnerable: Side) -> str:
    """Say in one line why the two reports do not prove the demonstration; "" if they do."""
    for side, name in ((secure, "secure code"), (vulnerable, "twin")):
        if side.problem:
            return f"on the {name}: {side.problem}"
    kinds = {test: _kind(test) for test in secure.tests}
    if secure.tests.keys() != vulnerable.tests.keys():
        return "the two sides did not run the same tests"
    if others := [test for test, kind in kinds.items() if kind == "other"]:
        return f"a test is neither test_functional_* nor test_security_*: {others[0]}"
    for kind in ("functional", "security"):
        if kind not in kinds.values():
            return f"there is no test_{kind}_*"
    for test, outcome in secure.tests.items():
        if outcome != "passed":
            return f"{test} {_in_words(outcome)} on the secure code"
    for test, outcome in vulnerable.tests.items():
        if outcome != "passed" and (kinds[test] == "functional" or outcome != "failed"):
            return f"{test} {_in_words(outcome)} on the twin"
    if "failed" not in vulnerable.tests.values():
        return "no test_security_* fails on the twin"
    return ""


def _kind(test: str) -> str:
    for kind in ("functional", "security"):
        if test.startswith(f"test_{kind}_"):
            return kind
    return "other"


def _in_words(outcome: str) -> str:
    return {"failed": "fails", "error": "cannot be run (error around the test)", "skipped": "is skipped"}[outcome]


def _run_sides(demonstration: Demonstration) -> tuple[Side, Side]:
    """Run both sides in one box. Each gets what it would get in a box of its own, and as much time."""
    test = demonstration.proof.test or ""
    besides = [
        _beside(demonstration.language, code or "", test) for code in (demonstration.code, demonstration.vulnerable)
    ]
    asked = [json.dumps({"files": files, "arguments": _PYTEST}).encode() + b"\n" for files in besides]
    began, ended = [time.monotonic()], list[sandbox.Outcome]()

    def hear(line: bytes) -> bytes:
        began.append(time.monotonic())
        ended.append(_read_answer(line, began[-1] - began[-2]))
        return asked[1] if len(ended) == 1 else b""

    whole = sandbox.run(
        ("python3", "sides.py"),
        files={"sides.py": _sides()},
        shown=_shown(demonstration.language),
        stdin=asked[0],
        env=_ENVIRONMENT,
        limits=replace(LIMITS, seconds=2 * LIMITS.seconds, output_bytes=_MAX_TOLD),
        dialogue=hear,
    )
    secure, vulnerable = map(read_report, [*ended, whole, whole][:2])  # what was not told ended as the whole did
    return secure, vulnerable


def _read_answer(line: bytes, seconds: float) -> sandbox.Outcome:
    """Read how a side ended from what the box said, which is untrusted."""
    try:
        answer = json.loads(line)
        code, said, report = int(answer["code"]), str(answer["said"]), answer["report"]
        files = {} if report is None else {REPORT: str(report).encode("utf-8", "surrogateescape")}
        return sandbox.Outcome(code, said.encode(), b"", seconds, timed_out=False, files=files)
    except (ValueError, TypeError, KeyError, RecursionError):
        return sandbox.Outcome(None, b"", b"", seconds, timed_out=False)


def _beside(language: str, code: str, test: str) -> dict[str, str]:
    return {f"subject{EXTENSION[language]}": code, "proof.py": test, **fixtures()}


def _shown(language: str) -> dict[str, Path]:
    """Return what the box shows of this machine beside its programs."""
    archive = javac.archive() if language == "java" else None
    return {javac.NAME: archive} if archive else {}


def run_tests(language: str, code: str, test: str, limits: sandbox.Limits | None = None) -> Side:
    """Run a pytest module in the sandbox, beside the code it judges and the `fixtures`.

    Args:
        language: The code's; it becomes `subject.<ext>`.
        code: A whole file.
        test: The module.
        limits: What it may use; None means `LIMITS`.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    command, beside = ("python3", "-m", "pytest", *_PYTEST), _beside(language, code, test)
    limits = limits or LIMITS
    outcome = sandbox.run(command, files=beside, env=_ENVIRONMENT, limits=limits, keep=[REPORT], shown=_shown(language))
    return read_report(outcome)


def read_report(outcome: sandbox.Outcome) -> Side:
    """Return what a boxed pytest reported. It is believed only as far as report and exit code agree."""
    seconds = round(outcome.seconds, 3)
    if outcome.killed:
        return Side(seconds=seconds, problem=f"it was stopped by a limit ({outcome.killed})")
    report = outcome.files.get(REPORT)
    if report is None:
        return Side(seconds=seconds, problem=f"it ended without a report (exit code {outcome.exit_code})")
    try:
        tests, messages = _parse(report)
    except ValueError as error:
        return Side(seconds=seconds, problem=f"its report cannot be used: {error}")
    if outcome.exit_code not in (0, 1):
        errors = filter(None, map(_ERROR.match, outcome.stdout.decode(errors="replace").splitlines()))
        said = next((error[1].strip() for error in errors), f"exit code {outcome.exit_code}")
        return Side(seconds=seconds, problem=f"the tests could not be run: {said[:200]}")
    expected = 0 if set(tests.values()) <= {"passed", "skipped"} else 1
    if not tests or outcome.exit_code != expected:
        return Side(tests, seconds, f"its report and its exit code ({outcome.exit_code}) contradict each other")
    return Side(tests, seconds, messages=messages)


def _parse(report: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Read the outcome and the message of each test from JUnit XML, which is untrusted.

    Raises:
        ValueError: If it is too large, no such XML, or names a test twice.
    """
    text = report[: _MAX_REPORT + 1].decode("utf-8")
    if len(text) > _MAX_REPORT or "<!" in text.replace("<![CDATA[", ""):  # declarations are how XML makes bombs
        raise ValueError("too large, or with declarations")
    tests: dict[str, str] = {}
    messages: dict[str, str] = {}
    try:
        suites = ElementTree.fromstring(text)  # noqa: S314
    except ElementTree.ParseError as error:
        raise ValueError(f"no XML ({error})") from None
    for case in suites.iter("testcase"):
        name = case.get("name", "")
        if not case.get("classname"):
            continue  # pytest's own entry for a module it could not collect; the exit code says so too
        kinds = {child.tag: child.get("message", "") for child in case}
        outcome = next((kind for kind in ("error", "failure", "skipped") if kind in kinds), "passed")
        if name in tests:
            # An error around a test that had already been reported: the worse of the two counts.
            outcome = "error" if "error" in (outcome, tests[name]) else tests[name]
        tests[name] = {"failure": "failed"}.get(outcome, outcome)
        if said := kinds.get(outcome):
            messages[name] = said
    return tests, messages


@cache
def fixtures() -> Mapping[str, str]:
    """Return the files beside every proof by their paths: `conftest.py`, what it imports, and the folder `given`."""
    given = _HERE / "proof_given"
    paths = {f"given/{path.relative_to(given).as_posix()}": path for path in sorted(given.rglob("*")) if path.is_file()}
    paths["conftest.py"] = _HERE / "proof_conftest.py"
    paths["standards.py"] = Path(standards.__file__)
    return {name: path.read_text(encoding="utf-8") for name, path in paths.items()}


@cache
def _sides() -> str:
    """Return the program that runs both sides in the box."""
    return (_HERE / "proof_sides.py").read_text(encoding="utf-8")


# --- the cache of results -------------------------------------------------------------------------------------------


def _cache_file(demonstration: Demonstration) -> Path:
    """Return where the result for this very content, proof, fixtures and interpreter is cached."""
    about = [demonstration.id, demonstration.proof.test, fixtures(), _sides(), sys.version, _PYTEST]
    return cache_dir() / "proofs" / f"{hashlib.sha256(json.dumps(about).encode()).hexdigest()[:32]}.json"


def _kept(demonstration: Demonstration) -> ProofResult | None:
    """Return the result that is kept of a proof; None if there is none, or it is damaged."""
    try:
        saved = json.loads(_cache_file(demonstration).read_text(encoding="utf-8"))
        return ProofResult(demonstration.id, "proven", "", Side(**saved["secure"]), Side(**saved["vulnerable"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remember(path: Path, result: ProofResult) -> None:
    def plain(side: Side) -> Mapping[str, object]:
        return {"tests": side.tests, "seconds": side.seconds}

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as fresh, fresh.open("w", encoding="utf-8") as file:
            json.dump({"secure": plain(result.secure), "vulnerable": plain(result.vulnerable)}, file)
    except OSError:
        pass  # a cache that cannot be written only costs time
