"""What an exception says reaches the log and never the client."""

import logging
import sqlite3
from contextlib import closing

import pytest
import subject

DETAILS = "could not connect to postgresql://shop:Hunter2@10.0.0.5/prices"


class DriverError(Exception):
    pass


def failing(error):
    def load_price(article):
        raise error

    return subject.create_app(load_price).test_client()


def query_of_a_missing_table(article):
    with closing(sqlite3.connect(":memory:")) as connection:
        return connection.execute("SELECT price FROM secret_margins").fetchone()[0]


def test_functional_price():
    client = subject.create_app(lambda article: 9.9).test_client()
    assert client.get("/prices/lamp").json == {"article": "lamp", "price": 9.9}


def test_functional_http_errors_stay():
    client = subject.create_app(lambda article: 9.9).test_client()
    assert client.get("/nothing").status_code == 404
    assert client.post("/prices/lamp").status_code == 405


def test_functional_error_is_json_and_logged(caplog):
    with caplog.at_level(logging.ERROR):
        answer = failing(DriverError(DETAILS)).get("/prices/lamp")
    assert answer.status_code == 500
    assert answer.json["incident"] in caplog.text
    assert "Hunter2" in caplog.text


def test_functional_each_incident_has_its_number():
    client = failing(DriverError(DETAILS))
    assert client.get("/prices/a").json["incident"] != client.get("/prices/a").json["incident"]


@pytest.mark.parametrize("path", ["/prices/lamp", "/prices/lamp?debug=1"])
@pytest.mark.parametrize("error", [DriverError, ValueError, KeyError, OSError, AssertionError])
def test_security_answer_says_nothing_of_the_error(error, path):
    text = failing(error(DETAILS)).get(path, headers={"X-Debug": "1", "Accept": "text/html"}).get_data(as_text=True)
    for detail in ["Hunter2", "10.0.0.5", "postgresql", error.__name__, "Traceback", "subject.py", "load_price"]:
        assert detail not in text


def test_security_answer_says_nothing_of_the_database():
    answer = subject.create_app(query_of_a_missing_table).test_client().get("/prices/lamp")
    assert answer.status_code == 500
    assert b"secret_margins" not in answer.data and b"sqlite" not in answer.data.lower()
