"""A codebase in LanceDB holds, finds and restores what one in SQLite does, and says in one line what it cannot do."""

import os
import sys
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from conftest import need_module
from demonstrations import demonstration
from seccoder import retrievers
from seccoder.cli import run
from seccoder.codebase.codebase import Codebase, writable
from seccoder.errors import MissingExtra, StoreError, UsageError
from seccoder.types import Proof, ProofLevel, Query

QUERIES = (
    Query("", "python", "look up a user by name in SQLite"),
    Query("char *copy(const char *text, size_t n) {\n    char *out = malloc(n * 4);\n", "c"),
    Query("", None, "download a file whose name is in the request"),
)


@pytest.fixture(autouse=True)
def lancedb():
    return need_module("lancedb")


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    """The bundled demonstrations, in SQLite and in LanceDB; a test that changes something makes its own."""
    need_module("lancedb")
    spec = f"lance:{tmp_path_factory.mktemp('lance') / 'bundled'}"
    with Codebase.open("bundled") as base, writable(spec) as store:
        everything = base.demonstrations()
        assert store.add(everything, "all of it") == [each.id for each in everything]
    return spec


@pytest.fixture
def spec(tmp_path):
    return f"lance:{tmp_path / 'base'}"


def test_the_same_is_in_it(bundled):
    with Codebase.open("bundled") as base, Codebase.open(bundled) as lance:
        assert lance.demonstrations() == base.demonstrations()
        assert lance.digest() == base.digest()
        assert lance.demonstrations("c", "CWE-787") == base.demonstrations("c", "CWE-787") != []
        one = base.ids()[3]
        assert lance.get(one[:8]) == base.get(one)
        with pytest.raises(StoreError, match="no demonstration ffffffffffff"):
            lance.get("f" * 12)
        with pytest.raises(UsageError, match="not an id"):
            lance.get("' OR 1=1")


@pytest.mark.parametrize("name", ["hybrid", "bm25"])
def test_the_same_is_found_in_it(bundled, name):
    with Codebase.open("bundled") as base, Codebase.open(bundled) as lance:
        ours, theirs = retrievers.load(name, base), retrievers.load(name, lance)
        for query in QUERIES:
            wanted, found = ours.search(query, 10), theirs.search(query, 10)
            assert [(hit.demonstration, hit.rank) for hit in found] == [(hit.demonstration, hit.rank) for hit in wanted]
            # The bundled vectors may have been made by another build, which added up in another order.
            assert [hit.score for hit in found] == pytest.approx([hit.score for hit in wanted], abs=1e-6)
        assert lance.derived(f"bm25:code:{base.digest()}") is not None  # the next one need not compute it


def test_export_and_import_move_between_the_two(spec, tmp_path, capsys):
    three = [demonstration(str(i)) for i in range(3)]
    with writable(tmp_path / "three.sqlite") as store:
        store.add(three)
    for place in (str(tmp_path / "three.sqlite"), spec):
        lines = tmp_path / "lines"
        other = {str(tmp_path / "three.sqlite"): spec, spec: str(tmp_path / "back.sqlite")}[place]
        assert run(["codebase", "export", str(lines), "--codebase", place]) == 0
        assert run(["codebase", "import", str(lines), "--codebase", other]) == 0
        with Codebase.open(other) as base:
            assert base.demonstrations() == sorted(three, key=lambda each: each.id)
    assert "3 demonstrations added" in capsys.readouterr().out


def test_every_version_can_come_back(spec):
    one, two = demonstration("one"), demonstration("it's")
    with writable(spec) as store:
        assert (store.version, store.ids(), store.history()) == (0, [], [])
        assert store.add([one, two, one], "first") == [one.id, two.id]
        assert store.add([one]) == []
        stronger = replace(one, proof=Proof(ProofLevel.EXECUTED, "test"))
        assert store.add([stronger]) == []
        with pytest.raises(UsageError, match="--why"):
            store.remove(one.id, " ")
        assert store.remove(one.id[:6], "bad") == one.id
        first, better, gone = store.history()
        assert [(each.action, each.why, set(each.ids)) for each in (first, better, gone)] == [
            ("add", "first", {one.id, two.id}),
            ("add", "", {one.id}),
            ("remove", "bad", {one.id}),
        ]
        for version, wanted in ((first.version, [one, two]), (better.version, [stronger, two]), (0, [])):
            assert store.restore(version) == store.version
            assert store.demonstrations() == sorted(wanted, key=lambda each: each.id)
        with pytest.raises(StoreError, match="no version 1000"):
            store.restore(1000)


