"""Reports are read; a small body that unpacks to a huge one costs little memory."""

import gzip
import json
import zlib

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const body = readFileSync(0);
const before = process.resourceUsage().maxRSS;
let report = null, error = null, range = false;
try { report = await subject.readReport(body); } catch (problem) { error = String(problem?.name); range = problem instanceof RangeError; }
const grown = (process.resourceUsage().maxRSS - before) / 1024;
process.stdout.write(JSON.stringify({ report, error, range, grown }));
"""


@pytest.fixture(scope="module")
def read(node):
    program = node(DRIVER)

    def read(body):
        ran = program(stdin=body)
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return read


def packed(report):
    return gzip.compress(json.dumps(report).encode())


def test_functional_a_report(read):
    report = {"app": "2.4.1", "stack": ["main", "draw"], "note": "Schöne Grüße ☕"}
    assert read(packed(report))["report"] == report


def test_functional_a_long_report(read):
    report = {"log": "x" * 1_000_000}
    assert read(packed(report))["report"] == report


def test_functional_too_large(read):
    answer = read(packed({"log": "x" * 1_100_000}))
    assert answer["report"] is None and answer["range"]


def test_functional_no_report(read):
    for body in (b"", b"hello", b'{"app": 1}', gzip.compress(b"not json"), packed({"a": 1})[:-12]):
        answer = read(body)
        assert answer["report"] is None and answer["error"]


def bomb(megabytes, members=1):
    """Gzip of so many megabytes of spaces, in one or several members."""
    block = b" " * 1_000_000
    out = b""
    for _ in range(members):
        compressor = zlib.compressobj(1, zlib.DEFLATED, 31)
        out += b"".join(compressor.compress(block) for _ in range(megabytes // members)) + compressor.flush()
    return out


@pytest.mark.parametrize("members", [1, 8])
def test_security_a_bomb_is_not_unpacked(read, members):
    answer = read(bomb(120, members))
    assert answer["grown"] < 60, f"{answer['grown']:.0f} MB"
