"""Proofs: a good one is proven; what fails the rules, lies or ends early is not."""

import json
import os
import shutil

import pytest

from seccoder import sandbox
from seccoder.code.languages import FACTS
from seccoder.codebase import proof, proof_sides
from seccoder.codebase.proof import Side, judge
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

SECURE = """
def read(name):
    if "/" in name:
        raise ValueError(name)
    return "content of " + name
"""
TWIN = """
def read(name):
    return "content of " + name
"""
TEST = """
import pytest
import subject

def test_functional_reads():
    assert subject.read("a") == "content of a"

@pytest.mark.parametrize("name", ["/etc/passwd", "a/../b"])
def test_security_no_path(name):
    with pytest.raises(ValueError):
        subject.read(name)
"""
C_SECURE = (
    '#include <stdio.h>\nint main(int n, char **a) { char b[8]; snprintf(b, 8, "%s", a[1]); puts(b); return 0; }\n'
)
C_TWIN = C_SECURE.replace("snprintf(b, 8, ", "sprintf(b, ")
C_TEST = """
def test_functional_echo(build):
    assert build()("hello").out == b"hello\\n"

def test_security_long(build):
    assert not build()("x" * 100).memory_error
"""


def made(code=SECURE, twin=TWIN, test=TEST, language="python"):
    evidence = Proof(ProofLevel.EXECUTED, test)
    return Demonstration(language, ("CWE-22",), "read", code, twin, evidence, Provenance("test"))


@pytest.fixture
def box():
    from conftest import missing

    if why_not := sandbox.unavailable():
        missing(why_not)


needs_box = pytest.mark.usefixtures("box")


@needs_box
@pytest.mark.tool
def test_a_good_proof_is_proven_and_remembered():
    first = proof.run(made())
    assert (first.status, first.reason) == ("proven", "")
    assert first.secure.tests == dict.fromkeys(first.secure.tests, "passed") and len(first.secure.tests) == 3
    assert sorted(first.vulnerable.tests.values()) == ["failed", "failed", "passed"]
    assert proof.run(made()) == first  # with the seconds of the first run: it was not run again
    assert proof.run(made(), fresh=True).seconds != first.seconds
    assert proof.run(made(test=TEST + "\n# other\n")).seconds != first.seconds  # the proof is part of the key


@needs_box
@pytest.mark.tool
def test_a_remembered_result_that_is_damaged_is_had_again(tmp_path, monkeypatch):
    monkeypatch.setenv("SECCODER_CACHE", str(tmp_path))
    assert proof.run(made()).status == "proven"
    (remembered,) = (tmp_path / "proofs").iterdir()
    for damage in ("", json.dumps({"secure": {"tests": {}, "x": 1}, "vulnerable": {}})):
        remembered.write_text(damage)
        assert len(proof.run(made()).secure.tests) == 3


@needs_box
@pytest.mark.tool
def test_c_code_is_built_with_sanitizers():
    assert proof.run(made(C_SECURE, C_TWIN, C_TEST, "c")).status == "proven"
    backwards = proof.run(made(C_TWIN, C_SECURE, C_TEST, "c"))
    assert (backwards.status, backwards.reason) == ("failed", "test_security_long fails on the secure code")


@needs_box
@pytest.mark.parametrize(
    ("language", "test", "tool"),
    [
        *((name, TEST, facts.toolchain[0]) for name, facts in FACTS.items() if facts.toolchain),
        ("python", "def test_functional_it(tmp_path, certificate): ...\n", "openssl"),
    ],
)
def test_what_needs_a_program_that_is_not_here_is_not_run(monkeypatch, language, test, tool):
    which = shutil.which
    monkeypatch.setattr(proof.shutil, "which", lambda name: None if name == tool else which(name) or name)
    result = proof.run(made(test=test, language=language))
    assert (result.status, result.reason) == ("not-run", f"{tool} is not installed")


@needs_box
@pytest.mark.tool
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"twin": SECURE}, "no test_security_* fails on the twin"),
        ({"twin": "import nothing_of_this_name\n"}, "on the twin: the tests could not be run: ModuleNotFoundError"),
        (
            {"twin": "read = nothing\n"},
            "on the twin: the tests could not be run: NameError: name 'nothing' is not defined",
        ),
        ({"twin": "import os; os._exit(0)\n"}, "on the twin: it ended without a report (exit code 0)"),
        ({"code": "import os; os._exit(0)\n"}, "on the secure code: it ended without a report"),
        (
            {"twin": TWIN.replace("return", "import os; '/' in name and os._exit(1)\n    return")},
            "ended without a report",
        ),
        ({"test": "import subject\n"}, "on the secure code: the tests could not be run: exit code 5"),
    ],
)
def test_what_breaks_a_rule_is_not_proven(change, reason):
    result = proof.run(made(**change))
    assert result.status == "failed" and reason in result.reason and "\n" not in result.reason


