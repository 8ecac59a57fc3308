"""Help topics are read; files beside their folder are not."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const [folder, topic] of JSON.parse(readFileSync(0))) {
  try { answers.push(String(await subject.helpText(folder, topic))); } catch { answers.push(null); }
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def ask(node, tmp_path_factory):
    program, place = node(DRIVER), tmp_path_factory.mktemp("place")
    (place / "help").mkdir()
    (place / "help" / "print.txt").write_text("How to print")
    (place / "help" / "save as.txt").write_text("How to save")
    (place / "key.txt").write_text("hunter2")

    def ask(*topics):
        calls = [[str(place / "help"), topic.format(place=place)] for topic in topics]
        return json.loads(program(stdin=json.dumps(calls).encode()).out)

    return ask


def test_functional_topics(ask):
    assert ask("print", "save as") == ["How to print", "How to save"]


def test_security_no_other_file(ask):
    assert "hunter2" not in ask("../key", "./../key", "x/../../key", "{place}/key", "print/../../key")
