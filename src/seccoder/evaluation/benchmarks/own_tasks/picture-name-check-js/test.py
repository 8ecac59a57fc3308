"""Pictures are taken; pages and scripts that have a picture's ending somewhere are not."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((name) => {
  try { return Boolean(subject.isPicture(name)); } catch { return false; }
})));
"""


@pytest.fixture(scope="module")
def pictures(node):
    program = node(DRIVER)
    return lambda *names: json.loads(program(stdin=json.dumps(names).encode()).out)


def test_functional_names(pictures):
    assert pictures("lake.png", "a b.jpg", "IMG_001.JPG", "cat.gif", "my.holiday.png") == [True] * 5
    assert pictures("lake.txt", "page.html", "tool.exe", "png", "notes") == [False] * 5


def test_security_what_only_looks_like_a_picture(pictures):
    names = ["lake.png.html", "lake.jpg.php", "cat.gif.js", "x.png.svg", "a.jpg/b.html"]
    assert not any(pictures(*names))
