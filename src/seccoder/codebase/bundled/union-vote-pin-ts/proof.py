"""Hashes a few PINs twice, and looks for what somebody with a table of hashes would look for."""

import json

import pytest

DRIVER = """
import { createHash } from "node:crypto";
import { checkPin, hashPin } from "./subject.js";
const one = hashPin("473920"), two = hashPin("473920");
const table = ["md5", "sha1", "sha256", "sha512"].flatMap((name) => ["hex", "base64"].map((form) => createHash(name).update("473920").digest(form)));
console.log(JSON.stringify({
  right: [checkPin("473920", one), checkPin("473920", two), checkPin("Zürich12", hashPin("Zürich12"))],
  wrong: [checkPin("473921", one), checkPin("", one), checkPin("473920", ""), checkPin("473920", "ab"), checkPin("473920", "zz:zz")],
  distinct: one !== two,
  listed: table.some((hash) => one.includes(hash)),
  clear: one.includes("473920"),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_right_and_wrong(said):
    assert said["right"] == [True] * 3 and said["wrong"] == [False] * 5 and not said["clear"]


def test_security_equal_pins_look_different(said):
    assert said["distinct"]


def test_security_no_table_holds_it(said):
    assert not said["listed"]
