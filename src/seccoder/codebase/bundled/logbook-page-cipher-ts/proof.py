"""Seals pages that are equal or begin alike, and changes every byte of a sealed one."""

import json

import pytest

DRIVER = """
import { randomBytes } from "node:crypto";
import { open, seal } from "./subject.js";
const keys = { encrypt: randomBytes(32), sign: randomBytes(32) };
const attempt = (sealed, with_ = keys) => { try { return open(with_, sealed); } catch { return "refused"; } };
const page = "2024-05-11 Bay of Kiel, wind WSW 4", sealed = seal(keys, page);
const bytes = Buffer.from(sealed, "base64");
const changed = new Set(Array.from(bytes, (_, n) => { const copy = Buffer.from(bytes); copy[n] ^= 1; return attempt(copy.toString("base64")); }));
const blocks = (text) => { const all = Buffer.from(seal(keys, text), "base64"); const list = []; for (let n = 32; n < all.length; n += 16) list.push(all.subarray(n, n + 16).toString("hex")); return list; };
const one = blocks(page), two = blocks(page.slice(0, 20) + "fog, no wind at all");
console.log(JSON.stringify({
  back: [open(keys, sealed) === page, open(keys, seal(keys, "")), open(keys, seal(keys, "Ærø ⚓"))],
  refused: [...changed, attempt(""), attempt(sealed, { encrypt: randomBytes(32), sign: randomBytes(32) })],
  distinct: new Set(Array.from({ length: 50 }, () => seal(keys, page))).size, shared: one.filter((block) => two.includes(block)).length,
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_there_and_back(said):
    assert said["back"] == [True, "", "Ærø ⚓"]


def test_functional_changes_are_refused(said):
    assert said["refused"] == ["refused"] * 3


def test_security_equal_pages_look_different(said):
    assert said["distinct"] == 50


def test_security_equal_beginnings_are_not_seen(said):
    assert said["shared"] == 0
