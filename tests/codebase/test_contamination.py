"""Contamination: a benchmark's prompt, answer or task is found in any disguise; the bundled set holds none."""

import gzip
import json
from pathlib import Path

import pytest
from test_duplicates import FIND_NOTES, LONGER, READ_NOTE, demonstration, renamed

from conftest import archive
from seccoder import data
from seccoder.codebase.bundled_index import FOLDERS
from seccoder.codebase.contamination import Text, overlaps
from seccoder.codebase.folder import read_all
from seccoder.codebase.store import Store
from seccoder.errors import SecCoderError
from seccoder.evaluation import benchmark_texts
from seccoder.evaluation.benchmarks import own

WORDS = "Return the text of the note whose name the user gives, from the folder that holds all notes."
PROMPT = Text("bench 1", READ_NOTE[: READ_NOTE.index("        raise")], "python", WORDS)
OTHER_TASK = "Find notes in SQLite by a word that somebody types into a box, with their titles."


def found(code, task=OTHER_TASK, twin=None, text=PROMPT, language="python"):
    from dataclasses import replace

    whole = replace(demonstration(code, task, language, "ours"), vulnerable=twin)
    return [(overlap.part, overlap.how) for overlap in overlaps([whole], [text])]


def test_a_prompt_is_found_as_it_stands():
    assert found(READ_NOTE) == [("secure code", "exact")]
    assert found(READ_NOTE.replace("\n", "\r\n").replace("    ", "\t")) == [("secure code", "exact")]
    assert found(FIND_NOTES, twin=READ_NOTE) == [("vulnerable code", "exact")]
    assert found(READ_NOTE, text=Text("bench 2", READ_NOTE)) == [("secure code", "exact")]  # whatever the language


def test_a_prompt_is_found_under_other_names():
    whole = Text("bench 1", READ_NOTE, "python")
    assert found(renamed(READ_NOTE), text=whole) == [("secure code", "normalised")]
    assert found(renamed(LONGER), text=whole) == [("secure code", "near")]


def test_a_task_is_found():
    assert found(FIND_NOTES, WORDS.replace(" ", "\n")) == [("task", "exact")]
    assert found(FIND_NOTES, f"For our intranet: {WORDS.upper()} Thank you!") == [("task", "normalised")]
    assert found(FIND_NOTES, WORDS.replace("user", "reader").replace("all notes", "them")) == [("task", "near")]


def test_what_is_only_alike_is_not():
    assert found(FIND_NOTES) == []
    assert found("import os\nfrom pathlib import Path\n\nprint(Path(os.getcwd()))\n", "Show the folder.") == []
    assert (
        found(READ_NOTE, text=Text("short", "import os\nfrom pathlib import Path\n", "python", "Return a text.")) == []
    )
    assert found(READ_NOTE, text=Text("empty")) == []


def test_an_overlap_says_where():
    (overlap,) = overlaps([demonstration(READ_NOTE, OTHER_TASK, name="ours")], [PROMPT])
    assert str(overlap) == "ours: secure code is in bench 1 (exact, 1.00)"


# --- the benchmarks --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundled():
    return list(read_all(FOLDERS))


def said(found):
    return [str(overlap) for overlap in found]


def test_the_bundled_ones_hold_nothing_of_our_own_tests(bundled):
    texts = benchmark_texts.own_texts()
    assert len(texts) == 66 + 120 + 2 * len(own.own_tasks()) + len(benchmark_texts.demo.TASKS)
    assert said(overlaps(bundled, texts)) == []
    leak = demonstration(FIND_NOTES, texts[5].words)
    assert [(o.text.name, o.part) for o in overlaps([leak], texts)] == [(texts[5].name, "task")]


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "count", "scenario"),
    [("sven", 36 + 2 * 803, "sven trained/cwe-089/0-py"), ("safecoder", 66, "safecoder sec_eval/trained/cwe-089/0-py")],
)
def test_the_bundled_ones_hold_nothing_of_the_data(bundled, name, count, scenario):
    texts = benchmark_texts.texts({name: archive(name)})
    theirs = texts[len(benchmark_texts.own_texts()) :]
    assert len(theirs) >= count and not any("gen_2" in text.name for text in theirs)
    prompt = next(text for text in theirs if text.name == scenario)
    leak = demonstration(prompt.code + "\n    return 'done'\n", prompt.words)
    assert {(o.part, o.how) for o in overlaps([leak], [prompt])} >= {("secure code", "exact"), ("task", "exact")}
    assert said(overlaps(bundled, texts)) == []


@pytest.mark.data
def test_the_bundled_ones_hold_nothing_of_humaneval(bundled):
    place = archive("sven").parent / data.HUMANEVAL
    if not place.is_file():
        pytest.skip("HumanEval is not here")
    texts = benchmark_texts.texts({"humaneval": place})[len(benchmark_texts.own_texts()) :]
    assert len(texts) == 164
    assert said(overlaps(bundled, texts)) == []
    assert overlaps([demonstration(texts[0].code, "")], texts)[0].how == "exact"


@pytest.mark.parametrize("name", ["sven", "humaneval"])
def test_what_cannot_be_read_is_one_clear_line(tmp_path, name):
    for content in (b"", b"no archive", gzip.compress(b"[]\n"), gzip.compress(json.dumps({"a": 1}).encode())):
        path = Path(tmp_path, "file.gz")
        path.write_bytes(content)
        with pytest.raises(SecCoderError) as error:
            benchmark_texts.texts({name: path})
        assert "\n" not in str(error.value) and "file.gz" in str(error.value)


def test_the_command_says_what_it_found_and_what_was_not_there(capsys, tmp_path):
    leak = demonstration("x = 1\n", benchmark_texts.own_texts()[0].words)
    with Store.open(tmp_path / "base.sqlite") as store:
        store.add([leak])
    assert benchmark_texts.main(str(tmp_path / "base.sqlite")) == 1
    out, err = capsys.readouterr()
    assert "task is in retrieval-c library-catalogue-search (exact, 1.00)\n" in out
    assert out.endswith("1 overlaps\n") and err.count("seccoder data pull") == 3
