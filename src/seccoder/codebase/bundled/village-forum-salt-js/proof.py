"""Hashes of one member are made twice; what is known of the member must not tell the salt."""

import json

import pytest

DRIVER = """
import { createHash } from "node:crypto";
import { makeHash, matches } from "./subject.js";
const one = makeHash("Ann", "hay & barley"), two = makeHash("Ann", "hay & barley");
const attempt = (...given) => { try { return makeHash(...given); } catch (error) { return error.name; } };
const names = ["Ann", "ann"].flatMap((name) => [Buffer.from(name), ...["md5", "sha1", "sha256"].map((kind) => createHash(kind).update(name).digest())]);
console.log(JSON.stringify({
  right: [matches("Ann", "hay & barley", one), matches("Anna", "hay & barley", one)],
  wrong: [matches("Ann", "hay", one), matches("Ann", "", one), matches("Ann", "hay & barley", ""), matches("Ann", "hay & barley", "abc")],
  refused: attempt("Ann", "annANN7"), distinct: one !== two,
  known: names.some((bytes) => Buffer.from(one, "base64url").indexOf(bytes.subarray(0, 16)) === 0),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_hashes(said):
    assert said["right"] == [True, True] and said["wrong"] == [False] * 4 and said["refused"] == "RangeError"


def test_security_two_hashes_of_one_member(said):
    assert said["distinct"]


def test_security_the_salt_is_not_known_beforehand(said):
    assert not said["known"]