LEAVES = """
import builtins, json, os, time
from pathlib import Path
for folder in ("/box", "/tmp", "/dev/shm"):
    Path(folder, "left").mkdir(exist_ok=True)
    Path(folder, "left", "it").write_text("x")
    Path(folder, "left").chmod(0)
os.environ["LEFT"] = builtins.LEFT = "x"
json.loads = lambda text: "patched"
if not os.fork():
    os.setsid()
    if not os.fork():
        while True:
            Path("/box/subject.py").write_text("raise RuntimeError")
            time.sleep(0.01)
    os._exit(0)
"""
FINDS = """
import builtins, json, os
from pytest import fixture

@fixture(autouse=True)
def fresh():
    places = ["/box/left", "/tmp/left", "/dev/shm/left"]
    assert not any(map(os.path.exists, places)) and "LEFT" not in os.environ
    assert not hasattr(builtins, "LEFT") and json.loads("[]") == []
"""


@needs_box
@pytest.mark.tool
def test_what_the_first_side_leaves_is_gone_before_the_second():
    late = SECURE.replace("def read(name):", "def read(name):\n    if name == 'leave':\n        exec(LEAVES)", 1)
    late += f"\nLEAVES = {LEAVES!r}\n"
    test = FINDS + TEST + "\ndef test_security_z_last():\n    subject.read('leave')\n"
    result = proof.run(made(code=late, twin=TWIN, test=test))
    assert (result.status, result.reason) == ("proven", "")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a folder that is somebody else's")
def test_what_the_box_shows_below_a_writable_folder_stays(tmp_path, monkeypatch):
    """An interpreter may lie below /tmp; its folder there belongs to nobody in the box."""
    shown, left = tmp_path / "top" / "interpreter", tmp_path / "top" / "left"
    for folder in (shown, left / "deep", tmp_path / "work"):
        folder.mkdir(parents=True)
    os.chown(shown, 12_345, 12_345)
    left.chmod(0)
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(proof_sides, "_WRITABLE", (str(tmp_path / "top"),))
    proof_sides._sweep()
    assert shown.is_dir() and not left.exists()


@needs_box
@pytest.mark.tool
@pytest.mark.parametrize("what", ["os.kill(os.getppid(), 9)", "json.dumps = str; builtins.open = None; os._exit(0)"])
def test_the_second_side_cannot_touch_what_the_first_one_showed(what):
    result = proof.run(made(twin=f"import builtins, json, os\n{what}\n"))
    assert set(result.secure.tests.values()) == {"passed"} and len(result.secure.tests) == 3
    assert result.status == "failed" and result.reason.startswith("on the twin: it ended without a report")


@needs_box
@pytest.mark.tool
def test_an_error_around_a_test_is_not_an_exploit_that_worked():
    fixture = """
@pytest.fixture
def attack():
    return subject.attack
def test_security_more(attack):
    attack()
"""
    secure = SECURE + "\ndef attack(): pass\n"
    test = TEST.replace("with pytest.raises(ValueError):\n        ", "") + fixture
    result = proof.run(made(secure.replace("raise ValueError(name)", "return None"), TWIN, test))
    assert result.status == "failed" and "error around the test" in result.reason


@needs_box
@pytest.mark.tool
def test_a_proof_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(proof, "LIMITS", sandbox.Limits(seconds=3))
    result = proof.run(made(test=TEST + "\nwhile True: pass\n"))
    assert result.status == "failed" and "stopped by a limit (time)" in result.reason


def test_what_lies_beside_every_proof():
    assert {"conftest.py", "given/Said.java", "given/Jdbc.java", "given/openssl/evp.h"} <= proof.fixtures().keys()
    assert all(text.strip() for text in proof.fixtures().values())


def test_what_cannot_be_run_says_why(monkeypatch):
    assert proof.run(made(twin=None)).reason == "it has no twin"
    assert proof.run(made(test=None)).reason == "it has no proof"
    monkeypatch.setattr(sandbox, "unavailable", lambda: "no box here")
    assert (proof.run(made()).status, proof.run(made()).reason) == ("not-run", "no box here")
    monkeypatch.setattr(sandbox, "unavailable", lambda: None)
    monkeypatch.setattr(proof.shutil, "which", lambda name: None)
    result = proof.run(made(C_SECURE, C_TWIN, C_TEST, "c"))
    assert (result.status, result.reason) == ("not-run", "gcc is not installed")


