"""Expansion: every source, what it makes of hostile input, and that what was interrupted is finished."""

import json
import random
from dataclasses import replace

import pytest
from test_vet import SECURE, TWIN

from histories import FIXES, body
from seccoder import Expansion
from seccoder.cli import run
from seccoder.codebase.store import Store
from seccoder.errors import StoreError, UsageError
from seccoder.expansion import decisions, expand
from seccoder.expansion.candidate import OWN, Decision
from seccoder.expansion.source import Batch
from seccoder.expansion.sources import open_source
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.functions import changed
from seccoder.expansion.sources.source_file import functions, words
from seccoder.expansion.vetting.vet import Policy, Vetter
from seccoder.oracles.static.bandit import Bandit

FILLER = "\n\n".join(f"def part_{n}(a):\n    log({n})\n    return a + {n}" for n in range(30)) + "\n\n\n"
ABOUT = About(cwes=("CWE-89",))


@pytest.fixture
def cli(capsys):
    def call(*arguments, code=0):
        assert run(["codebase", *map(str, arguments)]) == code
        said = capsys.readouterr()
        if code:
            assert said.out == "" and said.err.count("\n") == 1, said.err
            return said.err
        return json.loads(said.out) if "--json" in arguments else said.out

    return call


def candidates(source):
    return [candidate for batch in source.batches(None) for candidate in batch.candidates]


