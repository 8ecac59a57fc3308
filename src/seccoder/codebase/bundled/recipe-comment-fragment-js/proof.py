"""Renders comments whose fields hold markup; no field may add an element or an attribute."""

import json
from html.parser import HTMLParser

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { renderComments } from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((comments) => renderComments(comments))));
"""
PLAIN = {"cookId": "7", "name": "Ann", "nickname": "The Baker", "text": "Lovely with thyme."}


class Page(HTMLParser):
    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.skeleton, self.values, self.text = [], [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.skeleton.append((tag, *(name for name, _ in attributes)))
        self.values += [value for _, value in attributes]

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def render(node):
    run = node(DRIVER)

    def pages(*changes):
        ran = run(stdin=json.dumps([[PLAIN | change] for change in changes]).encode())
        assert ran.code == 0, ran.err
        return [Page(markup) for markup in json.loads(ran.out)]

    return pages


def test_functional_one_comment(render):
    (page,) = render({})
    assert page.skeleton == [("ul", "class"), ("li",), ("a", "href", "title"), ("p",)]
    assert page.values == ["comments", "/cooks/7", "The Baker"]
    assert "Ann" in page.text and "Lovely with thyme." in page.text


def test_functional_punctuation_arrives_as_it_was_typed(render):
    for page in render({"text": "salt & pepper, 200 < 220 degrees; don't stir"}):
        assert "salt & pepper, 200 < 220 degrees; don't stir" in page.text


def test_functional_missing_nickname_and_odd_id(render):
    without, odd = render({"nickname": None}, {"cookId": "a/b c"})
    assert without.values[2] == ""
    assert odd.values[1] == "/cooks/a%2Fb%20c"


ATTACKS = [
    "<script>alert(1)</script>",
    "</p></li></ul><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    '"><svg onload=alert(1)>',
    "&quot; onclick=&quot;alert(1)",
    {"text": "<img src=x onerror=alert(1)>"},
    ["<img src=x onerror=alert(1)>", '" onclick="alert(1)'],
]


@pytest.mark.parametrize("field", ["cookId", "name", "nickname", "text"])
def test_security_no_field_adds_markup(render, field):
    (plain,) = render({})
    for attack, page in zip(ATTACKS, render(*({field: attack} for attack in ATTACKS)), strict=True):
        assert page.skeleton == plain.skeleton, attack
        if isinstance(attack, str) and field != "cookId":
            assert attack in page.values or attack in page.text
