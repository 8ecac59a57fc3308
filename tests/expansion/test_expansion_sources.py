"""Sources others made, honest and hostile: Big-Vul's columns, CVEfixes' tables, advisories, SARIF logs, folders."""

import csv
import json
import sqlite3
import subprocess
import sys

import pytest
from test_history import SAFE, commit, find, git, repository
from test_vet import SECURE, TWIN

from conftest import need_tool
from seccoder.cli import run
from seccoder.errors import UsageError
from seccoder.expansion.candidate import OWN, Decision
from seccoder.expansion.sources import open_source
from seccoder.expansion.sources.about import About
from seccoder.expansion.vetting.vet import Policy, vet

ABOUT = About(licence="MIT")
TRUSTING = Policy(accept_assertions=True)
C = "int f(char *a, int n) {\n    char b[9];\n    GUARDmemcpy(b, a, n);\n    return b[0];\n}\n"
FIXED, BROKEN = C.replace("GUARD", "if (n > sizeof b) return -1;\n    "), C.replace("GUARD", "")


def candidates(path, about=ABOUT, **more):
    source = open_source(path, about, **more)
    found = [candidate for batch in source.batches(None) for candidate in batch.candidates]
    return found, source.skipped


def table(path, *rows, header=("commit_id", "CVE ID", "CWE ID", "project", "lang", "func_before", "func_after", "vul")):
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


ROW = ("a" * 40, "CVE-2015-1", "CWE-119", "demo", "C", BROKEN, FIXED, "1")


# --- Big-Vul's columns ----------------------------------------------------------------------------------------------


def test_a_table_with_big_vuls_columns(tmp_path):
    unchanged = ("b" * 40, "", "", "demo", "C", FIXED, FIXED, "0")
    path = table(tmp_path / "a.csv", ROW, unchanged, (*ROW[:2], "", *ROW[3:4], "CPP", BROKEN, FIXED + "\n", "1.0"))
    (first, second), skipped = candidates(path)
    assert skipped == [
        f"{path}: read by its columns func_before, func_after, vul, cwe_id, cve_id, commit_id, project, lang; "
        "it has none for file_name, publish_date"
    ]
    assert (first.language, first.cwes, first.note) == ("C", ("CWE-119",), "CVE-2015-1")
    assert not first.fix and first.origin.commit == "a" * 40 and first.origin.source == "demo"
    assert (second.language, second.cwes) == ("CPP", ())
    assert vet([first])[0].decision is Decision.QUARANTINE  # a check came, but which side is which only the table says
    (vetting,) = vet([first], policy=TRUSTING)
    assert vetting.decision is Decision.ACCEPT and vetting.demonstration.language == "c" and vetting.level == "asserted"
    (unlicensed,), _ = candidates(table(tmp_path / "b.csv", ROW), About())
    assert vet([unlicensed])[0].against[0].rule == "licence"


# The columns that are read, as the published table spells them (MSR_data_cleaned.csv), and as tables made from it do.
PUBLISHED = ("CVE ID", "CWE ID", "Publish Date", "commit_id", "file_name", "func_after", "func_before", "lang",
             "project", "vul")  # fmt: skip


