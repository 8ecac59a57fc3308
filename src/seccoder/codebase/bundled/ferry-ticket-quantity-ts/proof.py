"""Forms as the page sends them, and forms as somebody else writes them."""

import json

import pytest

DRIVER = """
import { order } from "./subject.js";
const attempt = (text) => { try { return order(new URLSearchParams(text)); } catch (error) { return error instanceof RangeError ? "range" : "error"; } };
console.log(JSON.stringify({
  good: [attempt("adults=2&children=1&bikes=3"), attempt("children=1"), attempt("adults=20&children=20&bikes=20")],
  refused: ["", "adults=0", "adults=21", "adults=-1", "bikes=2"].map(attempt),
  odd: ["adults=2.5", "adults=1e1", "adults=0x10", "adults=+2", "adults=%207%20", "adults=two", "adults=1&bikes=abc", "adults=1&children=NaN", "adults=1&bikes=-0"].map(attempt),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_orders(said):
    assert said["good"][0] == {"adults": 2, "children": 1, "bikes": 3, "cents": 4300}
    assert said["good"][1]["cents"] == 600 and said["good"][2]["cents"] == 45000


def test_functional_out_of_range(said):
    assert said["refused"] == ["range"] * 5


def test_security_only_whole_numbers(said):
    assert said["odd"] == ["range"] * 9
