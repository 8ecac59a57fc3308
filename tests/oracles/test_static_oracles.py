"""bandit, gcc and syntax: both ways, on hostile input, and when the tool fails; and the contract of one check each."""

import json
from dataclasses import replace

import pytest

from conftest import missing, need_tool
from seccoder import oracles, sandbox
from seccoder.errors import UsageError
from seccoder.oracles.static import gcc, tools
from seccoder.oracles.static.bandit import Bandit
from seccoder.oracles.static.gcc import Gcc
from seccoder.oracles.static.syntax import Syntax
from seccoder.types import Check, Source

UNSAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'
SAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run(["du", "-sh", "--", name], check=False)\n'


def python(text, cwe=None):
    return Source(text, "python", cwe)


def c(text, cwe=None):
    return Source(text, "c", cwe)


# --- bandit ----------------------------------------------------------------------------------------------------------


def test_bandit_both_ways():
    targets = (UNSAFE, "CWE-78"), (SAFE, "CWE-78"), (UNSAFE, "CWE-89"), (UNSAFE, None)
    unsafe, safe, other, untold = Bandit().check([python(*target) for target in targets])
    assert (unsafe.analysed, unsafe.flagged, unsafe.valid, unsafe.evidence) == (True, True, True, "static")
    (finding,) = unsafe.findings
    assert (finding.rule, finding.cwe, finding.line) == ("B602", "CWE-78", 5)
    assert (safe.analysed, safe.flagged, safe.findings) == (True, False, ())
    assert (other.flagged, len(other.findings)) == (False, 1)
    assert (untold.flagged, untold.findings) == (False, unsafe.findings)  # shown, and no verdict by itself
    assert unsafe.version.startswith("1.")
    assert unsafe.seconds > 0


def test_bandit_finds_the_weakness_that_its_rule_describes():
    texts = {"CWE-95": "eval(input())\n", "CWE-94": "exec(input())\n", "CWE-502": "import yaml\nyaml.load(open(0))\n"}
    checks = Bandit().check([python(text, cwe) for cwe, text in texts.items()])
    assert [[finding.cwe for finding in check.findings] for check in checks] == [[cwe] for cwe in texts]
    assert all(check.flagged for check in checks)


@pytest.mark.parametrize("comment", ["# nosec", "# nosec B602", "#nosec"])
def test_code_cannot_silence_bandit(comment):
    (check,) = Bandit().check([python(UNSAFE.rstrip() + f"  {comment}\n", "CWE-78")])
    assert check.flagged


def test_bandit_never_runs_or_imports_the_code(tmp_path):
    target = tmp_path / "ran"
    evil = f"open({str(target)!r}, 'w').close()\n"
    checks = Bandit().check(
        [python(evil), python("import source_000000\n"), python("import bandit, json, os\n" + evil)]
    )
    assert all(check.analysed for check in checks)
    assert not target.exists()


@pytest.mark.parametrize("text", ["def f(:\n", "x = 1\0", "x = '\ud800'", "(" * 100_000, "\ufffe\0\0"])
def test_bandit_on_what_does_not_parse(text):
    bad, good = Bandit().check([python(text), python(UNSAFE, "CWE-78")])
    assert (bad.analysed, bad.flagged, bad.valid) == (False, False, False)
    assert bad.reason
    assert good.flagged  # one bad file does not cost the other


def test_bandit_on_an_empty_file_and_on_none():
    (check,) = Bandit().check([python("")])
    assert (check.analysed, check.flagged) == (True, False)
    assert Bandit().check([]) == []


def test_bandit_leaves_other_languages():
    first, second = Bandit().check([c("int x;"), python(UNSAFE, "CWE-78")])
    assert (first.analysed, first.reason) == (False, "does not cover c")
    assert second.flagged


def fails(why):
    def run(*args, **kwargs):
        raise tools.Failed(why)

    return run


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (fails("bandit failed with exit status 2: boom"), "exit status 2: boom"),
        (lambda *args, **kwargs: b"not json", "report"),
        (lambda *args, **kwargs: b"{}", "report"),
        (lambda *args, **kwargs: b'{"errors": [], "results": [], "metrics": {"_totals": {}}}', "did not list"),
    ],
)
def test_a_failing_bandit_is_never_clean(monkeypatch, run, told):
    monkeypatch.setattr(tools, "run", run)
    for check in Bandit().check([python(SAFE), python(UNSAFE)]):
        assert (check.analysed, check.flagged, check.valid) == (False, False, None)
        assert told in check.reason


def test_after_a_batch_fails_each_file_is_tried_alone(monkeypatch):
    real = tools.run
    calls = []

    def first_times_out(*args, **kwargs):
        calls.append(args)
        if len(calls) == 1:
            raise tools.Failed("bandit took longer than 1 seconds")
        return real(*args, **kwargs)

    monkeypatch.setattr(tools, "run", first_times_out)
    unsafe, safe = Bandit().check([python(UNSAFE, "CWE-78"), python(SAFE)])
    assert (unsafe.flagged, safe.flagged) == (True, False)
    assert unsafe.analysed
    assert safe.analysed
    assert len(calls) == 3


