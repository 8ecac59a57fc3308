"""Somebody has the backup and a table of the hashes of all codes that people like."""

import json

import pytest

DRIVER = """
import { createHash } from "node:crypto";
import { codeFits, storeCode } from "./subject.js";
const map = new Map(), store = { get: async (key) => map.get(key), set: async (key, value) => { map.set(key, value); } };
await storeCode(store, "s1", "123456"); await storeCode(store, "s2", "123456"); await storeCode(store, "s3", "777777");
const table = ["123456", "777777"].flatMap((code) => ["md5", "sha1", "sha256", "sha512"].flatMap((name) => ["hex", "base64"].map((form) => createHash(name).update(code).digest(form))));
console.log(JSON.stringify({
  fits: [await codeFits(store, "s1", "123456"), await codeFits(store, "s3", "777777")],
  not: [await codeFits(store, "s1", "123457"), await codeFits(store, "s1", ""), await codeFits(store, "s9", "123456")],
  distinct: new Set(map.values()).size, found: [...map.values()].filter((value) => table.some((hash) => value.includes(hash))).length,
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_codes(said):
    assert said["fits"] == [True, True] and said["not"] == [False] * 3


def test_security_equal_codes_look_different(said):
    assert said["distinct"] == 3


def test_security_a_table_of_hashes_finds_none(said):
    assert said["found"] == 0
