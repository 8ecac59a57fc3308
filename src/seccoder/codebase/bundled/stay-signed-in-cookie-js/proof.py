"""Reads the header as a browser does: which attributes hold for the cookie."""

import json

import pytest

DRIVER = """
import subject from "./subject.js";
const { signInCookie, signOutCookie } = subject;
console.log(JSON.stringify({
  session: signInCookie("abc-123"), stay: signInCookie("abc-123", { stay: true }), out: signOutCookie(),
  odd: signInCookie("x; Domain=evil.example\\r\\nSet-Cookie: a=b, \\u00fc"),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def attributes(header):
    pair, *rest = header.split(";")
    return pair, {name.strip().lower(): value.strip() for name, _, value in (part.partition("=") for part in rest)}


def test_functional_lifetimes(said):
    assert "max-age" not in attributes(said["session"])[1]
    assert attributes(said["stay"])[1]["max-age"] == "2592000"
    assert attributes(said["out"])[1]["max-age"] == "0"


def test_functional_the_value_is_the_session(said):
    assert said["session"].partition(";")[0].endswith("session=abc-123")


def test_functional_sign_out_names_the_same_cookie(said):
    name = attributes(said["session"])[0].partition("=")[0]
    assert attributes(said["out"])[0] == f"{name}="


@pytest.mark.parametrize("cookie", ["session", "stay", "out"])
def test_security_scripts_cannot_read_it(said, cookie):
    assert "httponly" in attributes(said[cookie])[1]


@pytest.mark.parametrize("cookie", ["session", "stay", "out"])
def test_security_only_over_https_and_for_this_host(said, cookie):
    pair, found = attributes(said[cookie])
    assert "secure" in found and "domain" not in found and found["path"] == "/"
    assert pair.startswith("__Host-")


@pytest.mark.parametrize("cookie", ["session", "stay"])
def test_security_not_sent_along_from_other_sites(said, cookie):
    assert attributes(said[cookie])[1]["samesite"].lower() in ("lax", "strict")


def test_security_the_value_adds_no_attribute(said):
    assert attributes(said["odd"])[1].keys() == attributes(said["session"])[1].keys()
    assert "\n" not in said["odd"] and "\r" not in said["odd"]
