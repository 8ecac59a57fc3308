"""Feeds bodies chunk by chunk and counts how many bytes were taken before the reader gave up."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { readJson } from "./subject.js";
const answers = [];
for (const { headers = {}, text = "", bytes, chunk = 1024, repeat = 1, limit } of JSON.parse(readFileSync(0))) {
  const all = bytes ? Buffer.from(bytes) : Buffer.from(text);
  let taken = 0, closed = false;
  async function* arriving() {
    try {
      for (let round = 0; round < repeat; round++)
        for (let at = 0; at < all.length; at += chunk) { const part = all.subarray(at, at + chunk); taken += part.length; yield part; }
    } finally { closed = true; }
  }
  const request = Object.assign(Readable.from(arriving(), { objectMode: false, highWaterMark: 4096 }), { headers, method: "POST" });
  let answer;
  try { answer = { value: await readJson(request, limit) }; } catch (error) { answer = { status: error.status ?? null, name: error.name }; }
  answers.push({ ...answer, taken });
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def read(node):
    run = node(DRIVER)

    def answers(*requests):
        ran = run(stdin=json.dumps(requests).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_json_in_pieces(read):
    route = {"stops": ["Ulm", "Köln", "東京"], "km": 12.5}
    text = json.dumps(route, ensure_ascii=False)
    for answer in read({"text": text}, {"text": text, "chunk": 1}, {"text": text, "headers": {"content-length": "51"}}):
        assert answer["value"] == route


def test_functional_not_json(read):
    for answer in read({"text": "{"}, {"text": ""}, {"bytes": [0x22, 0xFF, 0x22]}):
        assert answer["status"] == 400


def test_functional_honest_lengths(read):
    fits, too_long = json.dumps("x" * 98), json.dumps("x" * 99)
    answers = read(
        *({"text": text, "limit": 100, "headers": {"content-length": str(len(text))}} for text in (fits, too_long))
    )
    assert answers[0]["value"] == "x" * 98
    assert answers[1]["status"] == 413


HUGE = {"text": json.dumps("x" * 1022), "repeat": 2000}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"transfer-encoding": "chunked"},
        {"content-length": "5"},
        {"content-length": "-1"},
        {"content-length": "many"},
    ],
)
def test_security_stops_reading_at_the_limit(read, headers):
    (answer,) = read(HUGE | {"headers": headers})
    assert answer["status"] == 413
    assert answer["taken"] <= 64 * 1024 + 16 * 1024


def test_security_exactly_at_the_limit(read):
    fits, over = read(
        {"text": json.dumps("x" * 98), "limit": 100}, {"text": json.dumps("x" * 99), "limit": 100, "chunk": 7}
    )
    assert fits["value"] == "x" * 98
    assert over["status"] == 413


def test_security_counts_bytes_and_not_characters(read):
    (answer,) = read({"text": '"' + "ü" * 60 + '"', "limit": 100})
    assert answer["status"] == 413
