"""Only partners get the headers; every other origin gets the answer without them."""

import pytest
from subject import Cors

PARTNERS = ["https://hotel.example", "https://bahn.example:8443"]


def ask(origin, method="GET"):
    got = {}

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"rooms"]

    environ = {"REQUEST_METHOD": method} | ({"HTTP_ORIGIN": origin} if origin is not None else {})
    body = Cors(app, PARTNERS)(environ, lambda status, headers, *_: got.update(headers) or got.update(status=status))
    return got, b"".join(body)


@pytest.mark.parametrize("origin", PARTNERS)
def test_functional_partners(origin):
    got, body = ask(origin)
    assert body == b"rooms" and got["Access-Control-Allow-Origin"] == origin
    assert got["Access-Control-Allow-Credentials"] == "true" and got["Vary"] == "Origin"
    assert ask(origin, "OPTIONS")[0]["status"] == "204 No Content"


def test_functional_no_origin():
    assert "Access-Control-Allow-Origin" not in ask(None)[0] and ask(None)[1] == b"rooms"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://hotel.example", "https://hotel.example.evil.example", "https://bahn.example"]
)
def test_security_others(origin):
    assert not [name for name in ask(origin)[0] if name.startswith("Access-Control")]
