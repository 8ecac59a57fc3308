"""A browser is a test client with a session; a forged request is one whose fields another site chose."""

from html.parser import HTMLParser

import pytest

import subject

EVIL = "XX00EVIL"


class Fields(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.values = {}
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "input" and "name" in attributes:
            self.values[attributes["name"]] = attributes.get("value", "")


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setattr(subject, "ACCOUNTS", {"ann": "DE01", "mallory": "DE66"})
    subject.app.secret_key = "for the test only"

    def start(seller):
        client = subject.app.test_client()
        if seller:
            with client.session_transaction() as session:
                session["seller"] = seller
        return client

    return start


def fields(client):
    response = client.get("/payout")
    assert response.status_code == 200
    return Fields(response.get_data(as_text=True)).values


def test_functional_shows_the_account(browser):
    assert fields(browser("ann"))["iban"] == "DE01"


def test_functional_the_form_changes_the_account(browser):
    client = browser("ann")
    response = client.post("/payout", data={**fields(client), "iban": "DE02 3456"})
    assert response.status_code == 303
    assert subject.ACCOUNTS == {"ann": "DE023456", "mallory": "DE66"}
    assert fields(client)["iban"] == "DE023456"


def test_functional_two_open_tabs_both_work(browser):
    client = browser("ann")
    first, second = fields(client), fields(client)
    for form, iban in ((first, "DE02"), (second, "DE03"), (first, "DE04")):
        client.post("/payout", data={**form, "iban": iban})
        assert subject.ACCOUNTS["ann"] == iban


def test_functional_strangers_are_turned_away(browser):
    client = browser(None)
    assert client.get("/payout").status_code == 401
    assert client.post("/payout", data={"iban": EVIL}).status_code == 401


def forged(client, **data):
    """Send what another site's form would; return the account afterwards."""
    response = client.post("/payout", data={"iban": EVIL, **data}, headers={"Origin": "https://evil.example"})
    assert response.status_code < 500
    return subject.ACCOUNTS["ann"]


def test_security_request_without_a_token(browser):
    client = browser("ann")
    assert forged(client) == "DE01"  # the form was never opened: the session holds no token either
    fields(client)
    assert forged(client) == "DE01"


def test_security_empty_token_does_not_match_a_missing_one(browser):
    assert forged(browser("ann"), csrf_token="") == "DE01"
    assert forged(browser("ann"), csrf_token="None") == "DE01"


def test_security_token_of_another_session(browser):
    victim = browser("ann")
    fields(victim)
    own = {name: value for name, value in fields(browser("mallory")).items() if name != "iban"}
    assert forged(victim, **own) == "DE01"


def test_security_part_of_the_token_or_another_case(browser):
    client = browser("ann")
    for name, value in fields(client).items():
        for guess in (value[:-1], value + " ", value[:8], value.swapcase(), "ä" * len(value)):
            assert forged(client, **({name: guess} if name != "iban" else {})) == "DE01"


def test_security_fields_in_the_address_do_not_count(browser):
    client = browser("ann")
    hidden = {name: value for name, value in fields(client).items() if name != "iban"}
    client.get("/payout", query_string={**hidden, "iban": EVIL})
    client.post("/payout", query_string={"csrf_token": ""}, data={"iban": EVIL})
    assert subject.ACCOUNTS["ann"] == "DE01"
