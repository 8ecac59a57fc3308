"""The store: nothing acknowledged is lost, every version can come back, what is not ours is refused untouched."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import need_tool
from demonstrations import demonstration
from seccoder.codebase import migrations
from seccoder.codebase.codebase import Codebase
from seccoder.codebase.store import Store
from seccoder.errors import StoreError, UsageError
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    with Store.open(path) as opened:
        yield opened


# --- reading back ---------------------------------------------------------------------------------------------------


def test_what_comes_out_is_what_went_in(path):
    full = Demonstration(
        language="c",
        cwes=("CWE-787", "CWE-125"),
        task="naïve \N{SNOWMAN} ''; DROP TABLE records; --",
        code="int x;\r\n\tint y = '\0';\u2028\n",
        vulnerable=None,
        proof=Proof(ProofLevel.EXECUTED, "def test_security_x(): pass\n"),
        origin=Provenance("s", "MIT", "c0ffee", "a/b.c", "2026-01-02", "me"),
        note="a note",
        apis=("memcpy", "strlcpy"),
        cue="A length from the packet may be too large: compare it with the array's size.",
    )
    with Store.open(path) as store:
        assert store.add([full], "because") == [full.id]
    with Store.open(path) as store:
        assert store.get(full.id) == full
        assert store.demonstrations() == [full]
        assert [(c.version, c.action, c.why, c.ids) for c in store.history()] == [(1, "add", "because", (full.id,))]


def test_order_and_digest_do_not_depend_on_insertion(tmp_path):
    some = [demonstration(number) for number in range(20)]
    with Store.open(tmp_path / "a") as one, Store.open(tmp_path / "b") as other:
        one.add(some)
        for each in reversed(some):
            other.add([each])
        assert one.ids() == other.ids() == sorted(d.id for d in some)
        assert [d.id for d in one.demonstrations()] == one.ids()
        assert one.digest() == other.digest()
        other.remove(some[0].id, "gone")
        assert one.digest() != other.digest()


def test_filters(store):
    python = demonstration(1, cwes=("CWE-22", "CWE-78"))
    other = demonstration(2, cwes=("CWE-2",), language="c")
    store.add([python, other])
    assert store.demonstrations(language="c") == [other]
    assert store.demonstrations(cwe="CWE-2") == [other]
    assert store.demonstrations(cwe="CWE-78") == [python]
    assert store.demonstrations(language="c", cwe="CWE-78") == []


def test_adding_again_changes_nothing_unless_the_proof_is_stronger(store):
    weak, strong = demonstration(1), demonstration(1, level=ProofLevel.EXECUTED, note="proven")
    assert store.add([weak, weak]) == [weak.id]
    assert store.add([weak]) == [] and store.version == 1
    assert store.add([strong]) == [] and store.version == 2
    assert store.get(weak.id) == strong
    store.add([weak])
    assert store.get(weak.id) == strong
    store.restore(1)
    assert store.get(weak.id) == weak


@pytest.mark.parametrize(
    "bad",
    [
        demonstration(language="py"),
        demonstration(cwes=("cwe-022",)),
        demonstration(code=" \n"),
        demonstration(task="\ud800"),
    ],
)
def test_malformed_demonstrations_are_refused_with_all_that_came_along(store, bad):
    with pytest.raises(UsageError):
        store.add([demonstration(1), bad])
    assert store.ids() == [] and store.version == 0


def test_prefixes(store):
    by_prefix = {}
    number = 0
    while True:  # two ids with the same first four digits
        each = demonstration(number)
        twin = by_prefix.setdefault(each.id[:4], each)
        if twin is not each:
            break
        number += 1
    store.add([each, twin])
    with pytest.raises(StoreError, match=f"{min(each.id, twin.id)}, {max(each.id, twin.id)}"):
        store.get(each.id[:4])
    assert store.get(each.id[:15].upper()) == each
    with pytest.raises(StoreError, match="no demonstration 00000000"):
        store.get("00000000")
    for bad in ("abc", "", "%%%%", "zzzz", "abcd'"):
        with pytest.raises(UsageError):
            store.get(bad)


def test_remove_needs_a_reason_and_something_to_remove(store):
    store.add([demonstration(1)])
    with pytest.raises(UsageError, match="reason"):
        store.remove(store.ids()[0], " ")
    with pytest.raises(StoreError):
        store.remove("ffffffff", "why not")
    assert store.version == 1


# --- history --------------------------------------------------------------------------------------------------------

POOL = [
    demonstration(number, level=level) for number in range(5) for level in (ProofLevel.ASSERTED, ProofLevel.EXECUTED)
]
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.sampled_from(POOL), max_size=4)),
        st.tuples(st.just("remove"), st.sampled_from(POOL)),
        st.tuples(st.just("restore"), st.integers(0, 12)),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(OPERATIONS)
def test_any_sequence_of_changes_agrees_with_a_simple_model(operations):
    versions = [{}]  # id -> demonstration, one dict a version
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "s")) as store:
        for what, argument in operations:
            now = dict(versions[-1])
            if what == "add":
                for each in argument:
                    if each.id not in now or (now[each.id].proof.level, each.proof.level) == ("asserted", "executed"):
                        now[each.id] = each
                assert sorted(store.add(argument)) == sorted(now.keys() - versions[-1].keys())
                if now != versions[-1]:
                    versions.append(now)
            elif what == "remove" and argument.id in now:
                assert store.remove(argument.id, "x") == argument.id
                del now[argument.id]
                versions.append(now)
            elif what == "restore" and argument < len(versions):
                assert store.restore(argument) == len(versions)
                versions.append(dict(versions[argument]))
            elif what == "restore":
                with pytest.raises(StoreError):
                    store.restore(argument)
            assert {d.id: d for d in store.demonstrations()} == versions[-1]
            assert store.version == len(versions) - 1 == len(store.history())
        for number, then in enumerate(list(versions)):
            store.restore(number)
            assert {d.id: d for d in store.demonstrations()} == then


# --- crashes and company --------------------------------------------------------------------------------------------

WRITER = """
import sys
from seccoder.codebase.store import Store
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance
path, name, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store.open(path) as store:
    for i in range(number):
        proof, origin = Proof(ProofLevel.ASSERTED), Provenance(name)
        d = Demonstration("c", ("CWE-787",), f"{name} {i}", "x" * 5000, None, proof, origin)
        store.add([d])
        print(d.id, flush=True)
