"""Importers: the published pairs, exactly, and the two sets the paper uses."""

import json
from collections import Counter

import pytest

from conftest import need_module
from seccoder.codebase.store import Store
from seccoder.data import pinned, safecoder, sven
from seccoder.errors import MissingExtra, SecCoderError
from seccoder.types import ProofLevel


def unpack(archive, name, tmp_path_factory):
    root = tmp_path_factory.mktemp(name)
    for path, content in pinned.read(pinned.REPOSITORIES[name], archive).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


@pytest.fixture(scope="session")
def sven_root(sven_archive, tmp_path_factory):
    return unpack(sven_archive, "sven", tmp_path_factory)


@pytest.fixture(scope="session")
def safecoder_root(safecoder_archive, tmp_path_factory):
    return unpack(safecoder_archive, "safecoder", tmp_path_factory)


@pytest.mark.data
@pytest.mark.parametrize(("part", "pairs", "paper"), [("train", 720, 596), ("val", 83, 63)])
def test_the_papers_two_sets(sven_root, tmp_path, part, pairs, paper):
    need_module("tokenizers")
    everything = list(sven.demonstrations(sven_root, part))
    chosen = sven.paper_set(sven_root, part)
    assert (len(everything), len(chosen)) == (pairs, paper)
    with Store.open(tmp_path / "s") as store:  # and none of them is folded into another
        assert len(store.add(everything)) == pairs
    assert {d.id for d in chosen} < {d.id for d in everything}


@pytest.mark.data
def test_sven_pairs_are_taken_as_they_are(sven_root):
    rows = []
    for path in sorted((sven_root / "data_train_val" / "train").iterdir()):
        rows += [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
    found = list(sven.demonstrations(sven_root, "train"))
    assert [(d.code, d.vulnerable) for d in found] == [(r["func_src_after"], r["func_src_before"]) for r in rows]
    assert [(d.origin.commit, d.origin.path) for d in found] == [(r["commit_link"], r["file_name"]) for r in rows]
    assert any("\r\n" in d.code for d in found)
    assert Counter(d.language for d in found) == {"python": 342, "c": 329, "cpp": 49}
    assert {d.proof.level for d in found} == {ProofLevel.FIX_COMMIT} and {d.origin.licence for d in found} == {"MIT"}
    assert {d.cwes for d in found} == {(f"CWE-{number}",) for number in (22, 78, 79, 89, 125, 190, 416, 476, 787)}
    (copy,) = [d for d in found if d.repeat]  # the same fix, in a fork
    assert sum(d.code == copy.code for d in found) == 2


@pytest.mark.data
def test_safecoder_pairs_have_their_task_in_words(safecoder_root):
    found = list(safecoder.demonstrations(safecoder_root))
    assert len(found) == len({d.id for d in found}) == 462
    assert all(d.task for d in found)
    assert set(Counter(d.language for d in found)) == {"python", "javascript", "c", "cpp", "go", "java"}
    assert {d.origin.source for d in found} == {"safecoder"}


ROW = {
    "func_src_before": "gets(b);\r\n",
    "func_src_after": "fgets(b, 8, f);\r\n",
    "vul_type": "cwe-787",
    "commit_link": "example.org/x/commit/1",
    "file_name": "a.c",
}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "data_train_val" / "train").mkdir(parents=True)
    return tmp_path


def put(root, *lines):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (root / "data_train_val" / "train" / "cwe-787.jsonl").write_text(text, newline="")


def test_language_repeats_and_blank_lines(root):
    other = [{**ROW, "file_name": name} for name in ("b.cpp", "b.C", "b.rb", "b")]
    put(root, ROW, "", {**ROW, "commit_link": "a fork"}, *other)
    found = list(sven.demonstrations(root, "train"))
    assert [(d.language, d.repeat) for d in found] == [("c", 0), ("c", 1), ("cpp", 0), ("cpp", 1)]
    assert len({d.id for d in found}) == 4 and found[0].code == "fgets(b, 8, f);\r\n"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "{}",
        "[" * 100_000,
        json.dumps({**ROW, "func_src_after": 1}),
        json.dumps({**ROW, "file_name": 3}),
        json.dumps({**ROW, "vul_type": "x"}),
    ],
)
def test_a_line_that_is_no_pair_is_named(root, line):
    put(root, ROW, line)
    with pytest.raises(SecCoderError, match=r"cwe-787\.jsonl, line 2"):
        list(sven.demonstrations(root, "train"))


def test_files_that_are_not_there_or_no_text(root):
    with pytest.raises(SecCoderError, match="data pull sven"):
        list(sven.demonstrations(root, "val"))
    (root / "data_train_val" / "train" / "cwe-787.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SecCoderError):
        list(sven.demonstrations(root, "train"))
    with pytest.raises(SecCoderError, match="cannot read"):
        list(safecoder.demonstrations(root))


def test_the_papers_set_needs_the_tokenizer(root, monkeypatch):
    put(root, ROW)
    with monkeypatch.context() as patch:
        patch.setitem(__import__("sys").modules, "tokenizers", None)
        with pytest.raises(MissingExtra, match=r"seccoder\[paper\]"):
            sven.paper_set(root, "train")
    need_module("tokenizers")
    with pytest.raises(SecCoderError, match="tokenizer"):
        sven.paper_set(root, "train")
