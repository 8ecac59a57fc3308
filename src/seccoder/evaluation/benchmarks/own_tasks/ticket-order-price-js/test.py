"""Tickets have their price, and nobody gets money for ordering."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((typed) => {
  try { return subject.orderPrice(2500, typed) ?? null; } catch { return null; }
})));
"""


@pytest.fixture(scope="module")
def price(node):
    program = node(DRIVER)
    return lambda *typed: json.loads(program(stdin=json.dumps(typed).encode()).out)


def test_functional_prices(price):
    assert price("1", "4", "12") == [2500, 10000, 30000]
    assert price("many", "") == [None, None]


def test_security_no_negative_price(price):
    assert all(cents is None or cents >= 0 for cents in price("-1", "-20", " -3", "-0.5"))
