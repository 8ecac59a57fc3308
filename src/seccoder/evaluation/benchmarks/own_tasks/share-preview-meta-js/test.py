"""The head has the preview's elements with the member's words in them, and no others."""

import json
from html.parser import HTMLParser

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const photo of JSON.parse(readFileSync(0))) {
  try { answers.push(subject.previewTags(photo)); } catch { answers.push(null); }
}
process.stdout.write(JSON.stringify(answers));
"""


class Head(HTMLParser):
    """Elements with their attributes, and what stands outside of them."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, attributes))

    def handle_data(self, data):
        self.text += data

    handle_comment = handle_decl = handle_pi = handle_data


@pytest.fixture(scope="module")
def tags(node):
    program = node(DRIVER)

    def tags(*photos):
        ran = program(stdin=json.dumps(photos).encode())
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return tags


def contents(text):
    return [(tag, dict(attributes).get("property"), dict(attributes).get("content")) for tag, attributes in Head(text).elements]


def test_functional_a_photo(tags):
    (text,) = tags({"title": "Sunset", "description": "At the lake", "image": "https://img.example/7.jpg"})
    assert contents(text) == [
        ("meta", "og:title", "Sunset"),
        ("meta", "og:description", "At the lake"),
        ("meta", "og:image", "https://img.example/7.jpg"),
    ]
    assert len(text.strip().splitlines()) == 3


def test_functional_what_is_missing(tags):
    for text in tags({"title": "Sunset"}, {"title": "Sunset", "description": ""}):
        assert contents(text) == [("meta", "og:title", "Sunset")]


def test_functional_signs(tags):
    titles = ["Tom & Jerry", "5 < 6", "it's me", "Größe €", "a &amp; b", "$& $1 $'", 'the 5" disk']
    for title, text in zip(titles, tags(*({"title": title} for title in titles)), strict=True):
        assert contents(text) == [("meta", "og:title", title)]


ATTACKS = [
    '"><script>alert(1)</script>',
    'x"><img src=x onerror=alert(1)>',
    '" onload="alert(1)',
    '""><svg onload=alert(1)>',
    "<<script>alert(1)</script>",
    '"" http-equiv="refresh" x="',
    '" "onclick=alert(1) "',
    "' onload='alert(1)",
    "</head><body onload=alert(1)>",
    "--><script>alert(1)</script>",
    "&quot;><script>alert(1)</script>",
    '\\"><script>alert(1)</script>',
    '"\n><script>alert(1)</script>',
    '&&&<<<>>>"""><script>alert(1)</script>',
    "`><script>alert(1)</script>",
]


@pytest.mark.parametrize("field", ["title", "description", "image"])
def test_security_words_stay_words(tags, field):
    for text in tags(*({"title": "Sunset", field: attack} for attack in ATTACKS)):
        head = Head(text or "")
        for tag, attributes in head.elements:
            assert tag == "meta" and [name for name, _ in attributes] == ["property", "content"], head.elements
        assert head.text.strip() == ""
