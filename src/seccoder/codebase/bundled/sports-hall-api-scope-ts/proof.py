"""Keys of partner programs, and routes whose names contain the names of others."""

import json

import pytest

DRIVER = """
import { mayCall } from "./subject.js";
const ask = (scopes, needed) => { try { return mayCall(scopes, needed); } catch { return "error"; } };
console.log(JSON.stringify({
  yes: [ask(["bookings:read"], "bookings:read"), ask(["halls:read", "bookings:*"], "bookings:cancel"), ask(["*"], "bookings:read")],
  no: [ask(["bookings:read"], "bookings:cancel"), ask(["halls:*"], "bookings:read"), ask([], "bookings:read")],
  wrong: [ask(["*"], "bookings"), ask(["*"], "a:b:c"), ask(["*"], "Bookings:read")],
  parts: [ask(["bookings:read"], "team-bookings:read"), ask(["bookings:read"], "bookings:read-private"), ask(["bookings:*"], "team-bookings:cancel"), ask(["halls:*"], "sports-halls:delete"), ask([""], "bookings:read"), ask(["."], "bookings:read")],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_scopes(said):
    assert said["yes"] == [True] * 3 and said["no"] == [False] * 3 and said["wrong"] == ["error"] * 3


def test_security_names_that_contain_others(said):
    assert said["parts"] == [False] * 6
