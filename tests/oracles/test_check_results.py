"""Results that are kept, files that are chosen, faults that are proven to be mended, and the words for them."""

import ast
import json
import re
import shutil
import threading
from pathlib import Path

import pytest

from seccoder import oracles
from seccoder.cli import run
from seccoder.code import cwe
from seccoder.code.cues import HARSH
from seccoder.code.remedies import remedy
from seccoder.oracles.cache import Cache, lasting
from seccoder.oracles.checking import check_texts
from seccoder.oracles.choosing import Chosen
from seccoder.oracles.executed import Executed, families
from seccoder.oracles.files import Text
from seccoder.oracles.proving import prove
from seccoder.oracles.static.syntax import Syntax
from seccoder.oracles.versions import environment_digest
from seccoder.prompts.repair import repair
from seccoder.types import Check, Finding, NotTried, Query, Source

HEAD = "import sqlite3\n\n\ndef orders(db: sqlite3.Connection, customer: str) -> list:\n    return db.execute("
BAD = Text("a.py", "python", HEAD + "f\"SELECT * FROM orders WHERE customer = '{customer}'\").fetchall()\n")
GOOD = Text("b.py", "python", HEAD + '"SELECT * FROM orders WHERE customer = ?", (customer,)).fetchall()\n')
BROKEN = Text("c.py", "python", "def f(:\n")
PLAIN = Text("d.py", "python", "x = 1\n")


@pytest.fixture
def asked(monkeypatch):
    """The sources about which the oracle `syntax` is really asked."""
    seen = []
    ask = Syntax.check
    monkeypatch.setattr(Syntax, "check", lambda self, sources: seen.extend(sources) or ask(self, sources))
    return seen


def labels(texts=(BROKEN, PLAIN), **more):
    results = check_texts(texts, names=["syntax"], **more)
    return [(each.path, str(each.verdict.label), each.verdict.reason) for each in results]


def test_a_second_check_asks_about_what_changed_only(tmp_path, asked):
    before = labels()
    assert labels(cache=Cache(tmp_path)) == before and len(asked) == 4
    assert labels(cache=Cache(tmp_path)) == before and len(asked) == 4
    moved = Text("other.py", "python", BROKEN.text)
    assert labels([moved], cache=Cache(tmp_path))[0][:2] == ("other.py", "INVALID") and len(asked) == 4
    labels([Text("c.py", "python", BROKEN.text + "\n")], cache=Cache(tmp_path))
    check_texts([BROKEN], names=["syntax"], cwe="CWE-89", cache=Cache(tmp_path))
    assert len(asked) == 6


def entries(folder):
    return sorted(folder.rglob("*.json"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path, other: path.write_bytes(path.read_bytes()[:-20]),
        lambda path, other: path.write_bytes(b""),
        lambda path, other: path.write_bytes(b"\xff\0\n" * 1000),
        lambda path, other: path.write_bytes(path.read_bytes().replace(b"syntax", b"sintax")),
        lambda path, other: shutil.copy(other, path),  # of another file
        lambda path, other: (path.unlink(), path.mkdir()),
        lambda path, other: path.with_name(".new-killed").write_bytes(b"half"),
    ],
)
def test_a_damaged_entry_is_as_if_it_were_not_there(tmp_path, damage):
    before = labels(cache=Cache(tmp_path))
    one, two = entries(tmp_path)
    damage(one, two)
    assert labels(cache=Cache(tmp_path)) == before
    assert labels(cache=Cache(tmp_path)) == before


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "file").write_text("")
    assert labels(cache=Cache(tmp_path / "file")) == labels()


def test_many_at_once_read_and_write_the_same_entries(tmp_path):
    before, found = labels(), []
    work = [threading.Thread(target=lambda: found.append(labels(cache=Cache(tmp_path)))) for _ in range(8)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert found == [before] * 8
    assert len(entries(tmp_path)) == 2 and not list(tmp_path.rglob(".new-*"))


def test_another_environment_has_other_results(tmp_path, monkeypatch, asked):
    labels(cache=Cache(tmp_path))
    (tmp_path / "python3").write_text("")
    environment_digest.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / "python3"))
    labels(cache=Cache(tmp_path))
    environment_digest.cache_clear()
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("check", "kept"),
    [
        (Check("o", "1", "executed", True), True),
        (Check("o", "1", "static", False, reason="does not cover go"), True),
        (Check("o", "1", "executed", False, reason="the sandbox cannot start"), False),
        (Check("o", "1", "executed", False, reason="not all of it could be tried: stopped by time"), False),
        (
            Check("o", "1", "executed", False, reason="not all of it could be tried: stopped by the limit of time"),
            False,
        ),
        (
            Check("o", "1", "executed", False, reason="not all of it could be tried: stopped by the limit of memory"),
            True,
        ),
        (Check("o", "1", "executed", True, not_tried=(NotTried("f()", None, "time-out"),)), True),
    ],
)
def test_only_what_would_be_the_same_again_is_kept(check, kept):
    assert lasting(check) is kept


