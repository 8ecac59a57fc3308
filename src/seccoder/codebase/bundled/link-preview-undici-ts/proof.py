"""A stand-in for undici connects where the dispatcher's lookup says, or else where the name leads, and writes it down."""

import json

import pytest
from pathlib import Path

UNDICI = """
export const reached = [];
const NAMES = { "blog.example": ["93.184.216.34"], "big.example": ["93.184.216.35"], "rebound.example": ["10.1.2.3"], "two.example": ["93.184.216.34", "127.0.0.1"], "meta.example": ["169.254.169.254"], "six.example": ["::1"], "none.example": [] };
export const lookup = async (host) => NAMES[host] ?? [host];
export class Agent { constructor(options) { this.options = options; } }
export async function request(url, options = {}) {
  let address = (await lookup(url.hostname))[0];
  const own = options.dispatcher?.options?.connect?.lookup;
  if (own) address = await new Promise((done) => own(url.hostname, {}, (_error, found) => done(typeof found === "string" ? found : found[0].address)));
  reached.push(address);
  const size = url.hostname === "big.example" ? 400_000 : 1;
  async function* body() { yield "<html><title> Bread &amp; jam </title>"; yield "x".repeat(size); }
  return { statusCode: url.pathname === "/moved" ? 302 : 200, headers: {}, body: body() };
}
"""
DRIVER = """
import { lookup, reached } from "undici";
import { titleOf } from "./subject.js";
const said = {};
for (const link of ["https://blog.example/", "https://blog.example/moved", "https://big.example/", "http://blog.example/", "https://blog.example:8443/", "no link", "https://none.example/", "https://rebound.example/", "https://meta.example/latest", "https://two.example/", "https://six.example/", "https://127.0.0.1/", "https://0x7f.1/", "https://[::1]/"]) {
  reached.length = 0;
  said[link] = [await titleOf(link, lookup).catch(() => "error"), [...reached]];
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    package = Path("node_modules/undici")
    package.mkdir(parents=True, exist_ok=True)
    (package / "index.mjs").write_text(UNDICI)
    (package / "package.json").write_text('{"type": "module", "exports": "./index.mjs"}')
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_a_title(said):
    assert said["https://blog.example/"] == ["Bread &amp; jam", ["93.184.216.34"]]


def test_functional_no_title(said):
    assert said["https://blog.example/moved"][0] is None and said["https://big.example/"][0] is None
    for link in ("http://blog.example/", "https://blog.example:8443/", "no link", "https://none.example/"):
        assert said[link] == [None, []]


def test_security_nothing_inside_is_reached(said):
    for name in ("rebound.example/", "meta.example/latest", "six.example/", "127.0.0.1/", "0x7f.1/", "[::1]/"):
        assert said[f"https://{name}"][1] == [], name
    assert said["https://two.example/"][1] in ([], ["93.184.216.34"])
