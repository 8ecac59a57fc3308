"""Runs the recorded statements in SQLite, several in one text where Postgres would allow that too."""

import json
import sqlite3

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { createAnswerTable, saveAnswer } from "./subject.js";
const { formId, fields, answer } = JSON.parse(readFileSync(0));
const recorded = [];
const db = { query: async (text, values) => { recorded.push([text, values ?? null]); } };
let error = null;
try {
  await createAnswerTable(db, formId, fields);
  if (answer) await saveAnswer(db, formId, answer);
} catch (problem) { error = problem.name; }
console.log(JSON.stringify({ recorded, error }));
"""


@pytest.fixture(scope="module")
def play(node):
    run = node(DRIVER)

    def result(fields, answer=None, form=3):
        ran = run(stdin=json.dumps({"formId": form, "fields": fields, "answer": answer}).encode())
        assert ran.code == 0, ran.err
        said = json.loads(ran.out)
        database = sqlite3.connect(":memory:")
        database.executescript("CREATE TABLE users (name, role); INSERT INTO users VALUES ('ann', 'member')")
        problem = said["error"]
        for text, values in said["recorded"]:
            try:
                if values is None:
                    database.executescript(text)
                else:
                    database.execute(text, {str(number): value for number, value in enumerate(values, 1)})
            except sqlite3.Error as error:
                problem = str(error)
        return database, problem

    return result


def columns(database, table="answers_3"):
    return [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]


def text(*labels):
    return [{"label": label, "type": "text"} for label in labels]


def test_functional_table_and_answer(play):
    fields = [
        *text("Your name", "E-Mail (work)"),
        {"label": "Größe", "type": "number"},
        {"label": "Since", "type": "date"},
    ]
    database, error = play(fields, {"Your name": "Ann", "Größe": 42})
    assert error is None
    assert columns(database) == ["Your name", "E-Mail (work)", "Größe", "Since"]
    assert database.execute('SELECT "Your name", "Größe" FROM answers_3').fetchall() == [("Ann", 42)]


def test_functional_values_with_quotes(play):
    database, _ = play(text("Comment"), {"Comment": 'it\'s "fine"; really'})
    assert database.execute("SELECT * FROM answers_3").fetchall() == [('it\'s "fine"; really',)]


def test_functional_bad_fields_are_refused(play):
    assert play([{"label": "x", "type": "json"}])[1] == "TypeError"
    assert play(text(""))[1] == play(text("x" * 64))[1] == play(text("a\0b"))[1] == "RangeError"


ATTACKS = [
    'Size "XL"',
    '"',
    'x" text); DROP TABLE users; --',
    "x\" text); UPDATE users SET role = 'admin'; --",
    'a" text, "b',
    'x\\" text); DROP TABLE users; --',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_a_label_stays_one_column(play, attack):
    database, error = play(text("first", attack), {"first": "1", attack: "2"})
    assert error is None
    assert database.execute("SELECT * FROM users").fetchall() == [("ann", "member")]
    assert columns(database) == ["first", attack]
    assert database.execute("SELECT * FROM answers_3").fetchall() == [("1", "2")]


def test_security_an_answer_names_no_other_table(play):
    database, _ = play(text("a"), {'a") VALUES (1); DROP TABLE users; --': "1"})
    assert database.execute("SELECT * FROM users").fetchall() == [("ann", "member")]


def test_security_type_and_id_are_no_way_in(play):
    database, _ = play([{"label": "a", "type": "text); DROP TABLE users; --"}])
    assert database.execute("SELECT count(*) FROM users").fetchone() == (1,)
    database, _ = play(text("a"), form='3" (x); DROP TABLE users; --')
    assert database.execute("SELECT count(*) FROM users").fetchone() == (1,)