# --- gcc -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def compiler():
    if reason := sandbox.unavailable():
        missing(f"the sandbox ({reason})")


DOUBLE_FREE = (
    "#include <stdlib.h>\nint main(void) {\n    char *p = malloc(9);\n    free(p);\n    free(p);\n    return 0;\n}\n"
)
OVERFLOW = (
    '#include <string.h>\nchar b[4];\nint main(void) {\n    strcpy(b, "far too long for it");\n    return b[0];\n}\n'
)
FINE = '#include <stdio.h>\nint main(int argc, char **argv) {\n    printf("%d\\n", argc);\n    return argv == 0;\n}\n'

gcc_tests = [pytest.mark.tool, pytest.mark.usefixtures("compiler")]


class TestGcc:
    pytestmark = gcc_tests

    def test_both_ways(self):
        double, overflow, fine = Gcc().check([c(DOUBLE_FREE), c(OVERFLOW), c(FINE)])
        assert ("CWE-415", 5) in {(finding.cwe, finding.line) for finding in double.findings}
        assert "CWE-787" in {finding.cwe for finding in overflow.findings}
        for check in (double, overflow):
            assert (check.analysed, check.flagged, check.valid, check.evidence) == (True, True, True, "static")
        assert (fine.analysed, fine.flagged, fine.valid, fine.findings) == (True, False, True, ())

    def test_a_finding_of_the_targets_family_is_a_proof_and_another_is_not(self):
        hit, miss = Gcc().check([c(DOUBLE_FREE, "CWE-416"), c(DOUBLE_FREE, "CWE-190")])
        assert (hit.flagged, hit.evidence) == (True, "executed")
        assert (miss.flagged, miss.evidence) == (False, "static")
        assert miss.findings

    @pytest.mark.parametrize(
        "silencer",
        [
            '#pragma GCC diagnostic ignored "-Wanalyzer-double-free"',
            '# pragma GCC diagnostic ignored "-Wanalyzer-double-free"',
            '_Pragma("GCC diagnostic ignored \\"-Wanalyzer-double-free\\"")'.replace('\\"', "'"),
            "#pragma GCC system_header",
            '# 1 "/usr/include/x.h" 3',
            '#line 1 "other.c"',
        ],
    )
    def test_code_cannot_silence_it(self, silencer):
        (check,) = Gcc().check([c(f"{silencer}\n{DOUBLE_FREE}")])
        assert ("CWE-415", 6) in {(finding.cwe, finding.line) for finding in check.findings}

    def test_what_does_not_compile(self):
        broken, header, empty = Gcc().check([c("int main(void) { return 0 }"), c('#include "no.h"\nint x;'), c("")])
        assert (broken.analysed, broken.valid) == (False, False)
        assert broken.reason.startswith("line 1: expected")
        assert (header.analysed, header.valid) == (False, None)
        assert "header is not installed" in header.reason
        assert (empty.analysed, empty.valid) == (True, True)

    def test_hostile_sources_are_not_analysed_and_say_why(self, monkeypatch):
        monkeypatch.setattr(gcc, "_LIMITS", replace(gcc._LIMITS, seconds=3))  # neither would end in time anyway
        deep = "int main(void) { return " + "(" * 200_000 + "; }"
        bomb = (
            "#define A0 0,\n"
            + "".join(f"#define A{i} A{i - 1} A{i - 1}\n" for i in range(1, 41))
            + "int x[] = { A40 };"
        )
        for check in Gcc().check([c(deep), c(bomb)]):
            assert (check.analysed, check.flagged, check.valid) == (False, False, None)
            assert check.reason.startswith("gcc was stopped")

    def test_source_cannot_read_files_of_this_machine(self, tmp_path):
        secret = tmp_path / "secret.h"
        secret.write_text("int leaked;\n")
        (check,) = Gcc().check([c(f'#include "{secret}"\n')])
        assert (check.analysed, check.valid) == (False, None)

    def test_other_languages_are_left(self):
        assert Gcc().check([python(SAFE)])[0].reason == "does not cover python"


def test_without_a_sandbox_gcc_does_not_look(monkeypatch):
    monkeypatch.setattr(sandbox, "unavailable", lambda: "bubblewrap is not installed")
    (check,) = Gcc().check([c(FINE)])
    assert (check.analysed, check.reason) == (False, "bubblewrap is not installed")


