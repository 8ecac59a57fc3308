"""Examples in a query: calls of what it begins, with the values they are said to return, and nothing else."""

import pytest

from seccoder.code.examples import Example, of
from seccoder.types import Query


def found(code="", task="", language="python"):
    return [(each.call, each.value) for each in of(Query(code, language, task))]


@pytest.mark.parametrize(
    "line",
    [
        ">>> area(2, 3)\n    6",
        "area(2, 3) => 6",
        "area(2, 3) ==> 6",
        "area(2, 3) -> 6",
        "area(2, 3) == 6",
        "`area(2, 3)` returns 6, because 2 times 3 is 6.",
        "assert area(2, 3) == 6",
        "area(2, 3)  # 6",
        "area(2, 3) should return `6`.",
    ],
)
def test_as_people_write_them(line):
    assert found(f'def area(a, b):\n    """Multiply.\n\n    {line}\n    """\n') == [("area(2, 3)", 6)]


def test_values_are_literals_of_any_kind():
    code = 'def f(a):\n    """f([")", 1]) == {"a": (1, None)}. f(\'\') == \'\', f(1) == -2.5; f(2) is True"""\n'
    assert found(code) == [('f([")", 1])', {"a": (1, None)}), ("f('')", ""), ("f(1)", -2.5), ("f(2)", True)]


@pytest.mark.parametrize(
    "line",
    [
        "def area(a=2) -> None:",  # a signature
        "area(a, b) == 6",  # of names, not of values
        "area(2, 3) == width * 3",
        "area(2, 3) == 2 * 3",  # a part of an expression is not its value
        "area(2, 3) == six(6)",
        "area(2, 3) raises ValueError",
        "area(2, 3",
        "len('ab') == 2",  # nothing that the query begins
        "self.area(2, 3) == 6",
        ">>> area(2, 3)",
    ],
)
def test_what_is_no_example(line):
    assert found(f"def area(a, b):\n    # {line}\n") == []


def test_of_words_alone():
    assert found(task='parse("2h") returns 7200, and len("ab") returns 2.') == [('parse("2h")', 7200)]


def test_javascript_has_its_own_words():
    code = "// isOdd(3) === true; isOdd({ n }) => null\nfunction isOdd(n) {\n"
    assert found(code, language="javascript") == [("isOdd(3)", True)]
    assert found('const f = (s) => {\n// f("true") => ["true", undefined]\n', language="javascript") == [
        ('f("true")', ["true", None])
    ]


def test_hostile_text_is_read_in_one_go():
    assert of(Query("def f(a):\n" + "# f(" * 5_000 + "\n# f(1) == " + "[" * 50_000, "python")) == ()
    assert of(Query("def f(a):\n" + "# f(1) == 1\n" * 5_000, "python")) == (Example("f(1)", 1),)
    assert len(of(Query("def f(a):\n" + "".join(f"# f({n}) == 1\n" for n in range(500)), "python"))) == 20