"""


def write(path, name, number):
    command = [sys.executable, "-c", WRITER, str(path), name, str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_kill_9_loses_nothing_acknowledged_and_leaves_nothing_half_done(path):
    random.seed(1)
    acknowledged = []
    for round in range(6):
        with write(path, f"round {round}", 100_000) as writer:
            acknowledged += [writer.stdout.readline().strip() for _ in range(random.randint(1, 9))]
            time.sleep(random.uniform(0, 0.01))  # into the midst of a write
            writer.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
        with Store.open(path) as store:
            ids = store.ids()
            assert set(acknowledged) <= set(ids)
            assert [d.id for d in store.demonstrations()] == ids  # every row is whole
            assert sorted(id for change in store.history() for id in change.ids) == ids
    assert len(acknowledged) > 6


def test_several_processes_write_at_once_also_into_a_store_nobody_has_made_yet(path):
    writers = [write(path, f"writer {number}", 60) for number in range(3)]
    printed = [writer.communicate(timeout=120)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    with Store.open(path) as store:
        assert store.ids() == sorted(id for ids in printed for id in ids)
        assert len(store.ids()) == store.version == 180


def test_threads_share_a_store(store):
    def work(start):
        for number in range(start, start + 10):
            store.add([demonstration(number)])
            store.demonstrations()

    threads = [threading.Thread(target=work, args=(10 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.ids()) == store.version == 40


def test_readers_are_not_blocked_by_a_write_and_see_the_version_before(path, store):
    store.add([demonstration(1)])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM live")
    with Store.open(path) as reader, Store.open(path, readonly=True) as readonly:
        assert reader.ids() == readonly.ids() == store.ids() == [demonstration(1).id]  # waiting would be in vain
    other.execute("ROLLBACK")
    other.close()


def test_a_writer_that_waits_in_vain_says_so_in_one_line(path, store, monkeypatch):
    store.add([demonstration(1)])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("seccoder.codebase.database.BUSY_SECONDS", 0.1)
    with Store.open(path) as waiting, pytest.raises(StoreError, match="in use by another process"):
        waiting.add([demonstration(2)])
    other.execute("ROLLBACK")
    other.close()


def test_a_failed_change_leaves_no_trace(store, monkeypatch):
    store.add([demonstration(1)])

    def fail(*_):
        raise sqlite3.Error("disk")

    with monkeypatch.context() as patch, pytest.raises(StoreError):
        patch.setattr("seccoder.codebase.store._record_change", fail)
        store.add([demonstration(2)])
    assert store.ids() == [demonstration(1).id] and store.version == 1
    assert store.add([demonstration(3)])


# --- files that are not what they should be -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"not a database\n" * 400, b"\0" * 4096, b"SQLite format 3\0" + bytes(range(255, 0, -1)) * 16]
)
@pytest.mark.parametrize("readonly", [False, True])
def test_a_file_that_is_no_store_is_refused_and_left_alone(path, content, readonly):
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store.open(path, readonly)
    assert "\n" not in str(caught.value) and str(path) in str(caught.value)
    assert path.read_bytes() == content and os.listdir(path.parent) == [path.name]


def test_another_programs_database_is_refused_and_left_alone(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a secure codebase"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_newer_store_is_refused_and_left_alone(path):
    with Store.open(path) as store:
        store.add([demonstration(1)])
        store.seal()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    for readonly in (False, True):
        with pytest.raises(StoreError, match=r"newer seccoder .format 999.*upgrade"):
            Store.open(path, readonly)
    assert path.read_bytes() == before


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_truncated_store_is_reported_in_one_line(path, keep):
    with Store.open(path) as store:
        store.add(demonstration(number) for number in range(200))
        store.seal()
    os.truncate(path, int(path.stat().st_size * keep))
    with pytest.raises(StoreError, match="damaged"), Store.open(path) as store:
        store.demonstrations()


def test_a_damaged_row_is_reported_in_one_line(path, store):
    store.add([demonstration(1)])
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE records SET level = 'beyond doubt'")
    connection.close()
    with pytest.raises(StoreError, match="damaged"):
        store.demonstrations()


def test_folders_and_missing_files(tmp_path, path):
    with pytest.raises(StoreError, match="folder"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="no secure codebase"):
        Store.open(path, readonly=True)
    with Store.open(tmp_path / "new" / "deep" / "s") as store:
        assert store.ids() == [] and store.history() == [] and store.version == 0
        assert os.listdir(tmp_path) == []  # reading makes no files
        store.add([demonstration(1)])
    assert Store.open(tmp_path / "new" / "deep" / "s").version == 1
    (tmp_path / "file").write_text("x")
    with Store.open(tmp_path / "file" / "s") as store, pytest.raises(StoreError, match="cannot create"):
        store.add([demonstration(1)])


def test_an_empty_file_is_an_empty_store(path):
    path.touch()  # what a creation that was killed leaves
    assert Store.open(path, readonly=True).ids() == []
    with Store.open(path) as store:
        assert store.add([demonstration(1)])


# --- formats --------------------------------------------------------------------------------------------------------

# A store in the first format, as the first release wrote it. Never edit: it stands for the files users have.
FIRST_FORMAT = """
CREATE TABLE records (
    record INTEGER PRIMARY KEY, id TEXT NOT NULL, language TEXT NOT NULL, cwes TEXT NOT NULL,
    task TEXT NOT NULL, code TEXT NOT NULL, vulnerable TEXT, level TEXT NOT NULL, test TEXT,
    origin TEXT NOT NULL, note TEXT NOT NULL, apis TEXT NOT NULL, repeat INTEGER NOT NULL);
