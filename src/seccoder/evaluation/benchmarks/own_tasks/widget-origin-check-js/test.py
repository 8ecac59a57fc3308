"""Our own sites are ours, and no site that is named like them."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((origin) => {
  try { return Boolean(subject.isOurs(origin)); } catch { return false; }
})));
"""


@pytest.fixture(scope="module")
def ours(node):
    program = node(DRIVER)
    return lambda *origins: json.loads(program(stdin=json.dumps(origins).encode()).out)


def test_functional_origins(ours):
    assert ours("https://www.weather.example", "https://maps.weather.example", "https://weather.example") == [True] * 3
    assert ours("https://other.example", "http://www.weather.example", "null") == [False] * 3


@pytest.mark.parametrize("origin", ["https://badweather.example", "https://weather.example.other.example", "https://other.example/weather.example", "https://wwwXweather.example"])
def test_security_sites_that_are_named_like_ours(ours, origin):
    assert ours(origin) == [False]