def write(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def record(code=SECURE, vulnerable=TWIN, **more):
    return {"code": code, "vulnerable": vulnerable, "language": "py", "cwe": "CWE-089", "licence": "MIT", **more}


# --- functions of files ---------------------------------------------------------------------------------------------


def test_functions_come_with_what_they_need():
    python = "import os\nimport re\n\nLIMIT = 3\n\n\nclass A:\n    @wrap\n    def f(self):\n        return os, LIMIT\n"
    (f,) = functions(python, "python")
    assert f.name == "A.f" and (f.line, f.end) == (8, 10)
    assert f.whole == "import os\nLIMIT = 3\n\n@wrap\ndef f(self):\n    return os, LIMIT\n"
    java = "import java.io.File;\n\npublic class A extends B {\n    int x;\n    File f(String s) { return s; }\n}\n"
    (f,) = functions(java, "java")
    assert f.name == "A.f" and "public class A extends B {" in f.whole and "import java.io.File;" in f.whole
    js = "const fs = require('fs');\nconst f = async (a) => {\n  return fs(a);\n};\nexports.g = function (b) {};\n"
    assert [(f.name, "require" in f.whole) for f in functions(js, "javascript")] == [("f", True), ("exports.g", False)]
    c = "#define MAX 4\nstatic int *f(int a) { return a > MAX ? 0 : p; }\nint A::g(void) { return 1; }\n"
    assert [f.name for f in functions(c, "cpp")] == ["f", "A::g"] and "#define MAX 4" in functions(c, "cpp")[0].whole
    go = "package a\n\nfunc (s *S) F(a int) int { return a }\nfunc G() {}\n"
    assert [f.name for f in functions(go, "go")] == ["F", "G"]
    assert functions("\0\1 nonsense", "c") == [] and functions("x", "cobol") == []


def test_only_functions_that_differ_are_paired():
    before = f"def a(x):\n    return 1\n\n\ndef b(x):\n    return eval(x)\n\n\ndef gone():\n    pass\n\n\n{FILLER}"
    after = before.replace("eval", "int").replace("gone", "new").replace("return 1", "return  1")
    assert [pair.after.name for pair in changed(before, after, "python")] == ["b"]
    twice = "def a():\n    return 1\n\n\ndef a():\n    return 2\n"
    assert [pair.after.line for pair in changed(twice, twice.replace("2", "3"), "python")] == [5]


def test_names_as_words():
    assert [words(name) for name in ("A.findByName", "parse_http_header", "ns::readFile")] == [
        "find by name",
        "parse http header",
        "read file",
    ]


# --- pairs and records ----------------------------------------------------------------------------------------------


def test_a_pair_of_files(tmp_path, cli):
    (tmp_path / "new.py").write_text(SECURE)
    (tmp_path / "old.py").write_text(TWIN)
    how = [tmp_path / "new.py", "--vulnerable", tmp_path / "old.py", "--cwe", "89", "--task", "find orders"]
    assert cli("expand", *how, "--dry-run", "--json")["counts"]["accept"] == 1
    said = cli("expand", *how, "--json")
    (id,) = said["added"]
    assert said["candidates"][0]["decision"] == "accept" and said["candidates"][0]["origin"]["licence"] == OWN
    shown = cli("show", id, "--json")
    assert shown["proof"]["level"] == "discriminated" and [r["rule"] for r in shown["vetting"]]
    assert "bandit" in cli("show", id) and "an oracle reports the twin" in cli("show", id)
    assert cli("expand", *how, "--json")["known"] == 1
    cli("remove", id, "--why", "no")
    assert cli("expand", *how, "--json")["added"] == []  # decided once; a removal is not undone behind one's back
    assert cli("expand", *how, "--again", "--json")["added"] == [id]


def test_long_files_are_taken_apart(tmp_path):
    (tmp_path / "new.py").write_text(FILLER + SECURE)
    (tmp_path / "old.py").write_text(FILLER + TWIN)
    source = open_source(tmp_path / "new.py", ABOUT, vulnerable=tmp_path / "old.py")
    (found,) = candidates(source)
    assert found.task == "find orders" and found.code.startswith("import sqlite3\n\ndef find_orders") is False
    assert found.code.startswith("def find_orders") and found.origin.path.endswith("new.py:find_orders")
    (tmp_path / "old.py").write_text(FILLER + SECURE + "X = 1\n")
    with pytest.raises(UsageError, match="do not differ"):
        candidates(source)


def test_records(tmp_path, cli):
    path = write(
        tmp_path / "r.jsonl",
        record(),
        {
            "func_src_after": "int f(int a){return a>3?3:a;}",
            "func_src_before": "int f(int a){return a;}",
            "file_name": "a.c",
            "vul_type": "cwe-190",
            "licence": "MIT",
            "commit_link": "example/1",
            "description": "clamp a number",
        },
        record(language="cobol"),
        {"nothing": 1},
        [1],
        record(code=5),
    )
    with path.open("ab") as file:
        file.write(b"{broken\n\xff\n\n")
    said = cli("expand", path, "--json")
    assert said["counts"] == {"accept": 1, "quarantine": 1, "reject": 1} and len(said["skipped"]) == 5
    assert [c["level"] for c in said["candidates"]] == ["discriminated", "asserted", "asserted"]
    assert "line 4" in said["skipped"][0] and len(said["added"]) == 1


def test_what_is_exported_can_be_expanded_and_its_word_is_not_believed(tmp_path, cli):
    store = tmp_path / "a.sqlite"
    cli("expand", write(tmp_path / "r.jsonl", record()), "--codebase", store)
    cli("export", tmp_path / "e.jsonl", "--codebase", store)
    exported = json.loads((tmp_path / "e.jsonl").read_text())
    exported["proof"]["level"] = "executed"
    exported["task"] = "another"
    del exported["id"]
    write(tmp_path / "e.jsonl", exported)
    said = cli("expand", tmp_path / "e.jsonl", "--codebase", tmp_path / "b.sqlite", "--json")
    assert [c["level"] for c in said["candidates"]] == ["discriminated"]


def test_the_quarantine_from_the_command_line(tmp_path, cli):
    path = write(
        tmp_path / "r.jsonl", record(licence=""), record("def half(a):\n    return a // 2 if a > 0 else 0\n", None)
    )
    said = cli("expand", path, "--json")
    assert said["counts"]["quarantine"] == 2 and said["added"] == []
    held = cli("list", "--quarantine", "--json")["quarantine"]
    assert len(held) == 2 and all(each["reasons"] and each["code"] for each in held)
    (unlicensed,) = [each["id"] for each in held if each["reasons"][-1]["rule"] != "evidence"]
    assert "licence" in cli("list", "--quarantine") and "licence" in cli("show", unlicensed)
    assert cli("show", unlicensed, "--json")["decision"] == "quarantine"
    assert "--release needs" in cli("vet", "--release", "--why", "x", code=2)
    assert "reason" in cli("vet", "--release", unlicensed, code=2)
    assert cli("vet", "--quarantine", "--json")["added"] == []
    assert len(cli("vet", "--quarantine", "--accept-assertions", "--json")["added"]) == 1
    assert "released" in cli("vet", "--release", unlicensed, "--why", "ours")
    assert cli("list", "--quarantine") == ""
    assert "ours" in cli("history")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b"\xff\xfe\0"),
        ("a.jsonl", b"{" * 5000),
        ("a.jsonl", b"[" * 100_000),
        ("a.jsonl", b"1\n2\n"),
        ("a.txt", b"x"),
        ("a.jsonl", b"x" * 9_000_000),
        ("a.py", b"\0"),
        ("a.py", b""),
    ],
)
def test_what_cannot_be_expanded_from(tmp_path, cli, name, content):
    (tmp_path / name).write_bytes(content)
    assert "a." in cli("expand", tmp_path / name, code=2)
    assert "missing" in cli("expand", tmp_path / "missing", code=2)


def test_an_expansion_that_fails_keeps_what_was_settled(tmp_path):
    class Broken:
        name = "broken"
        skipped: list[str] = []  # noqa: RUF012

        def batches(self, cursor):
            yield Batch(candidates(open_source(write(tmp_path / "r.jsonl", record()), ABOUT)), "1", 1, 2)
            raise UsageError("gone")

    with Store.open(tmp_path / "store") as store:
        with pytest.raises(UsageError):
            expand.expand(store, Broken(), Vetter())
        assert len(store.ids()) == 1 and decisions.cursor(store, "broken") == "1"
        assert [each.decision for each in decisions.recorded(store)] == [Decision.ACCEPT]


# --- the flow as a class ----------------------------------------------------------------------------------------------


