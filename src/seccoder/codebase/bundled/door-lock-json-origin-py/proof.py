"""Requests as a browser sends them from other sites, with the cookie of a signed-in user: the door stays locked."""

import pytest

import subject

OURS = "https://door.example"


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setitem(subject.app.config, "SECRET_KEY", "test")
    monkeypatch.setitem(subject.STATE, "locked", True)
    client = subject.app.test_client()
    with client.session_transaction(base_url=OURS) as session:
        session["user"] = "ann"
    return client


def own_page(client, **json):
    headers = {"Origin": OURS, "Referer": f"{OURS}/"}
    return client.post("/lock", json=json, headers=headers, base_url=OURS)


def test_functional_own_page(client):
    assert own_page(client, locked=False).json == {"locked": False}
    assert client.get("/lock", base_url=OURS).json == {"locked": False}
    assert own_page(client, locked=True).json == {"locked": True}


@pytest.mark.parametrize("change", [{}, {"locked": "no"}, {"locked": 0}, {"open": True}])
def test_functional_malformed(client, change):
    assert own_page(client, **change).status_code == 400
    assert subject.STATE == {"locked": True}


def test_functional_nobody_is_signed_in(client):
    stranger = subject.app.test_client()
    assert stranger.get("/lock", base_url=OURS).status_code == 401
    assert own_page(stranger, locked=False).status_code == 401


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "",
        None,
        "http://door.example",
        "https://door.example:8443",
        "https://door.example.evil.example",
        "https://evil-door.example",
        "https://evil.example/https://door.example",
        "https://door.example@evil.example",
        "https://sub.door.example",
    ],
)
@pytest.mark.parametrize("referer", [None, "{origin}/page", "https://door.example.evil.example/"])
@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded"])
def test_security_other_sites_do_not_open_the_door(client, origin, referer, kind):
    headers = {"Content-Type": kind}
    if origin is not None:
        headers["Origin"] = origin
    if referer is not None:
        headers["Referer"] = referer.format(origin=origin)
    client.post("/lock", data='{"locked": false}', headers=headers, base_url=OURS)
    assert subject.STATE == {"locked": True}


def test_security_method_override(client):
    for headers in ({"X-HTTP-Method-Override": "POST"}, {}):
        client.get("/lock?locked=false", data='{"locked": false}', headers=headers, base_url=OURS)
        client.head("/lock", headers=headers, base_url=OURS)
    assert subject.STATE == {"locked": True}
