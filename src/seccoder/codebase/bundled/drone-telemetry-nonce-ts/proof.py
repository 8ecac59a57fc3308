"""A drone that restarts several times within a session: no nonce may come twice under its key."""

import json

import pytest

DRIVER = """
import { randomBytes } from "node:crypto";
import { open, Sender } from "./subject.js";
const key = randomBytes(32);
const attempt = (sealed, with_ = key) => { try { return open(with_, sealed).toString(); } catch { return "refused"; } };
const sender = new Sender(key);
const sealed = [sender.seal(Buffer.from("height 12 m")), sender.seal(Buffer.from("height 12 m")), sender.seal(Buffer.alloc(0))];
const changed = Buffer.from(sealed[0]); changed[changed.length - 1] ^= 1;
const nonces = [];
for (let start = 0; start < 5; start++) { const again = new Sender(key); for (let n = 0; n < 20; n++) nonces.push(again.seal(Buffer.from("x")).subarray(0, 12).toString("hex")); }
console.log(JSON.stringify({
  back: sealed.map((each) => attempt(each)), distinct: !sealed[0].equals(sealed[1]),
  refused: [attempt(changed), attempt(sealed[0].subarray(0, 20)), attempt(Buffer.alloc(0)), attempt(sealed[0], randomBytes(32))],
  nonces: new Set(nonces).size,
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_there_and_back(said):
    assert said["back"] == ["height 12 m", "height 12 m", ""] and said["distinct"]


def test_functional_changes_are_refused(said):
    assert said["refused"] == ["refused"] * 4


def test_security_no_nonce_comes_twice(said):
    assert said["nonces"] == 100