def test_results_come_in_order_with_progress(monkeypatch):
    monkeypatch.setattr(sandbox, "unavailable", lambda: "no box here")
    some = [made(code=f"x = {number}\n") for number in range(5)]
    seen = []
    results = proof.run_all(some, on_progress=lambda done, total: seen.append((done, total)))
    assert [result.id for result in results] == [d.id for d in some]
    assert seen == [(number, 5) for number in range(1, 6)]


# --- reports, which are untrusted -----------------------------------------------------------------------------------


def outcome(report, code=0, **more):
    files = {} if report is None else {"report.xml": report}
    return sandbox.Outcome(code, b"", b"", 1.0, False, files=files, **more)


def xml(*cases):
    inner = "".join(f'<testcase classname="proof" name="{name}">{body}</testcase>' for name, body in cases)
    return f'<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite>{inner}</testsuite></testsuites>'.encode()


PASSED = ("test_functional_a", "")
FAILED = ("test_security_b", '<failure message="x">y</failure>')


def test_a_report_is_read():
    side = proof.read_report(outcome(xml(PASSED, FAILED), 1))
    assert side == Side({"test_functional_a": "passed", "test_security_b": "failed"}, 1.0)
    assert side.messages == {"test_security_b": "x"}


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (None, 0),
        (b"", 0),
        (xml(PASSED, FAILED)[:-30], 1),
        (xml(PASSED), 1),  # the exit code says that something failed
        (xml(PASSED, FAILED), 0),  # the exit code says that nothing failed
        (xml(), 0),
        (xml(PASSED), 2),
        (xml(PASSED), None),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml(PASSED), 0),
        ("<testsuites/>".encode("utf-16"), 0),
        (xml(PASSED) + b" " * 6_000_000, 0),
    ],
    ids=["none", "empty", "cut", "code 1", "code 0", "no tests", "code 2", "no code", "entities", "utf-16", "huge"],
)
def test_a_report_that_cannot_be_believed_is_a_problem(report, code):
    side = proof.read_report(outcome(report, code))
    assert side.problem and judge(side, Side({"test_security_b": "failed"})).startswith("on the secure code: ")


@pytest.mark.parametrize(
    "line", [b"", b"[]", b"{", b"\xff", b"[" * 20_000, b'{"code": "x"}', b'{"code": 0, "said": "", "report": 7}']
)
def test_an_answer_that_cannot_be_read_is_a_problem(line):
    assert proof.read_report(proof._read_answer(line, 1.0)).problem


def test_a_killed_run_is_a_problem_whatever_it_reported():
    assert "memory" in proof.read_report(outcome(xml(PASSED), None, killed="memory")).problem


GOOD = {"test_functional_a": "passed", "test_security_b": "passed", "test_security_c": "passed"}


@pytest.mark.parametrize(
    ("secure", "twin", "reason"),
    [
        ({}, {"test_security_b": "failed"}, ""),
        ({}, {}, "no test_security_* fails on the twin"),
        ({"test_security_b": "failed"}, {"test_security_c": "failed"}, "test_security_b fails on the secure code"),
        (
            {"test_security_b": "skipped"},
            {"test_security_c": "failed"},
            "test_security_b is skipped on the secure code",
        ),
        ({}, {"test_security_b": "failed", "test_functional_a": "failed"}, "test_functional_a fails on the twin"),
        ({}, {"test_security_b": "failed", "test_security_c": "error"}, "test_security_c cannot be run"),
        ({}, {"test_security_b": "failed", "test_security_c": "skipped"}, "test_security_c is skipped on the twin"),
        (
            {"test_other": "passed"},
            {"test_other": "passed"},
            "neither test_functional_* nor test_security_*: test_other",
        ),
        ({}, {"test_security_d": "failed"}, "did not run the same tests"),
    ],
)
def test_the_rules(secure, twin, reason):
    said = judge(Side({**GOOD, **secure}), Side({**GOOD, **twin}))
    assert reason in said and bool(said) == bool(reason)


def test_there_must_be_one_test_of_each_kind():
    for name in ("functional", "security"):
        only = {f"test_{name}_a": "passed"}
        assert "there is no test_" in judge(Side(only), Side(only))