def test_what_is_kept_of_a_finding_is_all_of_it(tmp_path):
    finding = Finding("executed", "r", "CWE-89", 2, "m", "a.py", "f()", 1, "x'")
    source = Source("text", "python", path="a.py")
    Cache(tmp_path).put("executed", source, Check("executed", "1", "executed", True, True, findings=(finding,)))
    assert Cache(tmp_path).get("executed", source).findings == (finding,)


def test_the_likeliest_files_are_run_and_the_others_say_that_they_were_not(boxed):
    results = check_texts([PLAIN, GOOD, BAD], cwe="CWE-89", names=["executed"], most_run=2)
    assert [str(each.verdict.label) for each in results] == ["UNKNOWN", "SECURE", "VULNERABLE"]
    assert "not run" in results[0].verdict.reason and results[0].to_json()["not_tried"][0]["entry"] == "the file"
    outside = Source("import os, sys\nos.system('ls ' + sys.argv[1])\n", "python")
    sources = [Source(GOOD.text, "python"), outside, Source("x = 1\n", "python")]
    assert Chosen(Executed(), sources, 1)._chosen == {outside}


@pytest.mark.parametrize(
    ("before", "after", "fixed", "told"),
    [
        (BAD, GOOD, True, "fixed, proven: CWE-89"),
        (BAD, BAD, False, "not fixed: CWE-89"),
        (BAD, PLAIN, None, "not proven: CWE-89 was shown before"),
        (BAD, BROKEN, None, "not proven: CWE-89 was shown before"),
        (GOOD, GOOD, None, "no weakness was shown before"),
        (BROKEN, GOOD, None, "no weakness was shown before"),
    ],
)
def test_a_change_is_proven_to_have_mended_a_weakness_or_not(boxed, before, after, fixed, told):
    first, second = prove(before, after, cwe="CWE-89", names=["executed", "syntax"])
    assert (second.proof.fixed, told in second.proof.reason) == (fixed, True)
    assert second.to_json()["fixed"] is fixed and "fixed" not in first.to_json()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--before", "a.py"],
        ["--before", "a.py", "--after", "."],
        ["--prove", "a.py"],
        ["a.py", "--before", "a", "--after", "b"],
    ],
)
def test_what_cannot_be_compared_is_one_line(tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text("x = 1\n")
    assert run(["check", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


# --- words towards models and agents ----------------------------------------------------------------------------------

C = """#include <string.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    char name[8];
    strcpy(name, argv[1]);
    puts(name);
    return 0;
}
"""
SHOWN = [
    (BAD.text, "python", "CWE-89"),
    ("import os\n\n\ndef ping(host):\n    os.system('ping -c 1 ' + host)\n", "python", "CWE-78"),
    ("import os\n\n\ndef read(name):\n    return open(os.path.join('/srv/files', name)).read()\n", "python", "CWE-22"),
    (C, "c", "CWE-787"),
]


def test_what_agents_and_models_are_told_is_neutral(boxed):
    texts = [Text(f"{number}", language, text) for number, (text, language, _) in enumerate(SHOWN)]
    for text, (code, language, asked) in zip(texts, SHOWN, strict=True):
        (result,) = check_texts([text], cwe=asked, names=["executed"])
        assert result.verdict.label == "VULNERABLE"
        assert not HARSH.search(json.dumps(result.to_json()))
        (finding, *_) = result.to_json()["findings"]
        assert finding["remedy"] and finding["message"]
        assert result.to_json(explain=True)["findings"][0]["given"]
        told = repair(Query(code, language, "do it"), code, result.verdict, chat=True).task.replace(code.strip(), "")
        assert remedy(finding["cwe"]) in told and not HARSH.search(told.replace(code, ""))


def test_every_family_of_weaknesses_that_is_checked_has_a_neutral_remedy():
    for each in cwe.table():
        assert not HARSH.search(remedy(each.id)) and len(remedy(each.id).split()) <= 30
    modules = [path for path in Path(families.__file__).parent.glob("*.py") if path.stem != "__init__"]
    asked = {name for path in modules for name in re.findall(r"\bCWE-\d+\b", path.read_text())}
    assert {name for name in asked if not remedy(name)} <= {"CWE-730"}


def test_every_message_of_an_executed_check_is_neutral():
    """Messages are the texts in calls of `Exploit`, and those that are called `message` or `how`."""
    found = []
    for path in Path(oracles.__file__).parent.rglob("executed/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.Assign) and any(getattr(each, "id", "") == "message" for each in node.targets)
            if named or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Exploit"):
                inside = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
                found += [text for text in inside if isinstance(text, str) and " " in text]
    assert len(found) > 25
    assert [text for text in found if HARSH.search(text)] == []