CREATE INDEX records_by_id ON records (id);
CREATE TABLE changes (version INTEGER PRIMARY KEY, at TEXT NOT NULL, action TEXT NOT NULL, why TEXT NOT NULL);
CREATE TABLE entries (
    id TEXT NOT NULL, version INTEGER NOT NULL REFERENCES changes, record INTEGER REFERENCES records,
    PRIMARY KEY (id, version)) WITHOUT ROWID;
CREATE INDEX entries_by_version ON entries (version);
CREATE TABLE live (id TEXT PRIMARY KEY, record INTEGER NOT NULL REFERENCES records) WITHOUT ROWID;
CREATE TABLE vectors (embedder TEXT NOT NULL, id TEXT NOT NULL, vector BLOB NOT NULL);
CREATE UNIQUE INDEX vectors_by_key ON vectors (embedder, id);
CREATE TABLE derived (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value BLOB NOT NULL);
INSERT INTO records VALUES (1, '$ID', 'python', '["CWE-22"]', 'a task', 'code()', 'twin()', 'executed', 'test',
    '{"source": "s", "licence": "MIT"}', 'a note', '["open"]', 0);
INSERT INTO changes VALUES (1, '2026-11-23T00:00:00+00:00', 'add', 'first');
INSERT INTO entries VALUES ('$ID', 1, 1);
INSERT INTO live VALUES ('$ID', 1);
PRAGMA application_id = 1590431205;
PRAGMA user_version = 1;
"""
FIRST = Demonstration(
    "python",
    ("CWE-22",),
    "a task",
    "code()",
    "twin()",
    Proof(ProofLevel.EXECUTED, "test"),
    Provenance("s", "MIT"),
    "a note",
    ("open",),
)


@pytest.fixture
def first_format(path):
    connection = sqlite3.connect(path)
    connection.executescript(FIRST_FORMAT.replace("$ID", FIRST.id))
    connection.close()
    return path


def m_next(connection):
    connection.execute("ALTER TABLE changes ADD COLUMN who TEXT NOT NULL DEFAULT ''")


def test_the_first_format_is_read_and_brought_up_to_date(first_format, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, m_next])
    with Store.open(first_format) as store:
        assert store.demonstrations() == [FIRST]
        assert store.history()[0].why == "first"
        assert store.add([demonstration(1)]) and store.version == 2
    connection = sqlite3.connect(first_format)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(migrations.MIGRATIONS),)
    assert connection.execute("SELECT who FROM changes").fetchall() == [("",), ("",)]
    connection.close()


def test_an_older_store_is_read_without_writing_to_it(first_format, monkeypatch):
    before = first_format.read_bytes()
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, m_next])
    with Store.open(first_format, readonly=True) as store:
        assert store.demonstrations() == [FIRST]
        with pytest.raises(StoreError, match="read-only"):
            store.add([demonstration(1)])
    assert first_format.read_bytes() == before


def test_a_migration_that_fails_leaves_the_store_as_it_was(first_format, monkeypatch):
    def broken(connection):
        m_next(connection)
        connection.execute("SELECT nonsense")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, broken])
        with pytest.raises(StoreError):
            Store.open(first_format)
    with Store.open(first_format) as store:
        assert store.demonstrations() == [FIRST]


def test_a_fresh_store_has_the_tables_of_the_last_format(tmp_path, first_format):
    with Store.open(tmp_path / "fresh") as store:
        store.add([FIRST])
    Store.open(first_format).close()

    def shape(path):
        connection = sqlite3.connect(path)
        rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        connection.close()
        return [(name, " ".join((sql or "").split()).replace("( ", "(")) for name, sql in rows]

    assert shape(tmp_path / "fresh") == shape(first_format)


# --- reading where nothing can be written ---------------------------------------------------------------------------


@pytest.mark.tool
@pytest.mark.parametrize("sealed", [True, False])
def test_a_read_only_folder(tmp_path, sealed):
    bwrap = need_tool("bwrap")
    path = tmp_path / "s"
    with Store.open(path) as store:
        store.add([demonstration(1)])
        if sealed:
            store.seal()
    assert os.listdir(tmp_path) == ["s"]
    code = (
        "import sys; from seccoder.codebase.store import Store; from seccoder.errors import StoreError\n"
        "from seccoder.codebase.codebase import Codebase\n"
        f"for s in (Store.open({str(path)!r}, readonly=True), Store.open({str(path)!r})):\n"
        "    print(s.ids()[0], s.readonly, s.demonstrations()[0].task)\n"
        "    try: s.remove(s.ids()[0], 'x')\n"
        "    except StoreError as error: print(error)\n"
        f"c = Codebase.open({str(path)!r}); c.put_derived('k', b'v'); print(c.writable, c.derived('k'))\n"
    )
    command = [bwrap, "--ro-bind", "/", "/", "--dev", "/dev", sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if "bwrap:" in done.stderr:
        pytest.skip(f"bubblewrap cannot start here: {done.stderr}")
    read_only = [f"{demonstration(1).id} True task 1", f"{path} is read-only"]
    assert done.stdout.splitlines() == [*read_only, *read_only, "None None"], done.stderr
    assert os.listdir(tmp_path) == ["s"]


def test_a_sealed_store_is_one_file_and_can_be_written_again(path):
    with Store.open(path) as store:
        store.add([demonstration(1)])
        store.put_vectors("e", {demonstration(1).id: np.ones(3, dtype=np.float32)})
        store.seal()
    assert os.listdir(path.parent) == [path.name]
    with Store.open(path, readonly=True) as store:
        assert store.ids() == [demonstration(1).id]
        assert os.listdir(path.parent) == [path.name]  # reading makes no side files
    with Store.open(path) as store:
        store.add([demonstration(2)])
        assert len(store.ids()) == 2 and len(store.vectors("e", store.ids())) == 1


# --- derived data ---------------------------------------------------------------------------------------------------


def test_vectors_are_kept_by_content_and_embedder(store):
    store.add([demonstration(1), demonstration(2)])
    one, two = store.ids()
    store.put_vectors("lsa:1", {one: np.array([1, 2, 3], dtype=np.float32), two: np.zeros(3, dtype=np.float64)})
    store.put_vectors("lsa:1", {two: np.array([4, 5, 6])})
    store.put_vectors("lsa:2", {one: np.array([9.5])})
    found = store.vectors("lsa:1", [two, one, "0" * 16])
    assert set(found) == {one, two} and found[one].dtype == np.float32
    assert found[one].tolist() == [1, 2, 3] and found[two].tolist() == [4, 5, 6]
    assert store.vectors("lsa:2", [two]) == {} and store.version == 1


def test_derived_data_is_kept_up_to_a_limit(store):
    for number in range(20):
        store.put_derived(f"key {number}", bytes([number]) * 10)
    store.put_derived("key 19", b"again")
    assert store.derived("key 19") == b"again" and store.derived("key 18") == bytes([18]) * 10
    assert store.derived("key 0") is None and store.derived("nothing") is None


def test_a_large_store_opens_at_once(path):
    with Store.open(path) as store:
        store.add(demonstration(number) for number in range(20_000))
    started = time.process_time()
    with Store.open(path) as store:
        opened = time.process_time() - started
        assert len(store.ids()) == 20_000
        listed = time.process_time() - started
    assert opened < 0.1 and listed < 0.5  # seconds of CPU; 100,000 within a second leaves five times that


# --- several stores as one ------------------------------------------------------------------------------------------


def test_a_codebase_shows_each_content_once(tmp_path):
    shared, one, two = (demonstration(number) for number in range(3))
    with Store.open(tmp_path / "a") as a, Store.open(tmp_path / "b") as b, Store.open(tmp_path / "all") as everything:
        a.add([shared, one])
        b.add([shared, two])
        everything.add([shared, one, two])
        a.seal()
        base = Codebase([Store.open(tmp_path / "a", readonly=True), b])
        assert base.ids() == everything.ids() and base.digest() == everything.digest()
        assert base.demonstrations() == everything.demonstrations()
        assert base.get(one.id) == one and base.get(two.id[:12]) == two
        assert base.writable is b
        with pytest.raises(StoreError, match="read-only"):
            base.remove(one.id, "x")
        assert base.remove(two.id, "x") == two.id and base.ids() == a.ids()
        base.put_vectors("e", {one.id: np.ones(2)})
        base.put_derived("k", b"v")
        assert base.vectors("e", base.ids())[one.id].tolist() == [1, 1] and base.derived("k") == b"v"
        base.close()


def test_a_codebase_that_cannot_be_written_skips_derived_data(tmp_path):
    with Store.open(tmp_path / "a") as store:
        store.add([demonstration(1)])
        store.seal()
    with Codebase([Store.open(tmp_path / "a", readonly=True)]) as base:
        base.put_vectors("e", {base.ids()[0]: np.ones(2)})
        base.put_derived("k", b"v")
        assert base.writable is None and base.vectors("e", base.ids()) == {} and base.derived("k") is None


def test_opening_a_codebase_by_what_was_asked_for(tmp_path, monkeypatch):
    with pytest.raises(StoreError, match="data pull sven"):
        Codebase.open("sven-val")
    with pytest.raises(StoreError, match="no secure codebase"):
        Codebase.open(tmp_path / "missing")
    with Codebase.open(tmp_path / "missing", create=True) as base:
        assert base.ids() == [] and not (tmp_path / "missing").exists()