# A report as gcc 13 to 16 write it (gcc/diagnostic-format-sarif.cc of 13.2 and 15.1); gcc 14 and later indent it.
SARIF = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {"driver": {"name": "GNU C11", "version": "14.2.0", "rules": [{"id": "-Wanalyzer-double-free"}]}},
            "taxonomies": [{"name": "CWE", "taxa": [{"id": "415"}]}],
            "results": [
                {
                    "ruleId": "-Wanalyzer-double-free",
                    "taxa": [{"id": "415", "toolComponent": {"name": "cwe"}}],
                    "level": "warning",
                    "message": {"text": "double-'free' of 'p'"},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "source.c", "uriBaseId": "PWD"},
                                "region": {"startLine": 2, "startColumn": 28, "endColumn": 35},
                            }
                        }
                    ],
                }
            ],
        }
    ],
}
# The same of gcc 12, and of gcc 14, which indents it.
JSON = [
    {
        "kind": "warning",
        "locations": [{"caret": {"file": "source.c", "line": 2, "column": 28}}],
        "message": "double-'free' of 'p'",
        "option": "-Wanalyzer-double-free",
        "metadata": {"cwe": 415},
    }
]
REPORTS = [
    (version, report, indent)
    for version in "12.2.0 13.2.0 14.2.0 16.1.0".split()
    for report in [SARIF if version > "13" else JSON]
    for indent in (None, 2)
]


@pytest.mark.parametrize(("version", "report", "indent"), REPORTS)
def test_gcc_is_asked_for_the_report_that_its_version_writes(version, report, indent, monkeypatch):
    asked = []

    def run(command, **_):
        asked.append(command[-1])
        said = f"cc1: note: beside it\n{json.dumps(report, indent=indent)}\nleft over\n"
        return sandbox.Outcome(0, b"", said.encode(), 0.1, False)

    monkeypatch.setattr(gcc, "_version", lambda: version)
    monkeypatch.setattr(sandbox, "unavailable", lambda: None)
    monkeypatch.setattr(sandbox, "run", run)
    (check,) = Gcc().check([c("void f(char *p) {\n free(p); free(p);\n}\n", "CWE-415")])
    (finding,) = check.findings
    assert (finding.rule, finding.cwe, finding.line) == ("-Wanalyzer-double-free", "CWE-415", 2)
    assert check.flagged and check.version == version
    assert set(asked) == {"-fdiagnostics-format=" + ("json" if version == "12.2.0" else "sarif-stderr")}


def test_a_report_that_gcc_does_not_write_is_named_by_its_option(monkeypatch):
    told = "gcc: error: unrecognized argument in option '-fdiagnostics-format=json'\n"
    monkeypatch.setattr(gcc, "_version", lambda: "16.1.0")
    monkeypatch.setattr(sandbox, "unavailable", lambda: None)
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: sandbox.Outcome(1, b"", told.encode(), 0.1, False))
    (check,) = Gcc().check([c("int x;\n")])
    assert not check.analysed and check.valid is None
    assert check.reason.startswith("gcc 16.1.0 wrote no report with -fdiagnostics-format=sarif-stderr: gcc: error: unr")


# --- syntax and the contract -----------------------------------------------------------------------------------------


def test_syntax_says_whether_it_parses_and_nothing_about_security():
    need_tool("node")
    sources = [Source("let a = 1;", "javascript"), Source("let = ;", "javascript"), python("x ="), Source("?", "cobol")]
    checks = Syntax().check(sources)
    assert [check.valid for check in checks] == [True, False, False, None]
    assert not any(check.analysed or check.flagged for check in checks)


def test_syntax_compiles_c_unless_gcc_is_asked_too():
    need_tool("gcc")
    wrong = [c("int main(void) { return x; }")]
    assert Syntax().check(wrong)[0].valid is False
    alone, beside = oracles.load(["codeql", "syntax"])[1], oracles.load(["gcc", "syntax"])[1]
    assert alone.check(wrong)[0].valid is False and beside.check(wrong)[0].valid is None


class Broken:
    name = "broken"

    def __init__(self, answer):
        self.answer = answer

    def check(self, sources):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_every_oracle_and_source_get_one_check_whatever_happens():
    fine = Check("broken", "", "static", analysed=True)
    asked = [Broken(RuntimeError("boom\nbang")), Broken([]), Broken([fine, fine]), Bandit()]
    progress = []
    answers = oracles.check(
        [python(UNSAFE, "CWE-78"), c("int x;")], asked, lambda done, total: progress.append((done, total))
    )
    assert [len(checks) for checks in answers] == [4, 4]
    assert answers[0][0].reason == "the oracle failed: RuntimeError: boom bang"
    assert "0 checks for 2 sources" in answers[1][1].reason
    assert not answers[0][0].analysed
    assert not answers[1][1].analysed
    assert answers[0][2] is fine
    assert answers[0][3].flagged
    assert progress[-1] == (2, 2)


def test_no_sources_and_no_oracles():
    assert oracles.check([], [Bandit()]) == []
    assert oracles.check([python(SAFE)], []) == [[]]


def test_loading_by_name():
    assert [oracle.name for oracle in oracles.load(["gcc", "bandit", "gcc"])] == ["gcc", "bandit"]
    assert [oracle.name for oracle in oracles.load()] == ["executed", "bandit", "gcc", "syntax"]
    assert [oracle.name for oracle in oracles.load(list(oracles.oracles))] == list(oracles.oracles)
    with pytest.raises(UsageError, match="unknown oracle 'lint'; known: executed, bandit, gcc, syntax, ruff"):
        oracles.load(["lint"])
