"""Answers to ordinary calls: equal for candidates that do the same, none for stubs, whatever a candidate does."""

import shutil

import pytest

from seccoder import sandbox
from seccoder.oracles.answers import agreement, answers
from seccoder.types import Source

pytestmark = pytest.mark.skipif(sandbox.unavailable() is not None, reason="the sandbox is not available")

ADDS = "def label(name, size):\n    return f'{name} ({size})'\n"
ADDS_TOO = "def label(name, size):\n    return name + ' (' + str(size) + ')'\n"
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


class TestAgreement:
    def test_it_is_the_share_of_the_others_that_answer_alike(self):
        every = [{"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"a": "1"}, {}]
        assert agreement(every) == pytest.approx([2 / 6, 2 / 6, 2 / 6, 0])

    def test_where_nobody_answers_nobody_agrees(self):
        assert agreement([{}, {}]) == [0.0, 0.0]
        assert agreement([{"a": "1"}]) == [0.0]
        assert agreement([]) == []
