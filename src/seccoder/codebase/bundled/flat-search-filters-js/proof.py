"""Records statement and values of a stand-in for node-postgres, and runs them in SQLite (ANY, ILIKE translated)."""

import json
import re
import sqlite3

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { searchFlats } from "./subject.js";
const recorded = [];
const client = { query: async (text, values = []) => { recorded.push({ text, values }); return { rows: [] }; } };
for (const filters of JSON.parse(readFileSync(0))) await searchFlats(client, filters);
console.log(JSON.stringify(recorded));
"""
FLATS = [
    (1, "Bright attic", "North", 700, 1),
    (2, "Garden flat", "South", 650, 1),
    (3, "100% furnished loft", "O'Brien Quay", 900, 1),
    (4, "Unlisted palace", "North", 100, 0),
    (5, "Attic_studio", "West", 500, 1),
]


@pytest.fixture(scope="module")
def search(node):
    run = node(DRIVER)

    def answers(*filters):
        ran = run(stdin=json.dumps(filters).encode())
        assert ran.code == 0, ran.err
        return [(query["text"], ids(query)) for query in json.loads(ran.out)]

    return answers


def ids(query):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE flats (id, title, district, rent, published)")
    database.executemany("INSERT INTO flats VALUES (?, ?, ?, ?, ?)", FLATS)
    text = re.sub(r"= ANY\(\$(\d+)\)", r"IN (SELECT value FROM json_each($\1))", query["text"])
    text = re.sub(r"ILIKE \$(\d+)", r"LIKE $\1 ESCAPE '\\'", text)
    values = {str(n): json.dumps(v) if isinstance(v, list) else v for n, v in enumerate(query["values"], 1)}
    try:
        return [row[0] for row in database.execute(text, values)]
    except sqlite3.Error as error:
        return f"{error}"


def found(answers):
    return [ids for _, ids in answers]


def test_functional_filters(search):
    assert found(search({}, {"maxRent": 650}, {"districts": ["North"]}, {"districts": ["North", "West"]})) == [
        [5, 2, 1, 3],
        [5, 2],
        [1],
        [5, 1],
    ]


def test_functional_title_and_combination(search):
    assert found(
        search(
            {"title": "attic"},
            {"title": "100%"},
            {"title": "attic_"},
            {"districts": ["West", "South"], "maxRent": 600, "title": "studio"},
        )
    ) == [[5, 1], [3], [5], [5]]


def test_functional_nothing_found(search):
    assert found(search({"districts": ["East"]}, {"maxRent": 10})) == [[], []]


def test_security_a_district_with_an_apostrophe(search):
    assert found(search({"districts": ["O'Brien Quay"]}, {"districts": ["West", "O'Brien Quay"]})) == [[3], [5, 3]]


def test_security_no_filter_changes_the_statement(search):
    attacks = ["x') OR 1=1 --", "x') UNION SELECT 1, sql, 1, 1 FROM sqlite_master --", "\\'; DROP TABLE flats; --"]
    for attack in attacks:
        for filters in [{"districts": [attack]}, {"districts": ["x", attack]}, {"title": attack}]:
            benign = {key: ["x"] * len(value) if key == "districts" else "x" for key, value in filters.items()}
            (text, rows), (expected, _) = search(filters, benign)
            assert text == expected and rows == [], filters


def test_security_a_rent_that_is_text_stays_a_value(search):
    (text, _), (expected, _) = search({"maxRent": "0 OR published = false"}, {"maxRent": 5})
    assert text == expected