@pytest.mark.parametrize("spelled", [str, lambda name: name.lower().replace(" ", "_"), lambda name: f" {name.upper()}"])
def test_columns_are_read_in_any_spelling(tmp_path, spelled):
    row = ("CVE-2015-1", "CWE-119", "2015-05-20", "a" * 40, "src/a.c", FIXED, BROKEN, "C", "demo", "1")
    path = table(tmp_path / "a.csv", (7, *row), header=("", *map(spelled, PUBLISHED)))
    (found,), skipped = candidates(path)
    assert (found.cwes, found.note, found.origin.date) == (("CWE-119",), "CVE-2015-1", "2015-05-20")
    assert (found.origin.path, found.origin.commit, skipped) == ("src/a.c", "a" * 40, [])


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n",
        b"",
        b"\xff\xfe\0",
        b'func_before,func_after\n"' + b"x" * 5_000_000,
        b'func_before,func_after\nx,y\n"' + b"x,y\n" * 1_500_000,
        b",".join([b"func_before", b"func_after", *[b"c"] * 600]) + b"\n",
    ],
    ids=["other columns", "empty", "binary", "an endless field", "an open quote", "too many columns"],
)
def test_tables_that_are_none(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    limit = csv.field_size_limit()
    with pytest.raises(UsageError, match=r"a\.csv"):
        candidates(tmp_path / "a.csv")
    assert csv.field_size_limit() == limit


def test_a_table_is_streamed(tmp_path):
    """40 MB are read in 20 MB of memory."""
    path = tmp_path / "a.csv"
    row = ",".join(["0" * 40, "", "", "p", "C", "x" * 50_000, "x" * 50_000, "0"]) + "\n"
    with path.open("w") as stream:
        stream.write("commit_id,CVE ID,CWE ID,project,lang,func_before,func_after,vul\n")
        for _ in range(400):
            stream.write(row)
    code = (
        "import resource, sys; from pathlib import Path; from seccoder.expansion.sources import open_source\n"
        "from seccoder.expansion.sources.pair import About\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert not list(open_source(Path(sys.argv[1]), About()).batches(None))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, timeout=120, check=True)
    assert int(done.stdout) < 20_000


# --- CVEfixes -------------------------------------------------------------------------------------------------------


def database(path, *, extra=""):
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE fixes (cve_id, hash, repo_url); CREATE TABLE commits (hash, author_date, msg);"
        "CREATE TABLE cwe_classification (cve_id, cwe_id);"
        "CREATE TABLE file_change (file_change_id, hash, filename, old_path, new_path, code_before, code_after);"
        "INSERT INTO fixes VALUES ('CVE-2020-1', 'abc', 'https://example.org/r'), ('CVE-2020-2', 'abc', 'x');"
        "INSERT INTO commits VALUES ('abc', '2020-02-03 10:00:00+00:00', 'm');"
        "INSERT INTO cwe_classification VALUES ('CVE-2020-1', 'CWE-787'), ('CVE-2020-1', 'NVD-CWE-noinfo');" + extra
    )
    rows = [
        (
            "1",
            "abc",
            "f.c",
            "src/f.c",
            "src/f.c",
            BROKEN + "int g(void) { return 1; }\n",
            FIXED + "int g(void) { return 1; }\n",
        ),
        ("2", "abc", "new.c", "None", "src/new.c", "None", FIXED),
        ("3", "other", "f.c", "f.c", "f.c", BROKEN, FIXED),
        ("4", "abc", "f.rb", "f.rb", "f.rb", "def a; 1; end", "def a; 2; end"),
        ("5", "abc", "b.c", "b.c", "b.c", b"\xff" * 40, b"\xfe" * 40),
    ]
    connection.executemany("INSERT INTO file_change VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
    return path


def test_cvefixes(tmp_path):
    (found,), skipped = candidates(database(tmp_path / "a.db"))
    assert skipped == [] and found.cwes == ("CWE-787",) and found.origin.path == "src/f.c:f"
    assert (found.origin.source, found.origin.date, found.note) == (
        "https://example.org/r",
        "2020-02-03",
        "CVE-2020-1, CVE-2020-2",
    )
    assert found.code.startswith("int f(") and "int g" not in found.code
    assert vet([found], policy=TRUSTING)[0].decision is Decision.ACCEPT


def test_databases_that_are_not_cvefixes(tmp_path):
    (tmp_path / "text.db").write_text("no database")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE fixes (a)").connection.close()
    (tmp_path / "empty.db").touch()
    whole = database(tmp_path / "whole.db").read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[: len(whole) // 2])
    for name in ("text", "other", "empty", "cut"):
        with pytest.raises(UsageError, match=f"{name}\\.db"):
            candidates(tmp_path / f"{name}.db")
    view = database(tmp_path / "view.db", extra="ALTER TABLE fixes RENAME TO f; CREATE VIEW fixes AS SELECT * FROM f;")
    with pytest.raises(UsageError, match="not CVEfixes"):
        candidates(view)


# --- advisories and SARIF -------------------------------------------------------------------------------------------


@pytest.fixture
def fixed(tmp_path):
    """A repository with a fix that its message does not tell, and the fix's commit."""
    need_tool("git")
    path = repository(tmp_path / "r")
    commit(path, "one", {"src/a.py": find(1) + find(2)})
    return path, commit(path, "Improve find_1", {"src/a.py": find(1, SAFE) + find(2)})


@pytest.mark.tool
def test_advisories(tmp_path, fixed):
    path, name = fixed
    osv = {"id": "GHSA-aaaa-bbbb-cccc", "database_specific": {"cwe_ids": ["CWE-89"]}, "affected": [
        {"ranges": [{"type": "GIT", "events": [{"introduced": "0"}, {"fixed": name}]}]}],
        "references": [{"type": "FIX", "url": f"https://example.org/a/b/commit/{name[:12]}"},
                       {"type": "FIX", "url": "https://example.org/a/b/commit/" + "0" * 40}]}  # fmt: skip
    github = {"ghsa_id": "GHSA-aaaa-bbbb-dddd", "cwes": [{"cwe_id": "CWE-89", "name": "x"}],
              "references": [f"https://example.org/a/b/commit/{name}"]}  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(osv))
    found, skipped = candidates(tmp_path / "a.json", clone=path)
    assert {c.origin.path for c in found} == {"src/a.py:find_1"} and found[0].cwes == ("CWE-89",)
    assert found[0].note == "GHSA-AAAA-BBBB-CCCC" or found[0].note == osv["id"]
    assert found[0].fix and found[0].origin.commit == name and len(skipped) == 1 and "0000" in skipped[0]
    folder = tmp_path / "advisories"
    folder.mkdir()
    (folder / "b.json").write_text(json.dumps(github))
    for number, bad in enumerate(
        (b"{", b"[]", b"{}", b'{"id": "x y"}', b"[" * 10**6, b'{"id": "OSV-1", "affected": [1]}')
    ):
        (folder / f"{number}.json").write_bytes(bad)
    (found,), skipped = candidates(folder, clone=path)
    assert found.cwes == ("CWE-89",) and len(skipped) == 6
    with pytest.raises(UsageError, match="--clone"):
        candidates(tmp_path / "a.json")
    with pytest.raises(UsageError, match="not a git repository"):
        candidates(tmp_path / "a.json", clone=folder)


@pytest.mark.tool
def test_sarif_before_and_after_a_commit(tmp_path, fixed):
    path, name = fixed

    def log(file, *lines):
        results = [
            {"ruleId": "sql", "message": {"text": "m"}, "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": "src/a.py"}, "region": {"startLine": line}}}]} for line in lines
        ]  # fmt: skip
        rules = [{"id": "sql", "properties": {"tags": ["external/cwe/cwe-089"]}}]
        driver = {"name": "demo", "rules": rules}
        (tmp_path / file).write_text(
            json.dumps({"version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]})
        )
        return tmp_path / file

    def place(uri="src/a.py", line=1, **more):
        return {"physicalLocation": {"artifactLocation": {"uri": uri, **more}, "region": {"startLine": line}}}

    def change(file, **driver):
        """Let a log name its places in another way."""
        read = json.loads((tmp_path / file).read_text())
        (run_,) = read["runs"]
        run_["tool"]["driver"] |= driver
        return run_, lambda: (tmp_path / file).write_text(json.dumps(read))

    before, after = log("before.sarif", 2, 6), log("after.sarif", 6)
    (found,), _ = candidates(before, after=after, commit=name[:10], clone=path)
    assert found.origin.path == "src/a.py:find_1" and found.cwes == ("CWE-89",) and "sql" in found.note
    assert candidates(after, after=after, commit=name, clone=path)[0] == []
    run_, write = change("before.sarif", name="Cppcheck")  # the way to the finding comes first
    run_["results"][0]["locations"].insert(0, place(line=1))
    write()
    (found,), _ = candidates(before, after=after, commit=name, clone=path)
    run_, write = change("before.sarif", name="demo")
    run_["artifacts"] = [{"location": {"uri": "a.py", "uriBaseId": "SRC"}}]
    run_["originalUriBaseIds"] = {"SRC": {"uri": "file:///ci/work/src/"}}
    run_["results"][0]["locations"] = [
        {"physicalLocation": {"artifactLocation": {"index": 0}, "region": {"startLine": 2}}}
    ]
    write()
    assert candidates(before, after=after, commit=name, clone=path)[0] == [found]
    run_["results"] = [{**each, "locations": [place("lib/other.py")]} for each in run_["results"]]
    write()
    none, skipped = candidates(before, after=after, commit=name, clone=path)
    assert none == [] and "none of its 2 findings is in a file that the commit changed" in skipped[0]
    assert "'lib/other.py'" in skipped[0] and "'src/a.py'" in skipped[0]
    run_["tool"]["driver"]["rules"] = []
    write()
    assert "none of its 2 findings names a CWE" in candidates(before, after=after, commit=name, clone=path)[1][0]
    before = log("before.sarif", 2, 6)
    with pytest.raises(UsageError, match="--after"):
        candidates(before)
    for commit_ in ("0" * 40, "--all", "HEAD~1", "zz"):
        with pytest.raises(UsageError, match="no commit"):
            candidates(before, after=after, commit=commit_, clone=path)
    (tmp_path / "bad.sarif").write_text("{}")
    with pytest.raises(UsageError, match=r"bad\.sarif"):
        candidates(tmp_path / "bad.sarif", after=after, commit=name, clone=path)
    assert git(path, "status", "--porcelain") == ""


# --- folders --------------------------------------------------------------------------------------------------------


def test_folders(tmp_path):
    top = tmp_path / "top"
    (top / "b").mkdir(parents=True)
    record = {"code": SECURE, "vulnerable": TWIN, "language": "python", "cwe": "CWE-89", "licence": "MIT"}
    (top / "a.jsonl").write_text(json.dumps(record) + "\n")
    table(top / "b" / "c.csv", ROW)
    database(top / "b" / "d.sqlite")
    (top / "b" / "broken.db").write_text("no")
    (top / ".hidden.jsonl").write_text(json.dumps(record))
    (top / "notes.txt").write_text("x")
    (top / "link.jsonl").symlink_to(top / "a.jsonl")
    (top / "loop").symlink_to(top)
    (top / "fifo.jsonl").mkdir()
    demo = top / "demo"
    demo.mkdir()
    (demo / "demonstration.toml").write_text('language = "python"\ncwes = ["CWE-89"]\ntask = "find orders"\n')
    (demo / "secure.py").write_text(SECURE)
    (demo / "vulnerable.py").write_text(TWIN)
    (demo / "proof.py").write_text("x = 1\n")
    found, skipped = candidates(top, About())
    assert [c.origin.path.rpartition("/")[2] for c in found] == ["a.jsonl:1", "c.csv:2", "f.c:f", "demo"]
    assert len(skipped) == 2 and "broken.db" in skipped[0] and "c.csv: read by its columns" in skipped[1]
    assert found[3].test == "x = 1\n" and found[3].origin.licence == OWN
    (demo / "secure.py").unlink()
    (demo / "secure.py").symlink_to("/etc/passwd")
    assert "links" in candidates(top, About())[1][-1]
    with pytest.raises(UsageError, match="nothing"):
        candidates(top / "fifo.jsonl")
    with pytest.raises(UsageError, match="nothing"):
        candidates(top / "notes.txt")


def test_from_the_command_line(tmp_path, capsys):
    table(tmp_path / "a.csv", ROW)
    assert run(["codebase", "expand", str(tmp_path), "--licence", "MIT", "--accept-assertions", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["added"]) == 1
