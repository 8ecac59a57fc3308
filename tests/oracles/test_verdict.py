"""The one rule from checks to verdict, in its order."""

from dataclasses import replace

import pytest

from seccoder.oracles.verdict import combine, not_analysed, on_target, rank
from seccoder.types import Check, Finding, Label, Source, Task, Unknown, Why

SOURCE = Source("x", "python", "CWE-89")
FREE = Source("x", "python")
SQL = Finding("bandit", "B608", "CWE-89", 3, "SQL built from strings")
SHELL = Finding("bandit", "B602", "CWE-78", 4, "a shell")
LINT = Finding("bandit", "B000", None, 5, "no weakness")


def executed(**more):
    return Check("executed", "1", "executed", analysed=True, **more)


def static(**more):
    return Check("bandit", "1", "static", analysed=True, **more)


def absent(oracle="gcc", reason="gcc is not installed", evidence="static", why=None):
    return Check(oracle, "", evidence, analysed=False, reason=reason, why=why)


BROKEN = Check("syntax", "", "static", analysed=False, valid=False, reason="line 1: no")
EXPLOITED = executed(
    flagged=True, exercised=True, findings=(Finding("executed", "sql", "CWE-89", None, "all rows came"),)
)
PASSED = executed(exercised=True)
INERT = executed(exercised=False, reason="no query was made")
FLAGGED = static(flagged=True, findings=(SQL, SHELL))
CLEAN = static(valid=True)

# In the order of the rule: whatever comes first in this list wins over everything after it.
ORDER = [
    (EXPLOITED, Label.VULNERABLE, "executed", "all rows came", None),
    (BROKEN, Label.INVALID, None, "line 1: no", None),
    (PASSED, Label.SECURE, "executed", "", None),
    (FLAGGED, Label.VULNERABLE, "static", "bandit: SQL built from strings", None),
    (INERT, Label.UNKNOWN, None, "inert: no query was made", Unknown.INERT),
    (CLEAN, Label.UNKNOWN, None, "not-flagged", Unknown.NOT_FLAGGED),
    (absent(), Label.UNKNOWN, None, "gcc: gcc is not installed", Unknown.NOT_ANALYSED),
]


@pytest.mark.parametrize("first", range(len(ORDER)))
@pytest.mark.parametrize("second", range(len(ORDER)))
def test_the_first_line_that_holds_decides(first, second):
    _, label, evidence, reason, kind = ORDER[min(first, second)]
    verdict = combine(SOURCE, [ORDER[place][0] for place in sorted({first, second}, reverse=second < first)])
    assert (verdict.label, verdict.evidence, verdict.reason, verdict.kind) == (label, evidence, reason, kind)


def test_what_was_compiled_and_run_is_not_invalid():
    ran = executed(exercised=True, valid=True)
    assert combine(SOURCE, [BROKEN, ran]).label is Label.SECURE
    assert combine(SOURCE, [BROKEN, executed(exercised=False, valid=True)]).label is Label.UNKNOWN
    assert combine(SOURCE, [BROKEN, executed(valid=False)]).label is Label.INVALID


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


def test_a_missing_tool_is_named_beside_what_was_only_read():
    unrun = absent("executed", "install it with: apt-get install clang", "executed", Why.MISSING_TOOL)
    verdict = combine(SOURCE, [unrun, CLEAN])
    assert verdict.reason == "not-flagged; not run: install it with: apt-get install clang"
    assert (verdict.label, verdict.kind) == (Label.UNKNOWN, Unknown.NOT_FLAGGED)


def test_the_oracle_is_named_where_the_evidence_does_not_name_it():
    found = (Finding("gcc", "w", "CWE-89", None, "told"),)
    proof = Check("gcc", "12", "executed", analysed=True, flagged=True, findings=found)
    assert combine(SOURCE, [proof]).reason == "gcc: told"
    assert combine(SOURCE, [executed(flagged=True, exercised=True, findings=found)]).reason == "told"


def test_what_the_oracle_puts_first_is_told_where_the_table_of_cwes_knows_no_kinship():
    source = Source("x", "python", "CWE-59")
    led = Finding("executed", "exploit-cwe-22", "CWE-22", None, "through a link")
    verdict = combine(source, [executed(flagged=True, exercised=True, findings=(led,))])
    assert (verdict.label, verdict.reason, verdict.cwes) == (Label.VULNERABLE, "through a link", ("CWE-59",))


def test_the_rank_goes_by_kinds():
    alone = not_analysed("executed", "it does not compile here: line 1: undefined: x", why=Why.NOT_COMPILED)
    better_first = (PASSED, CLEAN, absent(), INERT, alone, BROKEN, FLAGGED, EXPLOITED)
    assert [rank(combine(SOURCE, [check])) for check in better_first] == list(range(8))


def test_reasons_are_told_once_and_other_languages_only_if_there_is_nothing_else():
    checks = [absent(name, "does not cover go", why=Why.NOT_COVERED) for name in "ab"]
    assert combine(FREE, checks).reason == "a, b: does not cover go"
    assert combine(FREE, [*checks, absent("c", "it crashed")]).reason == "c: it crashed"
    assert combine(FREE, []).reason == "no oracle looked at it"


def test_a_static_finding_on_a_line_that_no_benign_run_executed_is_not_outvoted():
    finding = Finding("bandit", "B608", "CWE-89", 7, "SQL built from strings")
    noted = static(flagged=True, findings=(finding,))
    assert combine(SOURCE, [PASSED, noted]).label is Label.SECURE
    verdict = combine(SOURCE, [replace(PASSED, unreached=(6, 7)), noted])
    assert (verdict.label, verdict.evidence) == (Label.VULNERABLE, "static")


def test_findings_that_decide_nothing_are_told():
    verdict = combine(replace(SOURCE, cwe=None), [static(valid=True, findings=(SHELL,))])
    assert (verdict.label, verdict.kind) == (Label.UNKNOWN, Unknown.NOT_FLAGGED)
    assert verdict.reason == "not-flagged; 1 finding(s) that decide nothing by themselves"
