"""What a commit or a branch changed: git's kinds of things, the findings that count, and files that are sources."""

import json
import os
import subprocess

import pytest

from conftest import need_tool
from seccoder.errors import UsageError
from seccoder.oracles import changes, files, users
from seccoder.oracles.checking import check_texts

pytestmark = pytest.mark.tool

UNSAFE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run("du -sh " + name, shell=True)\n'
SAFE = "def add(a, b):\n    return a + b\n"
OLD = 'def old(db, name):\n    return db.execute("SELECT 1 WHERE a = %s" % name)\n'


def git(*arguments):
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def commit(**contents):
    for name, content in contents.items():
        (path := name.replace("__", "/").replace("_", ".")), os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w") as file:
            file.write(content)
    git("add", "--all")
    git("commit", "-q", "-m", "a change")


@pytest.fixture
def here(tmp_path, monkeypatch):
    need_tool("git")
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    commit(a_py=UNSAFE, notes_md="text\n")
    return tmp_path


def verdicts(texts, names=("bandit",), cwe="CWE-78"):
    return {result.path: str(result.verdict.label) for result in check_texts(texts, cwe=cwe, names=names)}


def staged(left=None, since=None):
    left_out = None if left is None else lambda path, why: left.append((path, why))
    return changes.changed([], since=since, left_out=left_out)


@pytest.mark.parametrize("attribute", ["-diff", "binary", "diff=x", "-text"])
def test_attributes_hide_no_finding(here, attribute):
    (here / ".gitattributes").write_text(f"*.py {attribute}\n")
    (here / "a.py").write_text(UNSAFE.replace("-sh", "-s"))
    (here / "new.py").write_text(UNSAFE)
    git("add", "--all")
    for since in (None, "HEAD"):
        assert verdicts(staged(since=since)) == {"a.py": "VULNERABLE", "new.py": "VULNERABLE"}


def test_submodules_and_links_are_left_out_whatever_their_names_are(here):
    hash_ = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    git("update-index", "--add", "--cacheinfo", f"160000,{hash_},three.js")
    (here / "link.py").symlink_to("a.py")
    git("add", "link.py")
    left = []
    assert staged(left) == []
    assert set(left) == {("link.py", "symbolic links"), ("three.js", "submodules")}


def test_settings_of_git_do_not_change_what_is_compared(here):
    for name, value in (("diff.orderFile", "missing"), ("diff.interHunkContext", "9"), ("diff.noprefix", "true")):
        git("config", name, value)
    (here / "a.py").write_text(UNSAFE + "\n\nX = 1\n")
    git("add", "a.py")
    (text,) = staged()
    assert (text.changed, text.before) == ({6, 7, 8}, UNSAFE)


def test_a_renamed_a_deleted_and_a_chmodded_file(here):
    commit(gone_py=SAFE, tool_py=UNSAFE.replace("run", "go"))
    git("mv", "a.py", "b.py")
    git("rm", "-q", "gone.py")
    (here / "tool.py").chmod(0o755)
    git("add", "tool.py")
    texts = staged()
    assert [(text.path, text.changed) for text in texts] == [("b.py", frozenset()), ("tool.py", frozenset())]
    assert set(verdicts(texts).values()) == {"UNKNOWN"}


def test_a_branch_is_compared_with_where_it_began(here):
    git("checkout", "-q", "-b", "feature")
    git("checkout", "-q", "main")
    commit(a_py=SAFE)
    git("checkout", "-q", "feature")
    commit(new_py=SAFE)
    assert [text.path for text in staged(since="main")] == ["new.py"]
    git("checkout", "-q", "--orphan", "other")
    commit(c_py=SAFE)
    assert [text.path for text in staged(since="main")] == ["a.py", "c.py", "new.py"]


def test_a_clone_without_the_common_commit_is_told_what_to_do(here, tmp_path, monkeypatch):
    git("checkout", "-q", "-b", "feature")
    commit(b_py=SAFE)
    git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{here}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    with pytest.raises(UsageError, match="fetch --unshallow"):
        staged(since="origin/main")


def test_what_git_does_not_know_yet_is_named(here):
    (here / "new.py").write_text(SAFE)
    left = []
    assert staged(left, since="HEAD") == []
    assert left == [("new.py", "new and not yet known to git")]


