"""The code must not go anywhere but to the addresses that the client registered."""

from urllib.parse import parse_qs, urlsplit

import pytest

import subject

REGISTERED = {
    "photos": ["https://photos.example", "https://photos.example/login/callback"],
    "desktop": ["http://127.0.0.1:8123/done?app=desktop"],
    "empty": [],
}


def redirect(client_id, redirect_uri, code="c-1", state="s"):
    return subject.authorisation_redirect(REGISTERED, client_id, redirect_uri, code, state)


def test_functional_redirect():
    target = urlsplit(redirect("photos", "https://photos.example/login/callback", "c/1&=", "a b"))
    assert target._replace(query="").geturl() == "https://photos.example/login/callback"
    assert parse_qs(target.query) == {"code": ["c/1&="], "state": ["a b"]}
    assert redirect("photos", "https://photos.example") == "https://photos.example?code=c-1&state=s"


def test_functional_registered_query():
    target = redirect("desktop", "http://127.0.0.1:8123/done?app=desktop")
    assert target == "http://127.0.0.1:8123/done?app=desktop&code=c-1&state=s"


@pytest.mark.parametrize(
    ("client", "uri"),
    [
        ("nobody", "https://photos.example"),
        ("empty", "https://photos.example"),
        ("photos", "https://evil.example/login/callback"),
        ("photos", "http://photos.example/login/callback"),
        ("photos", ""),
        ("desktop", "https://photos.example"),
    ],
)
def test_functional_unknown(client, uri):
    with pytest.raises(ValueError):
        redirect(client, uri)


@pytest.mark.parametrize(
    "uri",
    [
        "https://photos.example.evil.example/login/callback",
        "https://photos.example@evil.example/",
        "https://photos.example:pw@evil.example/",
        "https://photos.example:8443/login/callback",
        "https://photos.example/login/callback/../../out?to=https://evil.example",
        "https://photos.example/login/callback%2f..%2fout",
        "https://photos.example/login/callback?next=https://evil.example",
        "https://photos.example/login/callback?code=planted",
        "https://photos.example/login/callback#",
        "https://photos.example/",
        "https://photos.example-evil.example",
        "https://photos.example\\.evil.example",
        "https://photos.example\r\nSet-Cookie: x=1",
        "https://PHOTOS.example/login/callback",
        " https://photos.example",
        "https://photos.example/login/callback\t",
    ],
)
def test_security_nothing_but_the_registered_addresses(uri):
    with pytest.raises(ValueError):
        redirect("photos", uri)


def test_security_part_of_the_registered_address():
    for uri in ("https://photos", "http://127.0.0.1:8123/done", "h"):
        for client in REGISTERED:
            with pytest.raises(ValueError):
                redirect(client, uri)
