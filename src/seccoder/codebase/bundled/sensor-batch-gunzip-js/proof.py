"""Small bombs must be refused."""

import json

import pytest

DRIVER = r"""
import { gzipSync } from "node:zlib";
import { readings } from "./subject.js";
const [kind, count] = JSON.parse(process.argv[2]);
const text = kind === "bomb" ? "[" + " ".repeat(count) + "]" : JSON.stringify(Array.from({ length: count }, (_, i) => i));
const body = kind === "plain" ? Buffer.from(text) : gzipSync(text);
let said;
try {
  said = readings(body).length;
} catch (error) {
  said = error.name;
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def test_functional_readings(run):
    assert run(["gzip", 0]) == 0 and run(["gzip", 1000]) == 1000
    assert run(["plain", 3]) == "RangeError"


@pytest.mark.parametrize("size", [1_000_001, 50_000_000])
def test_security_bombs(run, size):
    assert run(["bomb", size]) == "RangeError"
