"""However the parameters are written, a page has at most a hundred books and the server does not fail."""

import sqlite3

import pytest

import subject


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("catalogue") / "books.db"
    db = sqlite3.connect(path)
    with db:
        db.execute("CREATE TABLE books (id INTEGER PRIMARY KEY, title)")
        db.executemany("INSERT INTO books VALUES (?, ?)", [(n, f"Book {n}") for n in range(1, 1001)])
    db.close()
    return subject.create_app(str(path)).test_client()


def ids(client, query=""):
    return [book["id"] for book in client.get(f"/books{query}").json["books"]]


def test_functional_pages(client):
    assert ids(client) == list(range(1, 21))
    assert ids(client, "?after=20&limit=3") == [21, 22, 23]
    assert ids(client, "?limit=100") == list(range(1, 101))
    assert client.get("/books?limit=1").json == {"books": [{"id": 1, "title": "Book 1"}], "next": 1}


def test_functional_last_page(client):
    assert client.get("/books?after=995&limit=50").json["next"] is None
    assert ids(client, "?after=995&limit=50") == [996, 997, 998, 999, 1000]
    assert client.get("/books?after=1000").json == {"books": [], "next": None}


def test_functional_nonsense_is_the_default(client):
    assert ids(client, "?limit=many&after=soon") == list(range(1, 21))


@pytest.mark.parametrize(
    "limit", ["101", "1000", "999999999", "-1", "-100", str(2**63 - 1), "1_000", "٩٩٩", "%2B1000", "%20500", "0000999"]
)
def test_security_a_page_is_small(client, limit):
    assert 1 <= len(ids(client, f"?limit={limit}")) <= 100


@pytest.mark.parametrize("number", ["0", str(2**63), str(-(2**63) - 1), "9" * 100, "-" + "9" * 100])
@pytest.mark.parametrize("name", ["limit", "after"])
def test_security_numbers_beyond_the_database(client, name, number):
    response = client.get(f"/books?{name}={number}")
    assert response.status_code == 200
    assert len(response.json["books"]) <= 100