def test_executed_findings_count_where_the_change_made_or_reached_them(here, boxed):
    commit(sql_py=OLD + '\n\ndef version():\n    return "1.0"\n')
    ask = {"names": ["executed"], "cwe": "CWE-89"}
    (here / "sql.py").write_text(OLD + '\n\ndef version():\n    return "1.1"\n')
    (result,) = check_texts(staged(since="HEAD"), **ask)
    assert (result.verdict.label, len(result.notes)) == ("UNKNOWN", 1)
    assert all(check.exercised is None for check in result.checks)
    (here / "sql.py").write_text(OLD.replace("return", "found =") + "    return found\n")
    assert verdicts(staged(since="HEAD"), **ask) == {"sql.py": "VULNERABLE"}


def test_an_exploit_on_an_old_line_counts_if_the_change_took_its_guard_away(here, boxed):
    guard = "    if not name.isalnum():\n        raise ValueError\n"
    first, second = OLD.splitlines(keepends=True)
    commit(sql_py=first + guard + second)
    (here / "sql.py").write_text(OLD)
    assert verdicts(staged(since="HEAD"), ["executed"], "CWE-89") == {"sql.py": "VULNERABLE"}


HELPED = {
    "a/words.py": "import re\n\n\ndef plain(name):\n    return re.sub('[^a-z]', '', name)\n\n\n"
    "def same(name):\n    return name\n",
    "a/show.py": "import subprocess\nfrom words import plain\n\n\ndef show(name):\n"
    "    return subprocess.run('ls ' + plain(name), shell=True)\n\n\ndef old(name):\n"
    "    return subprocess.run('ls ' + name, shell=True)\n",
    "a/other.py": "from words import same\n",
    "b/words.js": "function plain(name) { return name.trim(); }\nmodule.exports = { plain };\n",
    "b/show.js": "const { plain } = require('./words');\n",
    "b/alone.js": "const plain = require('./words.json');\n",
    "c/words.h": "#define MOST 8\nstatic inline int plain(int a) { return a < MOST ? a : MOST; }\n",
    "c/show.c": '#include "words.h"\nint show(int a) { return plain(a); }\n',
}


@pytest.fixture
def helped(here):
    commit(**{name.replace("/", "__").replace(".", "_"): text for name, text in HELPED.items()})
    return here


def change(here, **contents):
    for name, (old, new) in contents.items():
        path = here / name.replace("__", "/").replace("_", ".")
        path.write_text(path.read_text().replace(old, new))


def test_unchanged_files_that_use_what_changed_are_found(helped):
    change(helped, a__words_py=("return re.sub('[^a-z]', '', name)", "return name"), b__words_js=(".trim()", ""))
    change(helped, c__words_h=("a < MOST ? a : MOST", "a"))
    found = users.users(staged(since="HEAD"), staged=False)
    assert sorted(text.path for text in found) == ["a/show.py", "b/show.js", "c/show.c"]
    assert {(text.changed, text.before == text.text) for text in found} == {(frozenset(), True)}
    assert all("the change altered: plain." in text.why for text in found)
    assert users.users(staged(), staged=True) == []  # nothing is staged yet
    change(helped, a__show_py=("def show", "def shows"))
    git("add", "a/words.py")
    (text,) = users.users(staged(), staged=True)
    assert (text.path, "def shows" in text.text) == ("a/show.py", False)
    assert users.users(staged(), ["b"], staged=True) == users.users(staged(), staged=True, language="c") == []


def test_of_many_users_the_likeliest_are_taken_and_the_others_named(helped):
    commit(**{f"a__use{number}_py": "from words import plain\n" for number in range(users.MOST)})
    change(helped, a__words_py=("re.sub", "re.subn"))
    (helped / ".gitattributes").write_text("*.py binary\n")
    left = []
    found = users.users(staged(since="HEAD"), staged=False, left_out=lambda path, why: left.append((path, why)))
    assert (len(found), found[0].path) == (users.MOST, "a/show.py")
    assert left == [("a/use9.py", "not changed, but using what changed, beyond the 10 likeliest")]


def test_a_helper_that_a_change_weakens_shows_in_its_users(helped, boxed):
    ask = {"names": ["executed"], "cwe": "CWE-78"}
    change(helped, a__words_py=("return re.sub('[^a-z]', '', name)", "return name.strip()"))
    texts = staged(since="HEAD")
    *_, result = check_texts([*texts, *users.users(texts, staged=False)], **ask)
    assert [(finding.entry, finding.line) for finding in result.verdict.findings] == [("show()", 6)]
    assert "1 finding(s) that were there before the change are not counted." in result.notes
    change(helped, a__show_py=("ls ", "ls -l "))  # a user that changed elsewhere has it, too
    change(helped, a__show_py=("'ls -l ' + plain", "'ls ' + plain"))
    _, result = sorted(check_texts(staged(since="HEAD"), **ask), key=lambda each: each.path != "a/words.py")
    assert {finding.entry for finding in result.verdict.findings} == {"show()", "old()"}


