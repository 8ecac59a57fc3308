"""The one rule from checks to verdict, in its order."""

import pytest

from seccoder.oracles.verdict import combine, on_target
from seccoder.types import Check, Finding, Label, Source, Task

SOURCE = Source("x", "python", "CWE-89")
FREE = Source("x", "python")
SQL = Finding("bandit", "B608", "CWE-89", 3, "SQL built from strings")
SHELL = Finding("bandit", "B602", "CWE-78", 4, "a shell")
LINT = Finding("bandit", "B000", None, 5, "no weakness")


def executed(**more):
    return Check("executed", "1", "executed", analysed=True, **more)


def static(**more):
    return Check("bandit", "1", "static", analysed=True, **more)


def absent(oracle="gcc", reason="gcc is not installed", evidence="static"):
    return Check(oracle, "", evidence, analysed=False, reason=reason)


BROKEN = Check("syntax", "", "static", analysed=False, valid=False, reason="line 1: no")
EXPLOITED = executed(
    flagged=True, exercised=True, findings=(Finding("executed", "sql", "CWE-89", None, "all rows came"),)
)
PASSED = executed(exercised=True, valid=True)
INERT = executed(exercised=False, reason="no query was made")
FLAGGED = static(flagged=True, findings=(SQL, SHELL))
CLEAN = static(valid=True)

# In the order of the rule: whatever comes first in this list wins over everything after it.
ORDER = [
    (BROKEN, Label.INVALID, None, "line 1: no"),
    (EXPLOITED, Label.VULNERABLE, "executed", "executed: all rows came"),
    (PASSED, Label.SECURE, "executed", ""),
    (FLAGGED, Label.VULNERABLE, "static", "bandit: SQL built from strings"),
    (INERT, Label.UNKNOWN, None, "inert"),
    (CLEAN, Label.UNKNOWN, None, "not-flagged"),
    (absent(), Label.UNKNOWN, None, "gcc: gcc is not installed"),
]


@pytest.mark.parametrize("first", range(len(ORDER)))
@pytest.mark.parametrize("second", range(len(ORDER)))
def test_the_first_line_that_holds_decides(first, second):
    _, label, evidence, reason = ORDER[min(first, second)]
    verdict = combine(SOURCE, [ORDER[place][0] for place in sorted({first, second}, reverse=second < first)])
    assert (verdict.label, verdict.evidence, verdict.reason) == (label, evidence, reason)


def test_static_findings_stay_listed_beside_executed_evidence():
    verdict = combine(SOURCE, [PASSED, FLAGGED])
    assert verdict.label is Label.SECURE
    assert verdict.findings == (SQL, SHELL)
    assert verdict.cwes == ()
    assert verdict.exercised is True


def test_a_compilers_proof_beats_a_run_that_found_nothing():
    proof = Check("gcc", "12", "executed", analysed=True, flagged=True, findings=(SQL,))
    verdict = combine(SOURCE, [PASSED, proof])
    assert (verdict.label, verdict.evidence, verdict.cwes) == (Label.VULNERABLE, "executed", ("CWE-89",))


def test_a_run_without_a_control_is_not_secure():
    assert combine(SOURCE, [executed()]).label is Label.UNKNOWN
    assert combine(SOURCE, [executed()]).exercised is None


def test_cwes_are_those_that_count():
    assert combine(SOURCE, [FLAGGED]).cwes == ("CWE-89",)
    assert combine(FREE, [FLAGGED]).cwes == ("CWE-89", "CWE-78")
    assert combine(SOURCE, [executed(flagged=True, exercised=True, reason="worked")]).cwes == ("CWE-89",)


def test_families_count_and_findings_without_a_cwe_do_not():
    source = Source("x", "c", "CWE-787")
    near = Finding("gcc", "w", "CWE-121", 1, "stack")
    assert on_target(source, [near, SQL, LINT]) == (near,)
    assert on_target(FREE, [near, SQL, LINT]) == (near, SQL, LINT)


def test_where_running_failed_the_reason_says_why():
    task = Task("t", "python", "CWE-89", "x")
    source = Source("x", "python", "CWE-89", task)
    unrun = absent("executed", "bubblewrap is not installed", "executed")
    assert combine(source, [unrun, CLEAN]).reason == "not-flagged; not run: bubblewrap is not installed"
    assert combine(SOURCE, [unrun, CLEAN]).reason == "not-flagged"


def test_reasons_are_told_once_and_other_languages_only_if_there_is_nothing_else():
    checks = [absent("a", "does not cover go"), absent("b", "does not cover go")]
    assert combine(FREE, checks).reason == "a, b: does not cover go"
    assert combine(FREE, [*checks, absent("c", "it crashed")]).reason == "c: it crashed"
    assert combine(FREE, []).reason == "no oracle looked at it"
