"""A post may add links to members and line breaks to the page, and nothing else."""

from html.parser import HTMLParser

import pytest
from jinja2 import Environment

import subject


class Page(HTMLParser):
    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.tags, self.text = [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.tags.append(("comment", data))


def page(text):
    environment = Environment(autoescape=True)
    subject.install(environment)
    return Page(environment.from_string("<p>{{ text | mentions }}</p>").render(text=text))


def links(found):
    return [attributes for tag, attributes in found.tags if tag == "a"]


def test_functional_mentions_and_line_breaks():
    found = page("Thanks @ann_7,\n@bob!\nmail me: kim@example.org, @al, /@xyz")
    assert links(found) == [{"href": "/members/ann_7"}, {"href": "/members/bob"}]
    assert [tag for tag, _ in found.tags] == ["p", "a", "br", "a", "br"]
    assert found.text == "Thanks @ann_7,\n@bob!\nmail me: kim@example.org, @al, /@xyz"


def test_functional_plain_text():
    assert page("no one here, 7 o'clock").tags == [("p", {})]
    assert page("").text == ""


ATTACKS = [
    "<script>alert(1)</script>",
    "@bob<img src=x onerror=alert(1)>",
    "<b>@bob</b>",
    "<!-- @bob",
    '"><svg onload=alert(1)>@bob',
    "<a href=javascript:alert(1)>@bob</a>",
    "</p><form action=//evil.example>",
    "a < b && c > d",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_text_stays_text(attack):
    found = page(attack)
    assert {tag for tag, _ in found.tags} <= {"p", "a", "br"}
    assert all(list(link) == ["href"] and link["href"] == "/members/bob" for link in links(found))
    assert found.text == attack


@pytest.mark.parametrize("text", ["&lt;script&gt;", "&amp;", "&#64;bob", "&quot;"])
def test_security_entities_are_shown_as_typed(text):
    assert page(text).text == text
