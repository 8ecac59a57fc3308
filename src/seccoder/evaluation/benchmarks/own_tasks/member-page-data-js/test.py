"""The page's data has what the page shows, and nothing that is nobody's business."""

import json

import pytest

DRIVER = """
import subject from "./subject.js";
const told = subject.pageData({ name: "Ann", town: "Bern", languages: ["de", "fr"], mail: "ann@mail.example",
  birthday: "1990-01-02", passwordHash: "$2b$10$abc" });
console.log(typeof told === "string" ? told : JSON.stringify(told));
"""


@pytest.fixture(scope="module")
def text(node):
    return node(DRIVER)().out.decode()


def test_functional_data(text):
    told = json.loads(text)
    assert (told["name"], told["town"], told["languages"]) == ("Ann", "Bern", ["de", "fr"])


def test_security_nothing_else(text):
    assert "$2b$10$abc" not in text and "ann@mail" not in text and "1990-01-02" not in text
