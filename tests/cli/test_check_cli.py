"""`seccoder check`: files, folders, changes and standard input; formats, exit codes, suppressions and bad input."""

import io
import json
import os
import subprocess
import sys

import pytest
import yaml

from conftest import REPOSITORY, need_tool
from seccoder.cli import run
from seccoder.oracles import sarif

UNSAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'
SAFE = "def add(a, b):\n    return a + b\n"
STATIC = ("--oracle", "bandit", "--oracle", "syntax", "--cwe", "CWE-78")  # without a target bandit decides little


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.fixture
def check(capsys):
    def call(*arguments, oracles=STATIC):
        code = run(["check", *oracles, *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def check_json(check):
    def call(*arguments, oracles=STATIC):
        code, out, _ = check("--json", *arguments, oracles=oracles)
        return code, {entry["path"]: entry for entry in json.loads(out)["files"]}

    return call


def test_a_vulnerable_file(here, check):
    (here / "app.py").write_text(UNSAFE)
    code, out, err = check("app.py")
    assert code == 1
    first, second = out.splitlines()
    assert first == "app.py: VULNERABLE (static)"
    assert second.startswith("  app.py:5: subprocess call")
    assert "[CWE-78, bandit B602]" in second
    assert err == "1 file: 1 VULNERABLE by reading only.\n"


def test_an_unflagged_file_is_not_secure_and_the_summary_says_so(here, check):
    (here / "app.py").write_text(SAFE)
    code, out, err = check("app.py")
    assert (code, out) == (0, "app.py: UNKNOWN: not-flagged\n")
    assert err.splitlines()[-1].startswith("Not flagged is not secure")
    assert check("app.py", "--strict")[0] == 1


def test_the_documented_json(here, check_json):
    (here / "app.py").write_text(UNSAFE)
    code, files = check_json("app.py", "--cwe", "cwe-078")
    assert code == 1
    entry = files["app.py"]
    assert (entry["verdict"], entry["evidence"], entry["exercised"]) == ("VULNERABLE", "static", None)
    assert entry["cwes"] == ["CWE-78"]
    (finding,) = entry["findings"]
    assert finding == {
        "oracle": "bandit",
        "rule": "B602",
        "cwe": "CWE-78",
        "line": 5,
        "message": "subprocess call with shell=True identified, security issue.",
        "remedy": "Start the program with a list of arguments and no shell, with -- before what comes from outside.",
    }


def test_only_the_target_counts_and_the_rest_stays_listed(here, check_json):
    (here / "app.py").write_text(UNSAFE)
    code, files = check_json("app.py", "--cwe", "89")
    assert code == 0
    assert files["app.py"]["verdict"] == "UNKNOWN"
    assert files["app.py"]["reason"] == "not-flagged"
    assert len(files["app.py"]["findings"]) == 1


def test_sarif_out_is_read_again(here, check):
    (here / "app.py").write_text(UNSAFE)
    (here / "b.py").write_bytes(b"\xff\xfe")
    code, out, _ = check("app.py", "b.py", "--format", "sarif")
    assert code == 1
    (finding,) = sarif.read(out)
    assert (finding.oracle, finding.cwe, finding.line, finding.path) == ("bandit", "CWE-78", 5, "app.py")
    assert "not UTF-8" in out


@pytest.mark.parametrize(
    ("name", "content", "verdict", "reason"),
    [
        ("empty.py", b"", "UNKNOWN", "empty"),
        ("blank.py", b"\n \n", "UNKNOWN", "empty"),
        ("binary.py", b"x = 1\0", "UNKNOWN", "binary"),
        ("latin.py", "x = 'ä'".encode("latin-1"), "UNKNOWN", "not UTF-8 (byte 5)"),
        ("huge.py", b"x = 1\n" * 200_000, "UNKNOWN", "larger than 1,000,000 bytes"),
        ("broken.py", b"def f(:\n", "INVALID", "line 1"),
        ("broken.js", b"let = ;\n", "INVALID", "line 1"),
        ("deep.py", b"(" * 10_000, "INVALID", "nested"),
        ("text.txt", b"hello", "UNKNOWN", "--language"),
        ("bom.py", b"\xef\xbb\xbfx = 1\n", "UNKNOWN", "not-flagged"),
        ("crlf.py", b"x = 1\r\ny = 2\r\n", "UNKNOWN", "not-flagged"),
        ("a.js", b"let a = 1;\n", "UNKNOWN", "does not cover javascript"),
        ("--help.py", b"x = 1\n", "UNKNOWN", "not-flagged"),
    ],
)
def test_odd_files_get_a_verdict_with_a_reason(here, check_json, name, content, verdict, reason):
    if name == "broken.js":
        need_tool("node")  # a grammar alone does not say INVALID
    (here / name).write_bytes(content)
    path = f"./{name}"
    code, files = check_json(path)
    assert code == 0
    assert files[path]["verdict"] == verdict
    assert reason in files[path]["reason"]
    assert check_json(path, "--strict")[0] == 1


def test_one_bad_file_does_not_cost_the_others(here, check_json):
    (here / "a.py").write_bytes(b"\0")
    (here / "b.py").write_text("def f(:\n")
    (here / "c.py").write_text(UNSAFE)
    code, files = check_json("a.py", "b.py", "c.py")
    assert code == 1
    assert [entry["verdict"] for entry in files.values()] == ["UNKNOWN", "INVALID", "VULNERABLE"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(here, check_json):
    (here / "a.py").write_text(SAFE)
    (here / "a.py").chmod(0)
    assert "cannot be read" in check_json("a.py")[1]["a.py"]["reason"]


def test_hostile_names_are_printed_harmlessly(here, check):
    name = "a\x1b[31m\nb.py"
    (here / name).write_text(SAFE)
    code, out, _ = check(".")
    assert code == 0
    assert out.count("\n") == 1
    assert "\x1b" not in out


def test_names_that_are_not_utf8(here, check_json):
    with open(os.fsencode(here) + b"/\xff.py", "w") as file:
        file.write(SAFE)
    assert list(check_json(".")[1]) == ["\ufffd.py"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "nothing to check"),
        (("missing.py",), "there is no file or folder 'missing.py'"),
        (("a\0b",), "there is no file or folder"),
        (("/dev/null",), "there is no file or folder"),
        (("-",), "give --language"),
        ((".", "--language", "cobol"), "unknown language 'cobol'"),
        ((".", "--cwe", "SQLi"), "not a CWE"),
        ((".", "--oracle", "lint"), "unknown oracle 'lint'"),
        ((".", "--format", "xml"), "xml"),
        ((".", "--staged", "--diff", "HEAD"), "exclude each other"),
        (("--staged",), "not a git repository"),
        (("--nonsense",), "--nonsense"),
    ],
)
def test_bad_arguments_are_one_line_and_exit_code_2(here, check, arguments, told):
    (here / "a.py").write_text(SAFE)
    code, out, err = check(*arguments)
    assert code == 2
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def standard_input(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input(here, check_json, monkeypatch):
    standard_input(monkeypatch, UNSAFE.encode())
    code, files = check_json("-", "--language", "py")
    assert (code, files["-"]["verdict"]) == (1, "VULNERABLE")
    standard_input(monkeypatch, b"")
    assert check_json("-", "--language", "py")[1]["-"]["reason"] == "empty"


def test_a_folder_outside_of_git(here, check_json):
    for name in (
        "a.py",
        "sub/b.py",
        "sub/c.js",
        "notes.md",
        ".hidden/d.py",
        "node_modules/e.js",
        "venv/lib/f.py",
        "my/g.py",
    ):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text("x = 1\n")
    (here / "my" / "pyvenv.cfg").write_text("")
    (here / "link.py").symlink_to("a.py")
    (here / "loop").symlink_to(".")
    assert list(check_json(".")[1]) == ["a.py", "sub/b.py", "sub/c.js"]
    assert list(check_json("sub", "sub/b.py", "--language", "python")[1]) == ["sub/b.py"]


def test_an_empty_folder(here, check):
    code, out, err = check(".")
    assert (code, out, err) == (0, "", "No source files to check.\n")


# --- git -------------------------------------------------------------------------------------------------------------


def git(*arguments):
    need_tool("git")
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(here):
    git("init", "-q", "-b", "main")
    (here / ".gitignore").write_text("ignored.py\n")
    (here / "old.py").write_text(UNSAFE)
    (here / "sub").mkdir()
    (here / "sub" / "same.py").write_text(SAFE)
    git("add", ".")
    git("commit", "-q", "-m", "first")
    return here


def test_a_folder_in_git_is_what_git_knows_or_would_add(repository, check_json):
    (repository / "ignored.py").write_text(UNSAFE)
    (repository / "new.py").write_text(SAFE)
    (repository / "sub" / "same.py").unlink()
    assert list(check_json(".")[1]) == ["new.py", "old.py"]


def test_staged_content_counts_and_not_the_working_tree(repository, check_json):
    (repository / "new.py").write_text(UNSAFE)
    git("add", "new.py")
    (repository / "new.py").write_text(SAFE)
    code, files = check_json("--staged")
    assert (code, list(files), files["new.py"]["verdict"]) == (1, ["new.py"], "VULNERABLE")
    assert check_json("--diff", "HEAD")[1]["new.py"]["verdict"] == "UNKNOWN"


def test_findings_on_unchanged_lines_do_not_count(repository, check_json):
    (repository / "old.py").write_text(UNSAFE + "\n\ndef more():\n    return 1\n")
    code, files = check_json("--diff", "HEAD")
    assert (code, files["old.py"]["verdict"], files["old.py"]["findings"]) == (0, "UNKNOWN", [])
    assert files["old.py"]["notes"] == ["1 finding(s) that were there before the change are not counted."]
    (repository / "old.py").write_text(UNSAFE.replace("-sh", "-s"))
    assert check_json("--diff", "HEAD")[0] == 1


def test_a_change_below_a_path_from_a_subfolder(repository, check_json, monkeypatch):
    (repository / "old.py").write_text(UNSAFE.replace("-sh", "-s"))
    (repository / "sub" / "same.py").write_text(UNSAFE)
    assert list(check_json("--diff", "HEAD", "sub")[1]) == ["sub/same.py"]
    monkeypatch.chdir(repository / "sub")
    assert list(check_json("--diff", "HEAD")[1]) == ["../old.py", "same.py"]
    assert list(check_json(".")[1]) == ["same.py"]


def test_nothing_staged(repository, check):
    assert check("--staged")[::2] == (0, "No source files to check.\n")


def test_staged_before_the_first_commit(here, check_json):
    git("init", "-q", "-b", "main")
    (here / "a.py").write_text(UNSAFE)
    git("add", ".")
    assert check_json("--staged")[0] == 1


@pytest.mark.parametrize("revision", ["nope", "--output=x", "HEAD..HEAD", ""])
def test_what_is_not_a_commit(repository, check, revision):
    code, _, err = check(f"--diff={revision}")
    assert (code, "is not a commit" in err) == (2, True)
    assert sorted(path.name for path in repository.iterdir()) == [".git", ".gitignore", "old.py", "sub"]


def test_odd_names_in_git(repository, check_json):
    for name in ("a b.py", "ü.py", "q\"'.py", ":(top)x.py", "[a].py"):
        (repository / name).write_text(UNSAFE)
    git("add", "--all")
    code, files = check_json("--staged")
    assert code == 1
    assert {entry["verdict"] for entry in files.values()} == {"VULNERABLE"}
    assert len(files) == 5


def test_a_repository_cannot_make_git_run_programs(repository, check_json):
    script = repository / "evil.sh"
    script.write_text("#!/bin/sh\ntouch ran\n")
    script.chmod(0o755)
    git("config", "core.fsmonitor", str(script))
    git("config", "diff.external", str(script))
    git("config", "diff.x.textconv", str(script))
    (repository / ".gitattributes").write_text("*.py diff=x\n")
    (repository / "ran").unlink(missing_ok=True)
    (repository / "old.py").write_text(SAFE)
    check_json(".")
    check_json("--diff", "HEAD")
    assert not (repository / "ran").exists()


# --- suppressions ----------------------------------------------------------------------------------------------------


def with_comment(comment):
    return UNSAFE.rstrip() + f"  {comment}\n"


def test_a_suppressed_finding_is_set_aside_and_shown(here, check, check_json):
    (here / "a.py").write_text(with_comment("# seccoder: ignore[cwe-078] the name is one of ours"))
    code, files = check_json("a.py")
    entry = files["a.py"]
    assert (code, entry["verdict"], entry["findings"]) == (0, "UNKNOWN", [])
    assert entry["suppressed"][0]["justification"] == "the name is one of ours"
    assert entry["suppressed"][0]["rule"] == "B602"
    assert "suppressed: the name is one of ours" in check("a.py")[1]
    assert '"suppressions"' in check("a.py", "--format", "sarif")[1]


@pytest.mark.parametrize(
    ("comment", "note"),
    [
        ("# seccoder: ignore[CWE-78]", "without a reason"),
        ("# seccoder: ignore[CWE-89] another weakness", ""),
        ("# seccoder: ignore[everything] please", "not a CWE"),
        ("# seccoder: ignore please", ""),
        ("\n# seccoder: ignore[CWE-78] on another line", ""),
    ],
)
def test_what_does_not_suppress(here, check_json, comment, note):
    (here / "a.py").write_text(with_comment(comment))
    code, files = check_json("a.py")
    assert (code, files["a.py"]["verdict"]) == (1, "VULNERABLE")
    assert note in " ".join(files["a.py"]["notes"])
    assert bool(note) == bool(files["a.py"]["notes"])


def test_several_cwes_and_c_comments(here, check_json):
    (here / "a.py").write_text(with_comment("# seccoder: ignore[CWE-89, CWE-78] both are fine here"))
    assert check_json("a.py")[0] == 0


def test_an_exploit_that_worked_cannot_be_commented_away():
    from seccoder.oracles.checking import _result
    from seccoder.oracles.files import Text
    from seccoder.types import Check, Finding, Label, Source

    text = "run(x)  # seccoder: ignore[CWE-78] no\n"
    finding = Finding("executed", "shell", "CWE-78", 1, "the command ran")
    check = Check("executed", "1", "executed", analysed=True, flagged=True, exercised=True, findings=(finding,))
    result = _result(Text("a.py", "python", text, changed=frozenset()), Source(text, "python"), [check])
    assert result.verdict.label is Label.VULNERABLE
    assert result.suppressed == ()


def test_a_suppressed_proof_of_a_compiler_leaves_a_static_look():
    from seccoder.oracles.checking import _result
    from seccoder.oracles.files import Text
    from seccoder.types import Check, Finding, Source

    text = "free(p); // seccoder: ignore[CWE-415] freed once only\n"
    finding = Finding("gcc", "w", "CWE-415", 1, "double free")
    check = Check("gcc", "12", "executed", analysed=True, flagged=True, valid=True, findings=(finding,))
    result = _result(Text("a.c", "c", text), Source(text, "c", "CWE-415"), [check])
    assert (result.verdict.label, result.verdict.reason) == ("UNKNOWN", "not-flagged")
    assert result.suppressed == ((finding, "freed once only"),)


def test_the_pre_commit_hook_refuses_a_vulnerable_change(repository, capsys):
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())
    program, *arguments = hook["entry"].split()
    assert (program, hook["pass_filenames"]) == ("seccoder", False)
    (repository / "new.py").write_text(UNSAFE)
    git("add", "new.py")
    assert run([*arguments, *STATIC]) == 1
    assert "new.py: VULNERABLE" in capsys.readouterr().out
    (repository / "new.py").write_text(SAFE)
    git("add", "new.py")
    assert run([*arguments, *STATIC]) == 0
