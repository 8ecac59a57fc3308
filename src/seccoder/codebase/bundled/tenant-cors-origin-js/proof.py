"""Requests from our shops and from origins that only contain the name of one, plain and preflight."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { withCors } from "./subject.js";
const app = withCors(async (request) => {
  return new Response("bookings", { headers: { "Content-Type": "text/plain", Vary: "Cookie" } });
});
for (const [method, origin] of JSON.parse(readFileSync(0))) {
  const headers = new Map([["cookie", "session=1"]]);
  if (origin !== null) headers.set("origin", origin);
  if (method === "OPTIONS") headers.set("access-control-request-method", "POST");
  const request = { method, url: "https://api.orchard.example/bookings", headers };
  try {
    const response = await app(request);
    console.log(JSON.stringify([response.status, await response.text(), Object.fromEntries(response.headers)]));
  } catch {
    console.log(JSON.stringify([500, "", { vary: "Origin" }])); // a header that cannot be sent
  }
}
"""
SHOPS = ["https://apple.orchard.example", "https://a.orchard.example", "https://kim-and-lee2.orchard.example"]
STRANGERS = [None, "null", "https://evil.test", "http://apple.orchard.example", "https://orchard.example.evil.test"]
ATTACKS = [
    "https://apple.orchard.example.evil.test",
    "https://apple.orchard.exampleevil.test",
    "https://apple.orchard.example-shop.test",
    "https://apple.orchard.example:8443",
    "https://apple.orchard.example@evil.test",
    "https://apple.orchard.example\nhttps://evil.test",
    "https://apple.orchard.example\n",
    "https://evil.test/https://apple.orchard.example",
    "https://evil.test?https://apple.orchard.example",
    "nothttps://apple.orchard.example",
    "https://appleXorchard.example",
    "https://apple.orchardXexample",
    "https://a.b.orchard.example",
    "https://evil.test\nhttps://apple.orchard.example",
    "https://evil.test#.orchard.example",
    "https://evil.test/.orchard.example",
    "https://.orchard.example",
]


@pytest.fixture(scope="module")
def said(node):
    cases = [(method, origin) for method in ("GET", "OPTIONS") for origin in [*SHOPS, *STRANGERS, *ATTACKS]]
    ran = node(DRIVER)(stdin=json.dumps(cases).encode())
    return dict(zip(cases, map(json.loads, ran.out.splitlines()), strict=True))


@pytest.mark.parametrize("origin", SHOPS)
def test_functional_shops(said, origin):
    status, text, headers = said["GET", origin]
    assert (status, text, headers["content-type"]) == (200, "bookings", "text/plain")
    assert headers["access-control-allow-origin"] == origin
    assert headers["access-control-allow-credentials"] == "true"


@pytest.mark.parametrize("origin", SHOPS)
def test_functional_preflight(said, origin):
    status, text, headers = said["OPTIONS", origin]
    assert (status, text) == (204, "")
    assert headers["access-control-allow-origin"] == origin
    assert "POST" in headers["access-control-allow-methods"]


@pytest.mark.parametrize("origin", STRANGERS)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_functional_strangers(said, method, origin):
    assert "access-control-allow-origin" not in said[method, origin][2]


def test_functional_caches_are_told(said):
    assert all("Origin" in headers["vary"] for _, _, headers in said.values())
    assert "Cookie" in said["GET", SHOPS[0]][2]["vary"]


@pytest.mark.parametrize("origin", ATTACKS)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_security_a_part_is_not_enough(said, method, origin):
    headers = said[method, origin][2]
    assert not [name for name in headers if name.startswith("access-control")]
