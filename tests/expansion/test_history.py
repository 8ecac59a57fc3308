"""A repository's own history as a source: what is found in it, what hostile ones do, and kill -9."""

import os
import subprocess
from dataclasses import replace

import pytest

import kills
from conftest import need_tool
from histories import FIXES, History
from seccoder.codebase.store import Store
from seccoder.errors import UsageError
from seccoder.expansion import decisions, expand
from seccoder.expansion.candidate import OWN
from seccoder.expansion.sources import commit_messages, git_history, open_source
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.git import Repository
from seccoder.expansion.vetting.vet import Policy, Vetter

GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"], "HOME": "/nonexistent"}
WHO = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

pytestmark = pytest.mark.tool


@pytest.fixture(autouse=True)
def git_is_here():
    need_tool("git")


def git(folder, *arguments, **environment):
    command = ["git", "-C", str(folder), "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, env={**GIT, **WHO, **environment}, capture_output=True, timeout=60, check=True)
    return done.stdout.decode().strip()


def commit(folder, message, files, **environment):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    git(folder, "add", "-A", **environment)
    git(folder, "commit", "-q", "-m", message, **environment)
    return git(folder, "rev-parse", "HEAD")


def repository(path):
    path.mkdir()
    git(path, "init", "-q", "-b", "main")
    return path


def candidates(path, cursor=None, about=None):
    source = git_history.History(path, about or About())
    return [candidate for batch in source.batches(cursor) for candidate in batch.candidates]


def find(number, how="return db.execute('SELECT * FROM a WHERE b = %s' % x)"):
    return f"def find_{number}(db, x):\n    {how}\n\n\n"


SAFE = "return db.execute('SELECT * FROM a WHERE b = ?', (x,))"
SHELL, NO_SHELL = "return os.system('ls ' + x)", "return subprocess.run(['ls', x])"


# --- what is found --------------------------------------------------------------------------------------------------


def test_fixes_are_found_among_other_commits(tmp_path):
    History(fixes=8, commits=60).write(tmp_path / "r")
    found = candidates(tmp_path / "r")
    assert sorted(c.cwes[0] for c in found) == sorted([*FIXES, *FIXES])
    first = found[0]
    assert first.fix and first.language == "python" and first.origin.licence == "MIT"
    assert (
        len(first.origin.commit) == 40 and first.origin.date.startswith("202") and first.origin.path.startswith("src/m")
    )
    assert first.code != first.vulnerable and first.task.startswith(
        first.origin.path.split(":")[1].replace("_", " ") + " (db, "
    )
    assert any(c.note.startswith("CVE-2024-") for c in found)


@pytest.mark.parametrize(
    ("message", "cwes", "relevant"),
    [
        ("Fix SQL injection in the search", ("CWE-89",), True),
        ("fix: XSS", ("CWE-79",), True),
        ("Resolve CWE-022 and cwe 78", ("CWE-22", "CWE-78"), True),
        ("CVE-2021-44228", (), True),
        ("See ghsa-jfh8-c2jp-5v3q for details", (), True),
        ("prevent out-of-bounds read in parser", ("CWE-125",), True),
        ("Fix heap buffer overflow, use after free", ("CWE-416", "CWE-787"), True),
        ("Add a test for SQL injection", (), False),
        ('Revert "Fix SQL injection"', (), False),
        ("Merge branch 'fix-xss'", (), False),
        ("Fix typo", (), False),
        ("", (), False),
    ],
)
def test_messages(message, cwes, relevant):
    said = commit_messages.read(message)
    assert (set(said.cwes), said.relevant) == (set(cwes), relevant)


def test_a_change_without_a_word_is_no_fix(tmp_path):
    path = repository(tmp_path / "r")
    commit(path, "one", {"a.py": find(1, SHELL) + find(2)})
    commit(path, "two", {"a.py": find(1, NO_SHELL) + find(2)})
    commit(path, "worse", {"a.py": find(1, SHELL) + find(2)})
    commit(path, "SQL injection fixed", {"a.py": find(1, SHELL + " # 1") + find(2, SAFE)})
    found = candidates(path)
    assert [(c.origin.path, c.cwes, c.fix) for c in found] == [("a.py:find_2", ("CWE-89",), True)]
    assert found[0].origin.licence == OWN


def test_what_is_not_taken(tmp_path):
    path = repository(tmp_path / "r")
    many = "".join(f"def g{n}(a):\n    return a + {n}\n\n\n" for n in range(9))
    commit(
        path, "one", {"a.py": many, "tests/test_a.py": find(1), "vendor/b.py": find(1), "c.txt": "x", "d.py": find(1)}
    )
    commit(path, "Fix XSS everywhere", {"a.py": many.replace("+", "-")})
    commit(path, "Fix SQL injection", {"tests/test_a.py": find(1, SAFE), "vendor/b.py": find(1, SAFE)})
    commit(path, "Fix SQL injection", {"c.txt": "y", "new.py": find(5, SAFE)})
    commit(path, "Fix SQL injection", {"d.py": "# comment\n" + find(1).replace("    ", "    # another\n    ")})
    source = git_history.History(path, About())
    assert [c for batch in source.batches(None) for c in batch.candidates] == []
    assert len(source.skipped) == 1 and "more than one thing" in source.skipped[0]


def test_other_languages_are_cut_out_too(tmp_path):
    path = repository(tmp_path / "r")
    before = {
        "a.c": "int f(char *a, char *b) {\n    strcpy(a, b);\n    return 0;\n}\n",
        "b.js": "class A {\n  show(x) {\n    this.e.innerHTML = x;\n  }\n}\n",
        "C.java": "class C {\n    void run(String x) throws E {\n        Runtime.getRuntime().exec(x);\n    }\n}\n",
        "d.go": 'package d\n\nfunc F(x string) error {\n\treturn exec.Command("sh", "-c", x).Run()\n}\n',
    }
    commit(path, "one", before)
    commit(path, "Avoid buffer overflow", {"a.c": before["a.c"].replace("strcpy(a, b)", "snprintf(a, 9, b)")})
    commit(path, "Fix XSS", {"b.js": before["b.js"].replace("innerHTML", "textContent")})
    commit(path, "fix command injection", {"C.java": before["C.java"].replace("Runtime.getRuntime().exec", "ok")})
    commit(path, "fix command injection", {"d.go": before["d.go"].replace('"sh", "-c", x', "x")})
    found = candidates(path)
    assert [(c.language, c.origin.path.split(":")[1], c.cwes) for c in found] == [
        ("c", "f", ("CWE-787",)),
        ("javascript", "A.show", ("CWE-79",)),
        ("java", "C.run", ("CWE-78",)),
        ("go", "F", ("CWE-78",)),
    ]


# --- again and on ---------------------------------------------------------------------------------------------------


def test_a_second_run_finds_only_what_is_new(tmp_path):
    path = repository(tmp_path / "r")
    commit(path, "one", {"a.py": find(1, SHELL) + find(2)})
    fixed = commit(path, "Fix command injection", {"a.py": find(1, NO_SHELL) + find(2)})
    about = About(licence="MIT")
    with Store.open(tmp_path / "store") as store:

        def run(**more):
            source = git_history.History(path, about)
            return expand.expand(store, source, Vetter(store.demonstrations()), **more)

        assert len(run().added) == 1 and decisions.cursor(store, f"git {path}") == fixed
        assert run().vettings == []
        commit(path, "Fix SQL injection", {"a.py": find(1, NO_SHELL) + find(2, SAFE)})
        assert [v.candidate.origin.path for v in run().vettings] == ["a.py:find_2"]
        assert len(run(again=True).vettings) == 2
        git(path, "reset", "-q", "--hard", "HEAD~1")
        git(path, "commit", "-q", "--amend", "-m", "Fix the command injection")
        commit(path, "Fix SQL injections", {"a.py": find(1, NO_SHELL) + find(2, SAFE + "  # now")})
        again = run()  # the cursor is no part of this history any more: all of it is read, and known content refused
        assert len(again.vettings) == 2 and again.added == []


def test_a_side_branch_that_is_merged_later_is_read(tmp_path):
    path = repository(tmp_path / "r")
    commit(path, "one", {"a.py": find(1), "b.py": find(2)})
    git(path, "checkout", "-q", "-b", "side")
    commit(path, "Fix SQL injection", {"a.py": find(1, SAFE)})
    git(path, "checkout", "-q", "main")
    last = commit(path, "two", {"c.py": "x = 1\n"})
    assert candidates(path) == []
    git(path, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert len(candidates(path, last)) == 1


def test_kill_9_loses_nothing_and_resuming_finishes(tmp_path):
    History(fixes=24, commits=160).write(tmp_path / "r")
    (tmp_path / "s").mkdir()
    report = kills.killed(tmp_path / "r", tmp_path / "s", 12)
    # How many of them hit it amid the work depends on the machine: perf/kill_expand.py tells.
    assert report.problems == () and report.kills == 12


# --- repositories nobody should trust -------------------------------------------------------------------------------


def test_nothing_of_the_repository_is_run(tmp_path):
    path, mark = repository(tmp_path / "r"), tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    commit(path, "one", {"a.py": find(1), ".gitattributes": "*.py diff=evil filter=evil\n"})
    commit(path, "Fix SQL injection", {"a.py": find(1, SAFE)})
    for name in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.evil.command",
        "gpg.program",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "core.alternateRefsCommand",
        "core.editor",
    ):
        git(path, "config", name, str(script))
    git(path, "config", "log.showSignature", "true")
    git(path, "config", "remote.origin.url", f"ext::{script}")
    git(path, "config", "core.hooksPath", str(tmp_path))
    (path / ".git" / "info" / "attributes").write_text("*.py diff=evil\n")
    for hook in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"):
        (path / ".git" / "hooks" / hook).parent.mkdir(exist_ok=True)
        (path / ".git" / "hooks" / hook).write_bytes(script.read_bytes())
        (path / ".git" / "hooks" / hook).chmod(0o755)
    before = sorted(p.name for p in (path / ".git").rglob("*"))
    (found,) = candidates(path)
    assert found.origin.source == str(path)  # an address of that kind is not repeated
    assert not mark.exists() and sorted(p.name for p in (path / ".git").rglob("*")) == before


def test_the_address_comes_without_its_password(tmp_path):
    path = repository(tmp_path / "r")
    commit(path, "one", {"a.py": "x = 1\n"})
    git(path, "config", "remote.origin.url", "https://me:secret@example.org/a/b.git")
    with Repository(path) as opened:
        assert opened.origin() == "https://example.org/a/b.git"


def test_bare_shallow_and_empty_repositories(tmp_path):
    path = repository(tmp_path / "r")
    with pytest.raises(UsageError, match="no commits"):
        open_source(path, About())
    commit(path, "one", {"a.py": find(1)})
    commit(path, "Fix SQL injection", {"a.py": find(1, SAFE)})
    git(tmp_path, "clone", "-q", "--bare", str(path), "bare.git")
    assert len(candidates(tmp_path / "bare.git")) == 1
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{path}", "shallow")
    source = git_history.History(tmp_path / "shallow", About())
    assert [batch.candidates for batch in source.batches(None)] == [[]] and "shallow" in source.skipped[0]
    broken = tmp_path / "broken"
    (broken / ".git").mkdir(parents=True)
    with pytest.raises(UsageError, match="not a git repository"):
        open_source(broken, About())
    inside = path / "sub"
    (inside / ".git").mkdir(parents=True)  # not one: and the one it lies in is not meant
    with pytest.raises(UsageError, match="not a git repository"):
        open_source(inside, About())


def test_a_damaged_repository_ends_in_one_line(tmp_path):
    History(fixes=2, commits=30).write(tmp_path / "r")
    (pack,) = (tmp_path / "r" / ".git" / "objects" / "pack").glob("*.pack")
    pack.chmod(0o644)
    data = bytearray(pack.read_bytes())
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    pack.write_bytes(data)
    with pytest.raises(UsageError, match=r"damaged|not a git|no commits"):
        candidates(tmp_path / "r")


def test_strange_files(tmp_path):
    path = repository(tmp_path / "r")
    odd = 'a\n\x01b "c" \\ü\t.py'
    commit(path, "one", {odd: find(1), "b.py": b"\xff\xfe\0x", "big.py": "x = 1\n" * 300_000, "l.py": find(2)})
    (path / "link.py").symlink_to("/etc/passwd")
    fix = (
        "Fix SQL injection\n\n\x01"
        + "0" * 40
        + " 2020\n:100644 100644 x y M\ta.py\ndiff --git a/x b/x\n+++ b/x\n-os.system(x)"
    )
    commit(
        path,
        fix,
        {
            odd: find(1, SAFE),
            "b.py": b"\xff\xfe\0y",
            "big.py": "x = 2\n" * 300_000,
            "l.py": "def find_2(db, x):\r\n    return '" + "y" * 3_000_000 + "'\r\n",
        },
    )
    (path / "link.py").unlink()
    (path / "link.py").symlink_to("/etc/shadow")
    commit(path, "Fix path traversal", {})
    found = candidates(path)
    assert [c.origin.path for c in found] == [f"{odd}:find_1"]


def test_submodules_are_left_alone(tmp_path):
    other, path = repository(tmp_path / "o"), repository(tmp_path / "r")
    commit(other, "one", {"a.py": find(1)})
    git(path, "submodule", "add", "-q", str(other), "sub.py")
    commit(path, "one", {"a.py": find(1)})
    commit(other, "two", {"a.py": find(1, SAFE)})
    git(path / "sub.py", "pull", "-q")
    commit(path, "Fix SQL injection", {"a.py": find(1, SAFE)})
    assert [c.origin.path for c in candidates(path)] == ["a.py:find_1"]


def test_the_user_may_say_what_is_not_known(tmp_path):
    path = repository(tmp_path / "r")
    commit(path, "one", {"a.py": "def f(x):\n    return x\n"})
    commit(path, "GHSA-jfh8-c2jp-5v3q", {"a.py": "def f(x):\n    return x if x > 0 else 0\n"})
    (found,) = candidates(path)
    assert found.cwes == () and found.note == "GHSA-JFH8-C2JP-5V3Q"
    (found,) = candidates(path, about=About(cwes=("CWE-190",), licence="MIT", task="t", added_by="me"))
    assert (found.cwes, found.origin.licence, found.task, found.origin.added_by) == (("CWE-190",), "MIT", "t", "me")
    decision = Vetter(policy=Policy(oracles=())).vet([replace(found, cwes=())])[0].decision
    assert decision == "quarantine"
