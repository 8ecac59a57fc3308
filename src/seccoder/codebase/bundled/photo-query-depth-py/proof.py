"""A query is either parsed or refused with ValueError, however deep it is nested."""

import sys

import pytest

import subject


@pytest.mark.parametrize(
    ("query", "tags", "matches"),
    [
        ("beach", {"beach", "sun"}, True),
        ("beach and not (rain or people)", {"beach"}, True),
        ("beach and not (rain or people)", {"beach", "people"}, False),
        ("a or b and c", {"a"}, True),
        ("a or b and c", {"b"}, False),
        ("(a or b) and c", {"b", "c"}, True),
        ("not not a", {"a"}, True),
        ("((((((((((a))))))))))", {"a"}, True),
        (" or ".join(["a"] * 1500), {"a"}, True),
        (" and ".join(["(a or b)"] * 500), {"b"}, True),
    ],
)
def test_functional_queries(query, tags, matches):
    assert subject.parse_query(query)(tags) is matches


@pytest.mark.parametrize("query", ["", "and", "a and", "a b", "(a", "a)", "()", "not", "a or or b", ")("])
def test_functional_malformed(query):
    with pytest.raises(ValueError):
        subject.parse_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "(" * 4000 + "a" + ")" * 4000,
        "(" * 9999,
        "not " * 2499 + "a",
        "not ( " * 900 + "a" + ")" * 900,
        "a and (" * 1000 + "b" + ")" * 1000,
        "a or (b and " * 700 + "c" + ")" * 700,
        "(" * 400 + "a" + ")" * 400,
    ],
    ids=range(7),
)
def test_security_deep_queries_are_refused(query):
    assert sys.getrecursionlimit() <= 1000
    try:
        subject.parse_query(query)({"a"})
        outcome = "parsed"
    except (ValueError, RecursionError) as error:
        outcome = type(error).__name__
    assert outcome == "ValueError"