def test_what_is_in_conflict_is_named(here):
    git("checkout", "-q", "-b", "feature")
    commit(a_py=SAFE)
    git("checkout", "-q", "main")
    commit(a_py=UNSAFE.replace("-sh", "-s"), b_py=SAFE)
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "feature")
    left = []
    assert staged(left) == []
    assert left == [("a.py", "in conflict, so that nothing of it is staged")]


# --- which files are sources ------------------------------------------------------------------------------------------

CELLS = ["import os\n", "x = input()\n", 'os.system("ping " + x)']
MAGIC = ["%matplotlib inline\n", "!ls\n", "y = 1"]


def notebook(*cells, **more):
    made = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells]
    made.insert(0, {"cell_type": "markdown", "metadata": {}, "source": ["import this"]})
    return {"cells": made, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, **more}


def test_a_notebooks_code_stands_on_the_lines_of_the_file():
    data = json.dumps(notebook(CELLS, MAGIC, ["await f()"]), indent=1)
    text = files.decode("a.ipynb", "python", data.encode())
    assert (text.problem, text.language) == ("", "python")
    for number, line in enumerate(text.text.split("\n"), start=1):
        if line and line != "pass":
            assert json.loads(data.split("\n")[number - 1].strip().rstrip(",")).rstrip("\n") == line
    assert [line for line in text.text.split("\n") if line] == [
        "import os",
        "x = input()",
        CELLS[2],
        *["pass"] * 2,
        "y = 1",
    ]
    assert verdicts([text]) == {"a.ipynb": "VULNERABLE"}


def test_a_notebook_in_one_line_is_read_cell_after_cell():
    data = json.dumps(notebook("".join(CELLS), MAGIC)).encode()
    assert files.decode("a.ipynb", "python", data).text.split("\n")[1:4] == [line.strip() for line in CELLS]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "not a notebook"),
        ("[]", "not a notebook"),
        ('{"cells": 3}', "not a notebook"),
        ('{"cells": [{"cell_type": "code", "source": 7}]}', "not a notebook"),
        (json.dumps(notebook()), "no code cells"),
        (json.dumps(notebook(CELLS, metadata={"language_info": {"name": "julia"}})), "language"),
        ("[" * 100_000, "not a notebook"),
    ],
)
def test_what_is_no_notebook_is_said_in_a_line(content, problem):
    assert problem in files.decode("a.ipynb", "python", content.encode()).problem


@pytest.mark.parametrize(
    ("name", "content", "language"),
    [
        ("tool", b"#!/usr/bin/env python3\nx = 1\n", "python"),
        ("tool.cgi", b"#! /usr/local/bin/python3.11 -u\nx = 1\n", "python"),
        ("job", b"#!/usr/bin/env -S LANG=C node --no-warnings\nlet x\n", "javascript"),
        ("run", b"#!/usr/bin/env bun\nlet x\n", "typescript"),
        ("run.sh", b"#!/bin/sh\nx=1\n", None),
        ("LICENSE", b"python3 is fine\n", None),
        ("w.pyw", b"x = 1\n", "python"),
        ("w.pyi", b"x: int\n", "python"),
        ("w.mts", b"let x = 1\n", "typescript"),
        ("w.cts", b"let x = 1\n", "typescript"),
        ("w.hh", b"int x;\n", "cpp"),
    ],
)
def test_a_script_is_known_by_its_first_line_and_more_suffixes_are_known(tmp_path, name, content, language):
    (tmp_path / name).write_bytes(content)
    left = []
    texts = files.collect([str(tmp_path)], left_out=lambda path, why: left.append(why))
    assert [text.language for text in texts] == ([language] if language else [])
    assert left == ([] if language else ["in no language that is checked"])


@pytest.mark.parametrize(
    ("head", "encoding"),
    [("# -*- coding: latin-1 -*-\n", "latin-1"), ("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n", "cp1252")],
)
def test_a_legal_coding_line_is_followed(head, encoding):
    text = files.decode("a.py", "python", f"{head}x = 'ä'\n".encode(encoding))
    assert (text.problem, text.text.split("\n")[-2]) == ("", "x = 'ä'")
    assert "coding" in text.text and encoding not in text.text


@pytest.mark.parametrize("name", ["rot13", "no-such", "utf-8"])
def test_a_coding_line_that_does_not_fit_is_a_problem(name):
    assert files.decode("a.py", "python", f"# coding: {name}\n".encode() + b"x = '\xe4'\n").problem
