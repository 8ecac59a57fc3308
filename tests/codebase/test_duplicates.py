"""Near-duplicates: a copy under other names is found, honest neighbours are not, and the bundled set has none."""

import random
import re

import pytest

from seccoder.code.languages import LANGUAGES
from seccoder.codebase import banding
from seccoder.codebase.bundled_index import FOLDERS
from seccoder.codebase.duplicates import SHAPE_LIMIT, Outline, Shapes, near_duplicates, shape, shingles
from seccoder.codebase.folder import read_all
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

READ_NOTE = '''
import os
from pathlib import Path

NOTES = Path("/srv/notes")


def read_note(name: str) -> str:
    """Return a note's text."""
    path = (NOTES / name).resolve()
    # resolve() follows links, so what is compared is what would be opened.
    if not path.is_relative_to(NOTES) or path == NOTES:
        raise ValueError(f"no such note: {name!r}")
    return path.read_text(encoding="utf-8")[:10_000]
'''
LONGER = READ_NOTE.replace("    return path", '    print("reading", path)\n    return path')
FIND_NOTES = '''
import sqlite3


def find_notes(connection: sqlite3.Connection, word: str, limit: int = 20) -> list[tuple[int, str]]:
    """Return id and title of the notes that hold the word."""
    escaped = word.replace("\\\\", "\\\\\\\\").replace("%", "\\\\%").replace("_", "\\\\_")
    query = "SELECT id, title FROM notes WHERE text LIKE ? ESCAPE '\\\\' ORDER BY id LIMIT ?"
    return connection.execute(query, (f"%{escaped}%", limit)).fetchall()
'''


def demonstration(code, task, language="python", name=""):
    proof = Proof(ProofLevel.ASSERTED)
    return Demonstration(language, ("CWE-22",), task, code, None, proof, Provenance("test", path=name))


def renamed(code):
    """The same program with other names, texts, numbers, comments and white space."""
    names = {"read_note": "letter", "NOTES": "POST_OFFICE", "name": "which", "path": "place", "10_000": "77"}
    for old, new in names.items():
        code = re.sub(rf"\b{old}\b", new, code)
    code = code.replace("/srv/notes", "/var/letters").replace("Return a note's text.", "A letter, and what it says.")
    return re.sub(r"#.*", "# other words", code).replace("    ", "  ").replace("return", "return  ")


ORIGINAL = demonstration(READ_NOTE, "Return the text of the note whose name the user gives, from the notes folder.")


def test_a_renamed_copy_is_found():
    copy = demonstration(renamed(READ_NOTE), "Our post office stores letters as files: show the one a clerk asks for.")
    assert copy.code != ORIGINAL.code
    (pair,) = near_duplicates([ORIGINAL, copy])
    assert (pair.one, pair.other, pair.by, pair.similarity) == (ORIGINAL, copy, "code", 1)


def test_a_renamed_copy_with_another_line_is_found():
    longer = renamed(LONGER)
    (pair,) = near_duplicates([ORIGINAL, demonstration(longer, "Show a letter to the clerk who asks.")])
    assert pair.by == "code" and 0.65 < pair.similarity < 1


def test_an_honest_neighbour_is_not():
    other = demonstration(FIND_NOTES, "Find the notes that hold a word the user types, in SQLite, with their titles.")
    assert near_duplicates([ORIGINAL, other]) == []


def test_another_language_is_another_demonstration():
    assert near_duplicates([demonstration("int x;", "", "c"), demonstration("int x;", "", "cpp")]) == []


def test_a_task_with_a_few_words_replaced_is_found():
    task = ORIGINAL.task.replace("user", "reader").replace("notes folder", "archive")
    (pair,) = near_duplicates([ORIGINAL, demonstration(FIND_NOTES, task, name="other")])
    assert pair.by == "task" and 0.3 < pair.similarity < 1
    assert str(pair) == f"{ORIGINAL.id} and other: task {pair.similarity:.2f}"


def test_the_most_alike_come_first():
    every = [ORIGINAL, demonstration(renamed(READ_NOTE), ORIGINAL.task.replace("user", "reader"))]
    assert [pair.by for pair in near_duplicates(every)] == ["code", "task"]
    assert near_duplicates([]) == near_duplicates([ORIGINAL]) == []


