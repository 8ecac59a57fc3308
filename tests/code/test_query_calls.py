"""Ordinary calls: made of the signature that a query begins and of what its task mentions, the same for everybody."""

import ast

import pytest

from seccoder.code.calls import mentioned, of
from seccoder.types import Query


def arguments(code, task="", language="python"):
    made = of(Query(code, language, task))
    assert len({each.name for each in made}) <= 1
    return [each.arguments for each in made]


def values(code, task="", language="python"):
    """The arguments as Python reads them, by parameter."""
    return list(
        zip(*([ast.literal_eval(text) for text in each] for each in arguments(code, task, language)), strict=True)
    )


def test_annotations_say_what_is_given():
    code = "def mix(a: int, b: str | None, c: list[bool], d: dict[str, int], e: bytes, f: float = 1.0) -> str:\n"
    kinds = [{type(value) for value in column} for column in values(code)]
    assert kinds == [{int}, {str}, {list}, {dict}, {bytes}]


def test_names_say_it_where_annotations_do_not():
    counts, names = values("def label(count, colours):\n")
    assert {type(each) for each in counts} == {int} and {type(each) for each in names} >= {dict, list}


def test_a_class_of_the_query_is_made_of_its_fields():
    code = "from dataclasses import dataclass\n\n\n@dataclass\nclass Song:\n    title: str\n    year: int\n\n\n"
    made = arguments(code + "def oldest(songs: list[Song]) -> Song:\n")
    assert any("Song(title='" in each and ", year=" in each for (each,) in made)


def test_jsdoc_says_what_is_given_and_a_field_what_its_name_is():
    types = " * @param {Array<{id: number, owner: string}>} boats\n * @param {string} name\n"
    code = f"/**\n{types} */\nfunction f(boats, name, id) {{\n"
    boats, names, ids = values(code, language="javascript")
    assert {type(each) for each in names} == {str} and {type(each) for each in ids} == {int}
    assert any([set(boat) for boat in each][:1] == [{"id", "owner"}] for each in boats)
    assert any(id_ in [boat["id"] for boat in each] for each, id_ in zip(boats, ids, strict=True))  # equal ones meet


def test_what_the_task_mentions_is_given():
    task = 'Convert a length such as 12km to metres; the units are "mi", km and <=. Files end in .gpx.'
    assert mentioned(Query("", "python", task)) == ["mi", "12km", "<=", "ann.gpx", ".gpx"]
    (given,) = values("def metres(text: str) -> int:\n", task)
    assert {"mi", "12km"} <= set(given)


def test_tables_that_are_named_are_made():
    code = 'import sqlite3\n\n\ndef f(db: sqlite3.Connection, name: str):\n    """In the table boats(id, name)."""\n'
    assert {each[0] for each in arguments(code)} == {"seccoder_database([('boats', ['id', 'name'])])"}


def test_a_function_may_be_named_in_words():
    task = "Write a CommonJS module that exports a function slug(title), for addresses."
    assert {each.name for each in of(Query("", "javascript", task))} == {"slug"}


def test_the_same_query_makes_the_same_calls():
    query = Query("def mix(a, b, c):\n", "python", "Mix 1, 2 and 'x'.")
    assert of(query) == of(query) and len(of(query)) > 20


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("def view(request):\n", "python"),  # what a framework gives
        ("def f(when: datetime):\n", "python"),  # a type that is not known
        ("def f(*, only):\n", "python"),
        ("def f(a):\n    return a\n\n\nclass Next:\n    def g(self):\n", "python"),
        ("def f(a", "python"),
        ("def f(a: " + "|".join(["int"] * 5000) + "):\n", "python"),
        ("function f({ a }) {\n", "javascript"),
        ("app.get('/x', (req, res) => {\n", "javascript"),
        ("int f(int a)\n{\n", "c"),
        ("", None),
    ],
)
def test_where_nothing_can_be_made_there_are_no_calls(code, language):
    assert of(Query(code, language, "Do it.")) == ()
