"""`seccoder codebase`: every command, what it prints, and how it refuses."""

import json
import os
import subprocess
import sys

import pytest

from conftest import missing
from demonstrations import demonstration
from seccoder import sandbox, settings
from seccoder.cli import run
from seccoder.codebase import bundled_index
from seccoder.codebase.store import Store
from seccoder.types import ProofLevel

BUNDLED = demonstration(1, level=ProofLevel.EXECUTED, task="a bundled one")


@pytest.fixture(autouse=True)
def bundled(tmp_path_factory, monkeypatch):
    """A bundled index of one demonstration."""
    path = tmp_path_factory.mktemp("bundled") / "bundled.sqlite"
    with Store.open(path) as store:
        store.add([BUNDLED])
        store.seal()
    monkeypatch.setattr(bundled_index, "path", lambda: path)


@pytest.fixture
def cli(capsys):
    def call(*arguments, code=0):
        assert run(["codebase", *map(str, arguments)]) == code
        said = capsys.readouterr()
        if code:
            assert said.out == "" and said.err.count("\n") == 1 and said.err.startswith("seccoder: ")
            return said.err
        return json.loads(said.out) if "--json" in arguments else said.out

    return call


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "secure.py"
    path.write_text("def read():\n    return 1\n")
    return path


def listed(cli, *more):
    return cli("list", "--json", *more)["demonstrations"]


# --- the way of a demonstration -------------------------------------------------------------------------------------


def test_add_list_show_remove_history_restore(cli, source, tmp_path):
    twin = tmp_path / "twin.py"
    twin.write_text("def read():\n    return eval('1')\n")
    about = ["--cwe", "cwe-095", "--cwe", "94", "--task", "read a number", "--vulnerable", twin, "--note", "no eval"]
    (id,) = cli("add", source, *about, "--why", "first", "--json")["added"]
    assert cli("add", source, *about, "--json") == {"added": []}
    assert "already there" in cli("add", source, *about)

    assert [d["id"] for d in listed(cli)] == sorted([id, BUNDLED.id])
    assert [d["id"] for d in listed(cli, "--cwe", "CWE-095")] == [id]
    assert listed(cli, "--language", "c") == []
    (mine,) = [d for d in listed(cli, "--language", "py") if d["id"] == id]
    assert {"language": "python", "cwes": ["CWE-95", "CWE-94"], "task": "read a number"}.items() <= mine.items()
    assert mine["proof"] == {"level": "asserted", "test": None} and mine["origin"]["source"] == "user"
    assert mine["code"] == source.read_text() and mine["vulnerable"] == twin.read_text() and mine["note"] == "no eval"
    table = cli("list")
    assert id in table and "read a number" in table and table.count("\n") == 2

    assert cli("show", id[:6], "--json") == mine
    shown = cli("show", id)
    assert "no eval" in shown and "return eval('1')" in shown

    assert cli("remove", id[:8], "--why", "wrong") == f"removed {id}\n"
    assert [d["id"] for d in listed(cli)] == [BUNDLED.id]
    changes = cli("history", "--json")["history"]
    assert [(c["version"], c["action"], c["why"], c["ids"]) for c in changes] == [
        (1, "add", "first", [id]),
        (2, "remove", "wrong", [id]),
    ]
    assert "wrong" in cli("history")
    assert "version 3" in cli("restore", 1)
    assert id in [d["id"] for d in listed(cli)]
    stats = cli("stats", "--json")
    assert stats["demonstrations"] == 2 and stats["languages"] == {"python": 2}
    assert stats["proofs"] == {"asserted": 1, "executed": 1}
    assert "2 demonstrations" in cli("stats")


def test_reading_makes_no_files(cli):
    assert [d["id"] for d in listed(cli)] == [BUNDLED.id]
    cli("stats")
    assert cli("history") == ""
    assert not settings.user_codebase().exists()