def test_shape_is_what_does_not_depend_on_names():
    assert shape("x = f('a', 1)  # why", "python") == shape('yy=g("bcd",22)', "python")
    assert shape("x = f('a', 1)", "python") != shape("x = f('a') + 1", "python")
    assert shape("int f(char *a) { return 1; } /* */", "c") == shape("int g(char *b) { return 0x2; }", "c")
    assert shape("int f(char *a) { return 1; }", "c") != shape("int f(int *a) { return 1; }", "c")
    assert shape('def f():\n    "says what"\n    return 1\n', "python") == shape("def f():\n    return 1\n", "python")


@pytest.mark.parametrize("language", [*LANGUAGES, None])
@pytest.mark.parametrize("code", ["", "\0\0", "{((", '"never closed', "\ud800", "(" * 20_000, "é" * 1000])
def test_any_text_has_a_shape(language, code):
    assert all(isinstance(token, str) for token in shape(code, language))


def test_shingles_of_little():
    assert shingles([], 3) == frozenset()
    assert shingles(["a"], 3) == {("a",)}
    assert shingles(list("abcd"), 3) == {("a", "b", "c"), ("b", "c", "d")}


def brute_force(known, parts, language):
    """What `Shapes.most_alike` says, by comparing with all."""
    if len(parts) < Shapes.LEAST:
        return None
    alike = [
        (-len(parts & theirs) / len(parts | theirs), name)
        for name, theirs, spoken in known
        if spoken == language and len(theirs) >= Shapes.LEAST
    ]
    share, name = min(alike, default=(0, ""))
    return (name, -share) if -share > SHAPE_LIMIT else None


def outline(parts):
    """What `Shapes` takes, also of fewer parts than code must have."""
    return Outline.of(frozenset(parts)) if len(parts) >= Shapes.LEAST else None


@pytest.mark.parametrize("vocabulary", [40, 300, 20_000])  # from all much alike to nothing in common by chance
@pytest.mark.parametrize("size", [40, 100, 700])
def test_shapes_find_what_comparing_all_finds(vocabulary, size, monkeypatch):
    monkeypatch.setattr(banding, "NEWEST", 16)  # so that most are found by their bands, in arrays of several sizes
    dice = random.Random(vocabulary + size)
    words = [(str(number),) for number in range(vocabulary)]
    shapes, known, found = Shapes(), [], 0
    for number in range(300):
        name, language = f"d{number % 97}", dice.choice(["python", "c"])
        parts = set(dice.sample(words, min(dice.randint(10, size), vocabulary)))
        if known and dice.random() < 0.7:  # some of another one's, about as much as the limit asks for
            theirs = sorted(dice.choice(known)[1])
            kept = dice.sample(theirs, round(len(theirs) * dice.choice([0.65, 0.75, 0.8, 0.85, 1])))
            parts = {*kept, *dice.sample(words, min(round(len(theirs) * dice.choice([0, 0.1, 0.2])), vocabulary))}
        expected = brute_force(known, parts, language)
        assert shapes.most_alike(outline(parts), language) == expected
        found += expected is not None
        known.append((name, frozenset(parts), language))
        shapes.add(name, outline(parts), language)
    assert 30 < found < 300


def test_the_limit_itself_is_not_above_it():
    words = [(str(number),) for number in range(1100)]
    for both in range(16, 700, 5):
        either = both * 20 // 13  # of 13 in 20, and of the next more alike
        shapes = Shapes()
        shapes.add("one", outline(words[:either]), "c")
        found = shapes.most_alike(outline(words[:both]), "c")
        assert (found is not None) == (20 * both > 13 * either)


@pytest.mark.parametrize(("both", "either"), [(65, 100), (104, 160), (30, 100), (7, 100)])
def test_pairs_agree_in_a_band_as_often_as_is_calculated(both, either):
    pairs, agree = 400, 0
    for number in range(pairs):
        parts = [(str(number), str(part)) for part in range(either)]
        apart = (either - both) // 2
        one, other = (banding.bands(banding.hashes(those)) for those in (parts[apart:], parts[: both + apart]))
        agree += bool((one == other).any())
    share = banding.found(both / either)
    assert abs(agree - pairs * share) < 4 * (pairs * share * (1 - share)) ** 0.5 + 1
    assert banding.found(SHAPE_LIMIT) >= 0.999


def test_the_bands_of_a_set_are_the_same_in_every_process():
    words = [(word, "\ud800") for word in "it does not depend on the seed of the hashes of Python".split()]
    found = banding.bands(banding.hashes(reversed(words)))
    assert found[:2].tolist() == [11573327149553113574, 16754967541386000952]


def test_the_bundled_set_has_none():
    assert [str(pair) for pair in near_duplicates(read_all(FOLDERS))] == []
