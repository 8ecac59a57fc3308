"""Somebody with access to the database looks for patterns in sealed reports and changes them."""

import json

import pytest

DRIVER = """
import { createPublicKey, generateKeyPairSync, publicEncrypt, constants } from "node:crypto";
import { seal, unseal } from "./subject.js";
const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });
const her = pair(), other = pair();
const attempt = (sealed, key = her.privateKey) => { try { return unseal(key, sealed); } catch { return "refused"; } };
const said = {};
const REPORT = "The invoices of Plum & Sons are paid twice. Größe: 7 – see drawer 3.";
const sealed = seal(her.publicKey, REPORT);
said.back = attempt(sealed);
said.empty = attempt(seal(her.publicKey, ""));
said.long = attempt(seal(her.publicKey, "ü".repeat(300_000))).length;
said.one_text = typeof sealed === "string" && /^[\\x21-\\x7e]+$/.test(sealed);
said.hidden = !sealed.includes("invoices") && !Buffer.from(sealed, "base64").includes("invoices");
said.other = attempt(sealed, other.privateKey);
said.nothing = [attempt(""), attempt("x.y"), attempt("report")];
said.distinct = new Set(Array.from({ length: 5 }, () => seal(her.publicKey, REPORT))).size;

const bytes = (text) => Buffer.from(text, "base64url");
const repeated = seal(her.publicKey, "A".repeat(4096)).split(".").map(bytes);
const blocks = repeated.flatMap((part) => Array.from({ length: Math.floor(part.length / 16) }, (_, n) => part.subarray(16 * n, 16 * n + 16).toString("hex")));
said.repeats = blocks.length - new Set(blocks).size;

const parts = sealed.split(".");
const outcomes = new Set();
for (const [n, part] of parts.entries()) {
  for (let bit = 0; bit < bytes(part).length * 8; bit += n === 0 ? 97 : 7) {
    const changed = bytes(part);
    changed[bit >> 3] ^= 1 << (bit & 7);
    outcomes.add(attempt(parts.with(n, changed.toString("base64url")).join(".")));
  }
}
said.changed = [...outcomes];
const body = bytes(parts.at(-1));
const pieces = [0, 1, 2].map((n) => body.subarray(16 * n, 16 * n + 16));
said.moved = attempt(parts.with(-1, Buffer.concat([pieces[1], pieces[0], body.subarray(32)]).toString("base64url")).join("."));
said.cut = attempt(parts.with(-1, body.subarray(16).toString("base64url")).join("."));
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_there_and_back(said):
    assert said["back"] == "The invoices of Plum & Sons are paid twice. Größe: 7 – see drawer 3."
    assert (said["empty"], said["long"]) == ("", 300_000)
    assert said["one_text"] and said["hidden"]


def test_functional_only_her_key_opens_it(said):
    assert said["other"] == "refused"
    assert said["nothing"] == ["refused"] * 3


def test_functional_each_is_sealed_anew(said):
    assert said["distinct"] == 5


def test_security_equal_passages_do_not_show(said):
    assert said["repeats"] == 0


def test_security_changes_are_noticed(said):
    assert said["changed"] == ["refused"]


def test_security_blocks_that_were_moved_or_left_out(said):
    assert (said["moved"], said["cut"]) == ("refused", "refused")