def test_another_codebase(cli, source, tmp_path, monkeypatch):
    path = tmp_path / "mine" / "other.sqlite"
    assert "no secure codebase" in cli("list", "--codebase", path, code=3)
    (id,) = cli("add", source, "--codebase", path, "--json")["added"]
    assert [d["id"] for d in listed(cli, "--codebase", path)] == [id]
    assert [d["id"] for d in listed(cli)] == [BUNDLED.id]
    monkeypatch.setenv("SECCODER_CODEBASE", str(path))
    assert [d["id"] for d in listed(cli)] == [id]
    assert "data pull sven" in cli("list", "--codebase", "sven", code=3)


def test_the_language_of_a_file(cli, tmp_path):
    plain = tmp_path / "code.txt"
    plain.write_text("int x;\n")
    assert "--language" in cli("add", plain, code=2)
    assert "unknown language" in cli("add", plain, "--language", "cobol", code=2)
    cli("add", plain, "--language", "c++")
    assert [d["language"] for d in listed(cli, "--language", "cpp")] == ["cpp"]


# --- refusals -------------------------------------------------------------------------------------------------------


def test_what_cannot_be_added(cli, tmp_path):
    for name, content in (
        ("empty.py", b""),
        ("blank.py", b"\n"),
        ("binary.py", b"a\0"),
        ("latin.py", b"\xe9"),
        ("big.py", b"x" * 2_000_000),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        cli("add", path, code=2)
    cli("add", tmp_path / "missing.py", code=2)
    path.write_text("x = 1\n")
    assert "CWE" in cli("add", path, "--cwe", "SQL injection", code=2)
    assert "twin.py" in cli("add", path, "--vulnerable", tmp_path / "twin.py", code=2)
    (tmp_path / "folder").mkdir()
    assert "demonstration.toml" in cli("add", tmp_path / "folder", code=2)
    assert "for a FILE" in cli("add", tmp_path / "folder", "--task", "x", code=2)
    assert not settings.user_codebase().exists()


def test_ids_that_name_nothing(cli):
    for command in (["show", "ffffffff"], ["remove", "ffffffff", "--why", "x"], ["vet", "ffffffff"]):
        assert "no demonstration ffffffff" in cli(*command, code=3)
    assert "at least 4" in cli("show", "abc", code=2)
    assert "no version 7" in cli("restore", 7, code=3)
    cli("restore", "x", code=2)
    cli("remove", BUNDLED.id, code=2)  # --why is missing
    cli("show", code=2)


def test_the_bundled_ones_cannot_be_removed(cli):
    assert "read-only" in cli("remove", BUNDLED.id, "--why", "x", code=3)


def test_a_codebase_that_is_none(cli, source, tmp_path):
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"not a database" * 100)
    before = path.read_bytes()
    for command in (["list"], ["add", source], ["stats"], ["history"], ["import", source], ["vet"]):
        cli(*command, "--codebase", path, code=2 if command[0] == "import" else 3)
    assert path.read_bytes() == before
    assert "folder" in cli("list", "--codebase", tmp_path, code=3)


# --- moving ---------------------------------------------------------------------------------------------------------


def test_export_and_import_round_trip(cli, tmp_path, capsys):
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "out.jsonl"
    some = [
        demonstration(1, level=ProofLevel.EXECUTED, note="ünï", apis=("a", "b"), cue="Check it."),
        demonstration(2, vulnerable=None, language="c", cwes=()),
        demonstration(2, vulnerable=None, language="c", cwes=(), repeat=1),
    ]
    with Store.open(here) as store:
        store.add(some)
    assert "3 demonstrations" in cli("export", file, "--codebase", here)
    assert len(cli("import", file, "--codebase", there, "--json")["added"]) == 3
    assert "0 demonstrations added, 3" in cli("import", file, "--codebase", there)
    with Store.open(here) as one, Store.open(there) as other:
        assert one.demonstrations() == other.demonstrations() and one.digest() == other.digest()
    assert cli("export", "-", "--codebase", there) == file.read_text()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "3",
        '"text"',
        "{}",
        "[" * 50_000,
        json.dumps({**BUNDLED.to_json(), "id": "0" * 16}),
        json.dumps({**BUNDLED.to_json(), "language": "cobol"}),
        json.dumps({**BUNDLED.to_json(), "cwes": "CWE-22"}),
        json.dumps({**BUNDLED.to_json(), "code": ["x"]}),
        json.dumps({**BUNDLED.to_json(), "proof": {"level": "beyond doubt"}}),
        json.dumps({**BUNDLED.to_json(), "origin": {"source": "s", "colour": "red"}}),
        json.dumps({**BUNDLED.to_json(), "repeat": "many"}),
        json.dumps({**BUNDLED.to_json(), "cue": "check it " * 40}),
    ],
)
def test_an_import_with_a_wrong_line_adds_nothing(cli, tmp_path, line):
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(demonstration(5).to_json()) + "\n\n" + line + "\n")
    assert "in.jsonl, line 3: " in cli("import", file, code=2)
    assert not settings.user_codebase().exists()


