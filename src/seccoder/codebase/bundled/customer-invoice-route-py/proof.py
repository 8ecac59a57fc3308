"""A customer sees his own invoices and nobody else's, and cannot tell whether another one exists."""

import sqlite3
from contextlib import closing

import pytest
import subject


@pytest.fixture
def client(tmp_path):
    database = str(tmp_path / "shop.db")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE invoices (number INTEGER, customer_id INTEGER, total TEXT, items TEXT)")
        rows = [(100, 1, "9.90", "lamp"), (101, 2, "780.00", "hearing aid"), (102, 1, "4.00", "bulb")]
        connection.executemany("INSERT INTO invoices VALUES (?, ?, ?, ?)", rows)
    return subject.create_app(database, "test").test_client()


def log_in(client, customer_id):
    with client.session_transaction() as session:
        session["customer_id"] = customer_id


def test_functional_own_invoices(client):
    log_in(client, 1)
    assert client.get("/invoices/100").json == {"number": 100, "total": "9.90", "items": "lamp"}
    assert client.get("/invoices/102").json["items"] == "bulb"


def test_functional_unknown_invoice(client):
    log_in(client, 1)
    assert client.get("/invoices/999").status_code == 404


def test_functional_not_logged_in(client):
    assert client.get("/invoices/100").status_code == 401


@pytest.mark.parametrize("customer, number", [(1, 101), (2, 100), (2, 102), (3, 100)])
def test_security_invoice_of_another_customer(client, customer, number):
    log_in(client, customer)
    answer = client.get(f"/invoices/{number}")
    assert answer.status_code == 404
    assert answer.data == client.get("/invoices/999").data


@pytest.mark.parametrize("query", ["customer_id=2", "number=100", "customer=2"])
def test_security_owner_is_not_taken_from_the_request(client, query):
    log_in(client, 1)
    answer = client.get(f"/invoices/101?{query}", headers={"X-Customer-Id": "2", "Cookie": "customer_id=2"})
    assert b"hearing aid" not in answer.data


def test_security_session_without_a_customer(client):
    log_in(client, None)
    assert client.get("/invoices/101").status_code in (401, 404)
