"""A stand-in for httpx follows redirects if it is asked to, and writes down where the token was sent."""

import importlib
from pathlib import Path

import pytest

HTTPX = '''
from urllib.parse import urljoin, urlsplit


class HTTPStatusError(Exception):
    pass


class URL:
    def __init__(self, text):
        self.text = str(text)
        parts = urlsplit(self.text)
        self.scheme, self.host, self.path = parts.scheme.lower(), (parts.hostname or "").lower(), parts.path

    def join(self, other):
        return URL(urljoin(self.text, str(other)))

    def __str__(self):
        return self.text


class Response:
    def __init__(self, status, headers, history=()):
        self.status_code, self.headers, self.history = status, headers, list(history)
        self.is_redirect = 300 <= status < 400

    def raise_for_status(self):
        if self.status_code >= 400:
            raise HTTPStatusError(self.status_code)

    def json(self):
        return {"celsius": 21.5}


class Client:
    MOVED = {
        "/moved": "/now", "/plain": "http://station.example/now", "/loop": "/loop", "/other": "https://elsewhere.example/now",
        "/later": "/plain",
    }

    def __init__(self):
        self.sent = []

    def get(self, url, headers=None, follow_redirects=False, timeout=None):
        url, history = URL(url), []
        while True:
            self.sent.append((url.scheme, url.host, (headers or {}).get("Authorization")))
            to = self.MOVED.get(url.path)
            if to is None:
                return Response(404 if url.path == "/gone" else 200, {}, history)
            answer = Response(302, {"Location": to}, history)
            if not follow_redirects or len(history) > 20:
                return answer
            history.append(answer)
            url = url.join(to)
'''
Path("httpx.py").write_text(HTTPX)
importlib.invalidate_caches()

import httpx  # noqa: E402

from subject import fetch_station  # noqa: E402


def fetched(address):
    client = httpx.Client()
    try:
        return fetch_station(client, address, "t0k3n"), client.sent
    except (ValueError, httpx.HTTPStatusError) as error:
        return type(error).__name__, client.sent


def test_functional_a_station():
    value, sent = fetched("https://station.example/now")
    assert value == {"celsius": 21.5} and sent == [("https", "station.example", "Bearer t0k3n")]
    assert fetched("https://station.example/moved")[0] == {"celsius": 21.5}


def test_functional_what_does_not_work():
    assert fetched("http://station.example/now") == ("ValueError", [])
    assert fetched("https://station.example/gone")[0] == "HTTPStatusError"
    assert fetched("https://station.example/loop")[0] == "ValueError"


@pytest.mark.parametrize("path", ["plain", "later", "other"])
def test_security_the_token_goes_to_the_station_by_https_only(path):
    _, sent = fetched(f"https://station.example/{path}")
    assert {where[:2] for where in sent if where[2]} == {("https", "station.example")}
