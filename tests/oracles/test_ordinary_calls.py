"""Answers to ordinary calls: equal for candidates that do the same, none for stubs, whatever a candidate does."""

import shutil

import pytest

from seccoder import sandbox
from seccoder.oracles.answers import RAISED, agreement, answers
from seccoder.types import Query, Source

pytestmark = pytest.mark.skipif(sandbox.unavailable() is not None, reason="the sandbox is not available")

ADDS = "def label(name, size):\n    return f'{name} ({size})'\n"
ADDS_TOO = "def label(name, size):\n    return ' '.join([str(name), '(' + str(size) + ')'])\n"
OTHER = "def label(name, size):\n    return f'{size}: {name}'\n"


def test_candidates_that_do_the_same_answer_alike():
    one, two, other = (answers(Source(text, "python")) for text in (ADDS, ADDS_TOO, OTHER))
    assert one == two and one
    assert one.keys() == other.keys() and not set(one.values()) & set(other.values())


def test_the_name_of_the_only_function_makes_no_difference():
    one, two = (answers(Source(text, "python")) for text in (ADDS, ADDS.replace("label", "make_label")))
    assert one == two and one
    more = answers(Source(ADDS + OTHER.replace("label", "other"), "python"))
    assert len(more) == 2 * len(one) and not more.keys() & one.keys()


@pytest.mark.parametrize(
    "text",
    [
        "def label(name, size):\n    pass\n",
        "def label(name, size):\n    raise NotImplementedError\n",
        "def label(name, size:\n",
        "import os\nos._exit(0)\n",
        "\0",
        "",
    ],
)
def test_what_does_nothing_answers_nothing(text):
    assert answers(Source(text, "python")) == {}


def test_what_a_function_prints_is_its_answer():
    text = "def show(name):\n    print({})\n"
    one, two, other = (answers(Source(text.format(what), "python")) for what in ("name", "f'{name}'", "name.upper()"))
    assert one == two and one and one != other


def test_what_is_drawn_at_random_agrees_with_nobody():
    text = "import secrets\n\n\ndef token(size):\n    return secrets.token_hex(8)\n"
    one, two = answers(Source(text, "python")), answers(Source(text, "python"))
    assert one and agreement([one, two]) == [0.0, 0.0]


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_javascript_answers_too():
    text = "function label(name) {{ return {}; }}\nmodule.exports = {{ label }};\n"
    one, two = (answers(Source(text.format(body), "javascript")) for body in ("`<${name}>`", "'<' + name + '>'"))
    assert one == two and one


def test_languages_without_calls_answer_nothing():
    assert answers(Source("int main(void) { return 0; }\n", "c")) == {}


class TestWithQuery:
    """Where the query says what is called, the calls are the same whatever a candidate looks like."""

    SIGNATURE = "import sqlite3\n\n\ndef found(db: sqlite3.Connection, name: str) -> list[int]:\n"
    QUERY = Query(SIGNATURE, "python", "Lengths of boats in the table boats(name, length).")
    SELECT = "    rows = db.execute('SELECT length FROM boats WHERE name = ?', (name,))\n"

    def said(self, rest):
        return answers(Source(self.SIGNATURE + rest, "python"), self.QUERY)

    def test_candidates_that_do_the_same_answer_alike(self):
        one = self.said(self.SELECT + "    return [row[0] for row in rows]\n")
        two = self.said(
            self.SELECT + "    found = []\n    for (length,) in rows:\n        found.append(length)\n    return found\n"
        )
        assert one == two and len(set(one.values())) > 1

    def test_an_answer_of_another_type_than_is_promised_is_none(self):
        one = self.said(self.SELECT + "    return [row[0] for row in rows]\n")
        tuples = self.said(self.SELECT + "    return rows.fetchall()\n")
        assert RAISED in tuples.values() and RAISED not in one.values()
        assert agreement([one, tuples, one, tuples])[0] > agreement([one, tuples, one, tuples])[1]

    @pytest.mark.parametrize(
        "rest",
        [
            "    return undefined_name\n",
            "    pass\n",
            "    while True: pass\n",
            "    import os\n    os._exit(0)\n",
            "    raise SystemExit\n",
        ],
    )
    def test_what_is_no_answer(self, rest):
        assert self.said(rest) == {}

    def test_what_is_done_to_an_argument_a_file_or_a_log_is_an_answer(self):
        query = Query("def keep(items, name):\n", "python", "Keep the names.")
        for rest in ("items.append(name)", "open('kept.txt', 'w').write(name)", "__import__('logging').info(name)"):
            assert len(set(answers(Source(f"{query.code}    {rest}\n", "python"), query).values())) > 1, rest

    @pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
    def test_javascript(self):
        query = Query("module.exports = { named };\n\nfunction named(boats, name) {\n", "javascript", "Find 'Ida'.")
        one, two, other, broken = (
            answers(Source(f"{query.code}  {rest}\n}}\n", "javascript"), query)
            for rest in (
                "return boats[name] ?? null;",
                "if (boats[name] === undefined) return null;\n  return boats[name];",
                "boats[name] = 1;\n  return null;",
                "return later(name);",
            )
        )
        assert one == two and len(set(one.values())) > 1 and one != other and other and broken == {}


class TestAgreement:
    def test_each_different_answer_counts_once(self):
        every = [{"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"a": "1"}, {}]
        assert agreement(every) == pytest.approx([2 / 3, 2 / 3, 2 / 3, 0])

    def test_who_always_answers_the_same_agrees_less_than_who_tells_calls_apart(self):
        tells, same = {"a": "yes", "b": "no", "c": "no"}, {"a": "no", "b": "no", "c": "no"}
        assert agreement([same, tells, same, tells]) == pytest.approx([7 / 9, 1 / 3 + 1, 7 / 9, 1 / 3 + 1])

    def test_what_raised_is_no_answer_that_others_could_give_as_well(self):
        assert agreement([{"a": RAISED}, {"a": RAISED}]) == [0.0, 0.0]

    def test_where_nobody_answers_nobody_agrees(self):
        assert agreement([{}, {}]) == [0.0, 0.0]
        assert agreement([{"a": "1"}]) == [0.0]
        assert agreement([]) == []
