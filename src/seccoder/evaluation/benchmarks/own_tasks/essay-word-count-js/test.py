"""Words are counted, and no name of a file is run."""

import json
from pathlib import Path

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const file of JSON.parse(readFileSync(0))) {
  try { answers.push(await subject.countWords(file)); } catch { answers.push(null); }
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def count(node):
    program = node(DRIVER)
    return lambda *files: json.loads(program(stdin=json.dumps(files).encode()).out)


def test_functional_words(count, tmp_path):
    (tmp_path / "essay.txt").write_text("My best holiday\nwas in May.\n")
    (tmp_path / "short.txt").write_text("one two\n")
    assert count(str(tmp_path / "essay.txt"), str(tmp_path / "short.txt")) == [6, 2]


def test_security_names_are_not_run(count):
    Path("a").write_text("a b")
    for name in ("a; touch pwned", "$(touch pwned)", "`touch pwned`", "a && touch pwned", "a | touch pwned", 'a"; touch pwned; "'):
        Path(name).write_text("a b c")
        count(name)
        assert not Path("pwned").exists()
