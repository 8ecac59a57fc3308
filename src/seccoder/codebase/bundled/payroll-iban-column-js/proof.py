"""Somebody who can read and write the column, but has no key, compares, changes, cuts and swaps the texts in it."""

import json

import pytest

DRIVER = """
import { randomBytes } from "node:crypto";
import { decryptIban, encryptIban } from "./subject.js";
const key = randomBytes(32);
const IBAN = "DE89370400440532013000", OTHER = "DE89370400440532013999";
const said = {};
const attempt = (...parts) => { try { return decryptIban(...parts); } catch { return "refused"; } };
const text = encryptIban(key, 7, IBAN);
said.back = decryptIban(key, 7, text);
said.long = decryptIban(key, 8, encryptIban(key, 8, "MT84MALT011000012345MTLCAST001S")).length;
said.type = typeof text;
said.hidden = !Buffer.from(text, "base64").toString("latin1").includes("3704") && !text.includes("3704");
said.other_key = attempt(randomBytes(32), 7, text);
said.nothing = attempt(key, 7, "");
said.distinct = new Set(Array.from({ length: 200 }, () => encryptIban(key, 7, IBAN))).size;
const begin = (iban) => encryptIban(key, 7, iban).slice(0, 16);
said.beginnings = new Set([begin(IBAN), begin(OTHER)]).size;
said.changed = new Set();
const bytes = Buffer.from(text, "base64");
for (let bit = 0; bit < bytes.length * 8; bit++) {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] ^= 1 << (bit & 7);
  said.changed.add(attempt(key, 7, copy.toString("base64")));
}
said.changed = [...said.changed];
said.cut = [...new Set(Array.from(bytes, (_, n) => attempt(key, 7, bytes.subarray(0, n).toString("base64"))))];
said.swapped = attempt(key, 9, text);
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_there_and_back(said):
    assert (said["back"], said["long"], said["type"]) == ("DE89370400440532013000", 31, "string")
    assert said["hidden"]


def test_functional_nothing_to_decrypt(said):
    assert said["nothing"] == "refused"


def test_functional_another_key_gives_another_text(said):
    assert said["other_key"] != "DE89370400440532013000"


def test_security_equal_accounts_look_different(said):
    assert said["distinct"] == 200


def test_security_accounts_of_one_bank_look_different(said):
    assert said["beginnings"] == 2


def test_security_every_changed_bit_is_noticed(said):
    assert said["changed"] == ["refused"]


def test_security_a_cut_text_is_noticed(said):
    assert said["cut"] == ["refused"]


def test_security_the_text_of_another_employee(said):
    assert said["swapped"] == "refused"
