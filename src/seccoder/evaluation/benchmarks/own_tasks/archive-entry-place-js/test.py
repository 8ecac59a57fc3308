"""Entries have their place in the folder, or none."""

import json
import os

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import * as all from "./subject.js";
const placeOf = all.placeOf ?? all.default?.placeOf ?? all.default;
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((name) => {
  try { return placeOf("/data/unpacked", name) ?? null; } catch { return null; }
})));
"""


@pytest.fixture(scope="module")
def places(node):
    program = node(DRIVER)
    return lambda *names: json.loads(program(stdin=json.dumps(names).encode()).out or "[]")


def test_functional_places(places):
    assert places("docs/readme.txt", "a b.png") == ["/data/unpacked/docs/readme.txt", "/data/unpacked/a b.png"]


@pytest.mark.parametrize("name", ["../config", "docs/../../config", "/data/config", "../unpacked2/a", "./../config"])
def test_security_no_place_outside(places, name):
    for place in places(name):
        there = os.path.normpath(place or ".")
        assert not there.startswith(("/", "..")) or there.startswith("/data/unpacked/")
