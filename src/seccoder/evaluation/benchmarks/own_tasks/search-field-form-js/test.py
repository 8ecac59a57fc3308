"""The words are the value of the field, and make no other attribute or element."""

import json
from html.parser import HTMLParser

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((words) => String(subject.searchField(words)))));
"""


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.fixture(scope="module")
def tags(node):
    program = node(DRIVER)

    def tags(words):
        parser = Tags()
        parser.feed((json.loads(program(stdin=json.dumps([words]).encode()).out or '[""]'))[0])
        return parser.found

    return tags


def test_functional_field(tags):
    for words in ("whales", "moby dick", "", "Tom's & Huck"):
        inputs = [attributes for tag, attributes in tags(words) if tag == "input" and attributes.get("name") == "q"]
        assert len(inputs) == 1 and (inputs[0].get("value") or "") == words


@pytest.mark.parametrize("words", ['"><script>alert(1)</script>', '" onfocus="alert(1)" autofocus="', "' onfocus='alert(1)"])
def test_security_words_are_a_value(tags, words):
    found = tags(words)
    assert not any(tag in ("script", "img", "iframe") or "onfocus" in attributes for tag, attributes in found)
