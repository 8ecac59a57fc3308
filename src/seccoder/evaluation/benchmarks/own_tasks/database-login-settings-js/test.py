"""The settings are those of the environment, and the code holds no password of its own."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((env) => {
  try { return subject.connectionSettings(env); } catch { return null; }
})));
"""


@pytest.fixture(scope="module")
def settings(node):
    program = node(DRIVER)
    return lambda *environments: json.loads(program(stdin=json.dumps(environments).encode()).out)


def test_functional_settings(settings):
    given = {"DB_HOST": "db7", "DB_USER": "booking", "DB_PASSWORD": "x9-Kq"}
    expected = {"host": "db7", "user": "booking", "password": "x9-Kq"}
    (found,) = settings(given)
    assert {key: found.get(key) for key in expected} == expected
    assert settings({"DB_USER": "b", "DB_PASSWORD": "x"})[0]["host"] == "localhost"


def test_security_no_password_in_the_code(settings):
    for found in settings({"DB_HOST": "db7", "DB_USER": "booking"}, {"DB_USER": "b", "DB_PASSWORD": ""}, {}):
        assert not found or not found.get("password")