def test_files_that_cannot_be_imported_or_exported_to(cli, tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\x00\n")
    for name in ("binary", "missing", "."):
        cli("import", tmp_path / name, code=2)
    cli("export", tmp_path / "no" / "such" / "folder", code=3)
    cli("export", tmp_path, code=3)
    assert sorted(os.listdir(tmp_path)) == ["binary"]


def test_nothing_a_terminal_would_obey_is_printed(cli, tmp_path):
    file = tmp_path / "in.jsonl"
    evil = demonstration(5, task="\x1b]0;owned\x07 title", code="x = '\x1b[2J'\n", note="\x9b31m")
    file.write_text(json.dumps(evil.to_json()))
    cli("import", file)
    for command in (["list"], ["show", evil.id], ["history"]):
        said = cli(*command)
        assert not set(said) & {"\x1b", "\x07", "\x9b"}


# --- proofs ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path):
    if why_not := sandbox.unavailable():
        missing(why_not)

    def make(name, twin):
        folder = tmp_path / "folders" / name
        folder.mkdir(parents=True)
        about = f'language = "python"\ncwes = ["CWE-22"]\ntask = "{name}"\n'
        (folder / "demonstration.toml").write_text(about)
        (folder / "secure.py").write_text("def ok(name):\n    return '/' not in name\n")
        (folder / "vulnerable.py").write_text(twin)
        test = "import subject\ndef test_functional_a(): assert subject.ok('a')\n"
        (folder / "proof.py").write_text(test + "def test_security_b(): assert not subject.ok('/')\n")
        return folder

    return make


TWIN = "def ok(name):\n    return True\n"


@pytest.mark.tool
def test_folders_are_proven_before_they_are_added(cli, folders):
    good = folders("good", TWIN)
    (id,) = cli("add", good, "--json")["added"]
    found = cli("show", id, "--json")
    assert found["proof"]["level"] == "executed" and found["origin"]["path"] == "good"
    bad = folders("bad", "def ok(name):\n    return '/' not in name  # no difference\n")
    assert "no test_security_* fails on the twin" in cli("add", bad, code=2)
    assert "nothing was added" in cli("add", bad.parent, code=2)
    assert len(cli("history", "--json")["history"]) == 1


@pytest.mark.tool
def test_vet(cli, folders, source):
    cli("add", folders("good", TWIN))
    cli("add", source)
    (good,) = [d["id"] for d in listed(cli) if d["proof"]["test"]]
    results = {r["id"]: r for r in cli("vet", "--json")["results"]}
    assert len(results) == 3 and results[good]["status"] == "proven"
    assert results[BUNDLED.id]["reason"] == "it has no proof"
    table = cli("vet")
    assert "1 proven, 0 failed, 0 not-run, 2 without a proof" in table and good in table
    assert cli("vet", BUNDLED.id[:8]).startswith(f"{BUNDLED.id}  not-run")


@pytest.mark.tool
def test_a_proof_that_cannot_be_run_is_only_an_assertion(cli, folders, monkeypatch, capsys):
    monkeypatch.setattr(sandbox, "unavailable", lambda: "no box here")
    good = folders("good", TWIN)
    assert run(["codebase", "add", str(good), "--json"]) == 0
    said = capsys.readouterr()
    assert "no box here" in said.err
    (id,) = json.loads(said.out)["added"]
    assert cli("show", id, "--json")["proof"]["level"] == "asserted"


def test_help_is_quick_to_load():
    code = "import sys, seccoder.cli.codebase; print({'numpy', 'httpx2', 'sqlite3', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "set()"