def test_several_write_at_once_and_a_reader_sees_it(spec):
    with writable(spec) as store:
        store.add([demonstration("first")])
    with Codebase.open(spec) as reader:
        failures = []

        def write(number):
            try:
                with writable(spec) as store:
                    for i in range(3):
                        store.add([demonstration(f"{number}-{i}")])
            except StoreError as error:
                failures.append(error)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert failures == []
        assert len(reader.ids()) == 10
        assert len(reader.stores[0].history()) == 10


def test_what_it_does_not_hold_is_said(spec, capsys):
    with writable(spec) as store:
        store.add([one := demonstration("one")])
    assert run(["codebase", "list", "--quarantine", "--codebase", spec]) == 3
    assert "keeps no decisions and no quarantine; use an SQLite store" in capsys.readouterr().err
    assert run(["codebase", "show", one.id, "--codebase", spec]) == 0


def broken(lancedb, tmp_path, what):
    """A place that is no codebase in LanceDB, and what is said of it."""
    place = tmp_path / "place"
    if what == "file":
        place.write_text("x")
    elif what == "folder":
        (place / "src").mkdir(parents=True)
    elif what in ("other", "schema"):
        name = "demonstrations" if what == "schema" else "users"
        lancedb.connect(place).create_table(name, data=[{"id": "1", "name": "x"}])
    elif what == "former":
        lancedb.connect(place).create_table("demonstrations", data=[{"id": "1", "code": "x", "vulnerable": "y"}])
    return {
        "nothing": (f"lance:{place}", "there is no secure codebase at lance:"),
        "empty": ("lance:", "named by a folder or an address"),
        "file": (f"lance:{place}", "is something else"),
        "folder": (f"lance:{place}", "is something else"),
        "other": (f"lance:{place}", "holds tables of something else"),
        "schema": (f"lance:{place}", "'demonstrations' of another form"),
        "former": (f"lance:{place}", "was made by an earlier seccoder: let that export it"),
        "scheme": ("lance:nowhere://base", "cannot use lance:nowhere://base: "),
        "key": ("lance:s3://team/base", "cannot use lance:s3://team/base: The key is not known here."),
        "server": ("lance:s3://team/base", "cannot use lance:s3://team/base: Connection refused"),
    }[what]


@pytest.fixture
def object_storage(what, monkeypatch):
    """A server of S3 that lets nobody in; for `server`, none."""

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(403)
            self.end_headers()
            self.wfile.write(b"<Error><Code>Unknown</Code><Message>The key is not known here.</Message></Error>")

        def log_message(self, *of):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    for name, value in {
        "AWS_ENDPOINT": f"http://127.0.0.1:{server.server_port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    thread = threading.Thread(target=server.serve_forever)
    if what == "server":
        server.server_close()
        yield
        return
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    "what", ["nothing", "empty", "file", "folder", "other", "schema", "former", "scheme", "key", "server"]
)
@pytest.mark.usefixtures("object_storage")
def test_what_is_no_codebase_is_one_line(lancedb, tmp_path, what, capsys):
    spec, said = broken(lancedb, tmp_path, what)
    assert run(["codebase", "list", "--codebase", spec]) == 3
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1
    assert len(line) < 400


def test_a_folder_that_may_not_be_written_is_read(spec, tmp_path, monkeypatch):
    with writable(spec) as store:
        store.add([demonstration("one")])
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with Codebase.open(spec) as base:
        assert len(base.ids()) == 1
        base.put_derived("key", b"value")
        assert base.derived("key") is None
    with pytest.raises(StoreError, match="read-only"):
        writable(spec)


def test_without_lancedb_it_says_what_installs_it(spec, monkeypatch):
    monkeypatch.setitem(sys.modules, "lancedb", None)
    with pytest.raises(MissingExtra, match=r"pip install 'seccoder\[lance\]'"):
        writable(spec)
