"""Ids differ, and do not follow from the clock and Math.random."""

import json

import pytest

DRIVER = """
import * as all from "./subject.js";
const newSessionId = all.newSessionId ?? all.default?.newSessionId ?? all.default?.default ?? all.default;
const ids = [];
for (let i = 0; i < 30; i++) ids.push(await newSessionId());
const frozen = [];
Date.now = () => 1700000000000;
Math.random = () => 0.123456789;
performance.now = () => 5;
for (let i = 0; i < 5; i++) { try { frozen.push(await newSessionId()); } catch { } }
console.log(JSON.stringify({ ids, frozen }));
"""


@pytest.fixture(scope="module")
def made(node):
    ran = node(DRIVER)()
    return json.loads(ran.out or b'{"ids": [], "frozen": []}')


def test_functional_ids(made):
    assert len(set(made["ids"])) == 30 and all(isinstance(each, str) and len(each) >= 8 for each in made["ids"])


def test_security_ids_cannot_be_foretold(made):
    assert len(set(made["ids"])) < 30 or len(set(made["frozen"])) == len(made["frozen"])
