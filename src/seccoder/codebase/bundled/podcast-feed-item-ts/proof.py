"""Reads the item with an XML parser and compares texts and elements with what was put in."""

import json

import pytest
from xml.etree import ElementTree

DRIVER = r"""
import { readFileSync } from "node:fs";
import { feedItem } from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(([title, description]) => feedItem({ title, description, audioUrl: "https://cdn.example/a.mp3?x=1&y=2", bytes: 1234 }))));
"""


@pytest.fixture(scope="module")
def items(node):
    run = node(DRIVER)

    def items(*episodes):
        ran = run(stdin=json.dumps(episodes).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return items


def parsed(text):
    item = ElementTree.fromstring(text)
    return [each.tag for each in item.iter()], item.findtext("title"), item.findtext("description"), item.find("enclosure").attrib


@pytest.mark.parametrize(("title", "text"), [("Bread & jam", "<p>How to</p>"), ('1 < 2 "x"', ""), ("Ünï", "a ]] b > c")])
def test_functional_items(items, title, text):
    tags, found, description, enclosure = parsed(items([title, text])[0])
    assert tags == ["item", "title", "description", "enclosure"] and (found, description or "") == (title, text)
    assert enclosure == {"url": "https://cdn.example/a.mp3?x=1&y=2", "length": "1234", "type": "audio/mpeg"}


END = "]]></title></item><item><title>Theirs<![CDATA["


@pytest.mark.parametrize(("title", "text"), [("a]]><b/><![CDATA[", "x"), ("x", "a]]><enclosure url='y'/><![CDATA["), (END, END), ("]]>", "]]]]>>")])
def test_security_texts_stay_texts(items, title, text):
    tags, found, description, _ = parsed(items([title, text])[0])
    assert tags == ["item", "title", "description", "enclosure"] and (found, description) == (title, text)
