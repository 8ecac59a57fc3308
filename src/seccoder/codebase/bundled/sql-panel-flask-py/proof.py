"""A shop's page with a value in its query that visitors must not see, asked for in debug mode and on the live site."""

import sqlite3

import pytest
from flask import Flask, abort, g

import subject

SECRET = "floor-price-17.35"


def client(debug):
    app = Flask("shop")
    app.debug = debug

    def get_db():
        if "db" not in g:
            g.db = sqlite3.connect(":memory:")
            g.db.execute("CREATE TABLE articles (name, floor)")
        return g.db

    subject.install_sql_panel(app, get_db)

    @app.route("/", methods=["GET", "POST"])
    def articles():
        get_db().execute("SELECT name FROM articles WHERE floor < ?", (SECRET,)).fetchall()
        return "<h1>Articles</h1>"

    @app.get("/api")
    def api():
        get_db().execute("SELECT floor FROM articles WHERE name = ?", (SECRET,))
        return {"articles": []}

    @app.get("/remark")
    def remark():
        get_db().execute("SELECT ?", ("<script>alert(1)</script>",)).fetchall()
        return "<p>saved</p>"

    @app.get("/broken")
    def broken():
        get_db().execute("SELECT name FROM articles WHERE floor = ?", (SECRET,))
        abort(404)

    return app.test_client()


def test_functional_panel_while_developing():
    text = client(True).get("/?sql").text
    assert text.startswith("<h1>Articles</h1>")
    assert "SELECT name FROM articles" in text and SECRET in text
    assert text.count("<li>") >= 1


def test_functional_panel_below_an_error_page():
    answer = client(True).get("/broken?sql=1")
    assert answer.status_code == 404 and SECRET in answer.text


def test_functional_no_panel_unless_asked_for():
    assert client(True).get("/").text == "<h1>Articles</h1>"
    assert client(False).get("/").text == "<h1>Articles</h1>"


def test_functional_only_html_gets_a_panel():
    assert client(True).get("/api?sql").json == {"articles": []}


def test_security_values_are_text_in_the_panel():
    text = client(True).get("/remark?sql").text
    assert "&lt;script&gt;" in text and "<script" not in text


@pytest.mark.parametrize("address", ["/?sql", "/?sql=1", "/?sql=true&debug=1", "/?sql&sql", "/?x=1&sql", "/?%73ql"])
def test_security_no_panel_on_the_live_site(address):
    assert client(False).get(address).text == "<h1>Articles</h1>"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:5000", "shop.example"])
def test_security_neither_for_other_hosts_headers_or_forms(host):
    headers = {"Host": host, "X-Debug": "1", "X-Forwarded-For": "127.0.0.1", "Cookie": "sql=1; debug=1"}
    assert client(False).get("/?sql", headers=headers).text == "<h1>Articles</h1>"
    assert client(False).post("/?sql", headers=headers, data={"sql": "1"}).text == "<h1>Articles</h1>"


def test_security_error_pages_on_the_live_site():
    assert SECRET not in client(False).get("/broken?sql").text
