"""A large base in LanceDB is searched by inverted lists, which find what comparing all finds, and follow changes."""

from dataclasses import replace

import numpy as np
import pytest

from conftest import need_module
from demonstrations import demonstration
from seccoder import retrievers
from seccoder.cli import run
from seccoder.code.tokens import code_tokens
from seccoder.codebase import lance, lance_copy, lance_lists
from seccoder.codebase.codebase import Codebase, writable
from seccoder.errors import StoreError, UsageError
from seccoder.retrievers import lists
from seccoder.retrievers.bm25 import Index
from seccoder.retrievers.inverted import Lists, Rows
from seccoder.retrievers.lists import ListRetriever
from seccoder.retrievers.ranked import Ranked
from seccoder.types import Proof, ProofLevel, Query

QUERIES = (
    Query("", "python", "look up a user by name in SQLite"),
    Query("char *copy(const char *text, size_t n) {\n    char *out = malloc(n * 4);\n", "c"),
    Query("const page = (name) => `<h1>${name}</h1>`;\n", "typescript"),
    Query("", None, "download a file whose name is in the request"),
)


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Every base is large."""
    need_module("lancedb")
    monkeypatch.setattr(lance_lists, "LARGE", 1)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A folder for caches that nothing else uses."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setenv("SECCODER_CACHE", str(folder))
    return folder


@pytest.fixture(scope="module")
def everything():
    with Codebase.open("bundled") as base:
        return base.demonstrations()[::5]


@pytest.fixture(scope="module")
def bundled(tmp_path_factory, everything):
    """A fifth of the bundled demonstrations in LanceDB, and the retriever that compares all of them."""
    need_module("lancedb")
    folder = tmp_path_factory.mktemp("lance")
    with writable(folder / "base.sqlite") as whole, writable(f"lance:{folder / 'base'}") as store:
        whole.add(everything)
        store.add(everything)
        return f"lance:{folder / 'base'}", retrievers.load("hybrid", whole)


@pytest.fixture
def spec(tmp_path):
    return f"lance:{tmp_path / 'base'}"


def hybrid(base):
    found = retrievers.load("hybrid", base)
    assert isinstance(found, ListRetriever)
    return found


def ids(hits):
    return [hit.demonstration.id for hit in hits]


@pytest.mark.parametrize("k", [1, 10])
def test_they_find_what_comparing_all_finds(bundled, k):
    spec, whole = bundled
    with Codebase.open(spec) as base:
        by_lists = hybrid(base)
        for query in QUERIES:
            wanted, found = whole.search(query, k), by_lists.search(query, k)
            assert ids(found) == ids(wanted)
            assert [hit.score for hit in found] == pytest.approx([hit.score for hit in wanted], abs=1e-5)
            assert [hit.rank for hit in found] == list(range(1, k + 1))
            assert found[0].demonstration == wanted[0].demonstration


def test_lists_are_made_once_and_copied_once(bundled, monkeypatch):
    spec, _ = bundled
    with Codebase.open(spec) as base:
        wanted = ids(hybrid(base).search(QUERIES[0], 10))
        monkeypatch.setattr(lance_lists, "build", None)
        monkeypatch.setattr(lance_copy, "_write", None)
        assert ids(hybrid(base).search(QUERIES[0], 10)) == wanted


@pytest.mark.parametrize("name", ["ids", "kinds", "tokens"])
def test_a_damaged_copy_is_made_anew(bundled, cache, name):
    spec, _ = bundled
    with Codebase.open(spec) as base:
        wanted = ids(hybrid(base).search(QUERIES[0], 10))
        (home,) = (cache / "lists").iterdir()
        (home / name).write_bytes((home / name).read_bytes()[:-5])
        assert ids(hybrid(base).search(QUERIES[0], 10)) == wanted
        assert list((cache / "lists").iterdir()) == [home]


def test_where_no_copy_can_be_kept_it_ends_with_the_process(bundled, cache, monkeypatch):
    spec, _ = bundled
    cache.joinpath("lists").write_text("a file is in the way")
    with Codebase.open(spec) as base:
        assert hybrid(base).search(QUERIES[0], 1)
        monkeypatch.setattr("tempfile.tempdir", str(cache / "nowhere"))
        with pytest.raises(StoreError, match="cannot keep the lists of"):
            base.shelf()


def test_former_copies_go_when_lists_are_made_anew(spec, cache, everything):
    with writable(spec) as store:
        store.add(everything[:40])
        store.shelf()
        old = list((cache / "lists").iterdir())
        store.add(everything[40:50])
        store.shelf()
        (new,) = (cache / "lists").iterdir()
        assert [new] != old


def test_what_changed_since_is_compared_too(spec, everything, monkeypatch):
    monkeypatch.setattr(lance_lists, "STALE", 1.0)
    query = Query("", "python", "weigh the kestrels and the plovers")
    with writable(spec) as store:
        store.add(replace(each, proof=Proof(ProofLevel.ASSERTED)) for each in everything[:30])
        before = hybrid(Codebase([store]))
        monkeypatch.setattr(lance_lists, "build", None)  # from now on it is not to be made anew
        fitting = demonstration("new", task=query.task, code="weigh(kestrels, plovers)\n")
        store.add([fitting])
        (first, *others) = hybrid(Codebase([store])).search(query, 20)
        assert first.demonstration == fitting
        gone, proven = others[0].demonstration, others[1].demonstration
        store.remove(gone.id, "bad")
        store.add([better := replace(proven, proof=Proof(ProofLevel.EXECUTED, "a test"))])
        found = [hit.demonstration for hit in hybrid(Codebase([store])).search(query, 20)]
        assert gone not in found
        assert found.count(better) == 1
        assert proven not in found
        assert ids(before.search(query, 20))  # what was opened earlier goes on


def test_more_new_ones_of_a_kind_than_a_list_can_have(spec, everything, monkeypatch):
    monkeypatch.setattr(lance_lists, "STALE", 1.0)
    monkeypatch.setattr(lance_lists, "LONGEST", 7)
    new = [demonstration(str(number)) for number in range(20)]
    with writable(spec) as store:
        store.add(everything[:30])
        store.shelf()
        store.add(new)
        found = ids(hybrid(Codebase([store])).search(QUERIES[0], 50))
        assert {each.id for each in new} <= set(found)
        assert len(set(found)) == len(found)
        assert store.shelf().volumes[1].sizes.tolist() == [7, 7, 6]


def test_two_that_tidy_at_once_do_not_meet(tmp_path):
    home = tmp_path / "base-new"
    for name in (home.name, "base-old", "another-old"):
        (tmp_path / name).mkdir()
    (tmp_path / ".base-gone").symlink_to("nowhere")  # as if the other one had removed it just now
    lance_copy._tidy(home, "base")
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_dir()) == ["another-old", home.name]


def test_too_many_changes_make_them_anew(spec, everything):
    with writable(spec) as store:
        store.add(everything[:40])
        first = lance_lists.about(store.shelf() and store.derived(lance.KEY))
        store.add(everything[40:50])
        assert len(set(store.shelf().volumes[0].rows.ids[:30].tolist())) == 30
        assert lance_lists.about(store.derived(lance.KEY)).made != first.made
        for number in range(20):
            store.put_derived(str(number), b"")
        assert store.derived(lance.KEY) is not None  # what belongs to the lists is not among what makes room


def test_a_kill_between_the_lists_and_what_belongs_to_them_is_mended(spec, everything):
    with writable(spec) as store:
        store.add(everything[:20])
        hybrid(Codebase([store]))
        lance_lists.build(store._tables, store.version)  # killed before what it returned was kept
        assert hybrid(Codebase([store])).search(QUERIES[0], 1)


def test_a_base_that_is_small_or_may_not_be_written_is_compared_as_a_whole(spec, everything, monkeypatch):
    with writable(spec) as store:
        store.add(everything[:5])
        store.readonly = True
        assert isinstance(retrievers.load("hybrid", Codebase([store])), Ranked)
        store.readonly = False
        monkeypatch.setattr(lance_lists, "LARGE", 6)
        assert isinstance(retrievers.load("hybrid", Codebase([store])), Ranked)


def test_empty_answers_and_wrong_questions(bundled):
    spec, _ = bundled
    with Codebase.open(spec) as base:
        by_lists = hybrid(base)
        assert by_lists.search(QUERIES[0], 0) == []
        for query, k in ((Query("  "), 1), (QUERIES[0], -1)):
            with pytest.raises(UsageError):
                by_lists.search(query, k)
        assert len(by_lists.search(Query("\x00" * 50_000 + "x", "python"), 500)) > 10


def test_very_many_are_added_as_one_version(spec, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(lance, "AT_ONCE", 4)
    monkeypatch.setattr(lance_lists, "LARGE", 10**6)
    many = [demonstration(str(number)) for number in range(1200)]
    strong = replace(many[7], proof=Proof(ProofLevel.EXECUTED, "a test"))
    with writable(spec) as store:
        assert store.add(iter([*many, many[3]]), "all") == [each.id for each in many]
        assert [(each.why, len(each.ids)) for each in store.history()] == [("all", 1200)]
        with pytest.raises(UsageError, match="must have code"):
            store.add([*(demonstration(f"more {number}") for number in range(600)), demonstration(code=" ")])
        assert len(store.ids()) == 1200
        assert store.add([*many, strong]) == []
        assert store.get(strong.id).proof == strong.proof
        (tmp_path / "lines").write_text('{"language": "python"}\n' * 9)
        assert run(["codebase", "import", str(tmp_path / "lines"), "--codebase", spec]) == 2
        assert "line 1: not a demonstration" in capsys.readouterr().err


def test_bm25_of_what_is_not_in_an_index_is_that_of_what_is(everything):
    texts = [code_tokens(each.code) for each in everything[:80]]
    index = Index.build(texts)
    rows = [[index.vocabulary[token] for token in sorted(set(text))] for text in texts]

    held = np.array([len(each) for each in rows], np.uint16)
    counts = [text.count(token) for text in texts for token in sorted(set(text))]
    lengths = np.array([len(text) for text in texts], np.uint32)
    nothing, vectors = np.zeros(len(texts), np.uint64), np.zeros((len(texts), 2), np.float32)
    of_all = np.array([row for each in rows for row in each], np.uint16)
    every = Rows(nothing, nothing, vectors, lengths, held, of_all, np.array(counts, np.uint8))
    query = ["return", "if", "if", "name", "unheard"]
    mean = float(np.mean(lengths))
    scores = index.scores_of(query, every, mean)
    assert scores == pytest.approx(index.scores(query), rel=1e-5)
    assert scores.any()
    parts = [every.take(each) for each in np.array_split(np.arange(len(texts)), 4)]
    some = Lists.of(parts, index.rare(0), mean)
    assert some.rough(np.array([0, 1, 3]), index.wanted(query)) == pytest.approx(
        np.delete(scores, np.s_[40:60]), rel=0.01
    )


def test_vectors_that_lie_together_are_in_one_list():
    dice = np.random.default_rng(0)
    directions = np.eye(8, dtype=np.float32)
    which = dice.integers(8, size=4000)
    vectors = directions[which] + 0.01 * dice.normal(size=(4000, 8)).astype(np.float32)
    parts = lists.divide(vectors)
    assert sorted(np.concatenate(parts).tolist()) == list(range(4000))
    assert all(len(set(which[each].tolist())) == 1 for each in parts)
    assert [each.tolist() for each in lists.divide(vectors[:1])] == [[0]]
    assert lists.divide(vectors[:0]) == []
