"""Addresses as customers enter them; no request with a key may leave this machine unencrypted."""

import json

import pytest

DRIVER = """
import { carrierUrl } from "./subject.js";
const ask = (base) => { try { return carrierUrl(base, "/parcels"); } catch (error) { return error instanceof TypeError ? "refused" : "error"; } };
console.log(JSON.stringify({
  good: ["api.carrier.example/v2", " https://ship.example/ ", "HTTPS://Ship.example", "https://ship.example:8443/a/", "http://localhost:3000", "http://127.0.0.1/x"].map(ask),
  wrong: ["", "ftp://ship.example", "https://user@ship.example", "https://ship.example/?a=1", "https://"].map(ask),
  clear: ["http://ship.example", "HTTP://api.carrier.example/v2", " http://ship.example:443", "http://localhost.ship.example", "http://10.0.0.5"].map(ask),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_addresses(said):
    assert said["good"] == ["https://api.carrier.example/v2/parcels", "https://ship.example/parcels", "https://ship.example/parcels", "https://ship.example:8443/a/parcels", "http://localhost:3000/parcels", "http://127.0.0.1/x/parcels"]


def test_functional_what_cannot_be_used(said):
    assert said["wrong"] == ["refused"] * 5


def test_security_nothing_in_the_clear(said):
    assert said["clear"] == ["refused"] * 5