def test_the_flow_from_python(tmp_path):
    path = write(
        tmp_path / "r.jsonl", record(), record(licence="", task="the same without a licence", code=SECURE + "\n")
    )
    store = tmp_path / "mine.sqlite"
    with Expansion(str(store), Policy(run_proofs=False)) as expansion:
        dry = expansion.expand(open_source(path, ABOUT), write=False)
        assert dry.added == [] and len(dry.vettings) == 2 and not expansion.store.ids()
    with Expansion(str(store), Policy(run_proofs=False)) as expansion:
        outcome = expansion.expand(open_source(path, ABOUT), why="from a test")
        assert outcome.added == expansion.store.ids() and len(outcome.added) == 1
        assert expansion.expand(open_source(path, ABOUT)).known == 2
        assert [change.why for change in expansion.store.history()] == ["from a test"]


def test_the_quarantine_from_python(tmp_path):
    path = write(tmp_path / "r.jsonl", record(licence=""))
    with Expansion(str(tmp_path / "mine.sqlite"), Policy(run_proofs=False)) as expansion:
        (vetting,) = expansion.expand(open_source(path, ABOUT)).vettings
        assert vetting.decision is Decision.QUARANTINE
        vettings, added = expansion.vet_quarantine()
        assert [each.candidate.id for each in vettings] == [vetting.candidate.id] and added == []
        with pytest.raises(UsageError, match="reason"):
            expansion.release(vetting.candidate.id, "")
        with pytest.raises(StoreError):
            expansion.release("0123456789", "ours")
        candidate, demonstration = expansion.release(vetting.candidate.id[:8], "ours")
        assert candidate == vetting.candidate.id and expansion.store.ids() == [demonstration]


def test_what_is_live_is_reviewed_as_it_is(tmp_path):
    path = write(tmp_path / "r.jsonl", record(code="# a comment\n" + SECURE))
    with Expansion(str(tmp_path / "mine.sqlite"), Policy(run_proofs=False, keep_comments=True)) as expansion:
        expansion.expand(open_source(path, ABOUT))
        live = expansion.store.demonstrations()
    (reviewed,) = expand.review(live)
    assert reviewed.demonstration == live[0] and reviewed.proof is None
    assert "# a comment" in reviewed.vetting.demonstration.code


# --- shards ---------------------------------------------------------------------------------------------------------


def pair(number):
    """A fix whose code has a shape of its own, and the same under another name."""
    dice, names = random.Random(number), ["order", "user", "page", "file"]
    rest = "".join(f"    {line}\n" for line in [*body(dice, names), *body(dice, names)])
    lines = (FIXES["CWE-89"][side].format(name="order", a="order") for side in (2, 1))
    secure, twin = (f"def find_{number}(db, order, user, page, file):\n    {line}\n{rest}" for line in lines)
    return (secure, twin), (secure.replace("find_", "copy_"), twin.replace("find_", "copy_"))


def test_shards_of_a_source_and_of_a_base_come_to_what_one_run_gives(tmp_path, cli, monkeypatch):
    asked = []
    check = Bandit.check

    def counted(self, sources):
        asked.extend(source.text for source in sources)
        return check(self, sources)

    monkeypatch.setattr(Bandit, "check", counted)
    pairs = [each for number in range(4) for each in pair(number)[: 1 + number % 2]]
    path = write(tmp_path / "r.jsonl", *(record(secure, twin) for secure, twin in pairs))
    how = (path, "--no-proofs", "--json", "--codebase")
    whole = cli("expand", *how, tmp_path / "whole.sqlite")
    assert whole["counts"] == {"accept": 4, "quarantine": 0, "reject": 2}
    monkeypatch.setenv("SECCODER_CACHE", str(tmp_path / "cache"))
    asked.clear()
    parts = [cli("expand", *how, tmp_path / "parts.sqlite", "--shard", f"{number}/3") for number in (3, 1, 2)]
    assert [part["candidates"] for part in parts[:2]] == [[], []]
    assert all(part["prepared"] < 6 for part in parts[:2])
    assert parts[2] == whole  # the last one decided about all
    assert len(asked) == len(set(asked)) == 12  # and asked about none again
    assert "no shard; write I/N" in cli("expand", *how, tmp_path / "parts.sqlite", "--shard", "5/3", code=2)

    with Store.open(tmp_path / "whole.sqlite") as store:
        known = store.demonstrations()
        store.add([replace(each, code=each.code.replace("find_", "other_")) for each in known[:2]])
    live = ("vet", "--no-proofs", "--json", "--codebase", tmp_path / "whole.sqlite")
    results = cli(*live)["results"]
    assert sum(reason["rule"] == "duplicate" for each in results for reason in each["reasons"]) >= 2
    found = {each["id"]: each for number in (1, 2) for each in cli(*live, "--shard", f"{number}/2")["results"]}
    assert [found[each["id"]] for each in results] == results and len(found) == 6
    assert "decided about as a whole" in cli(*live, "--shard", "1/2", "--quarantine", code=2)
