"""Reads the page as a browser does: an entry has the three elements it should have, and its text is what was typed."""

from html.parser import HTMLParser

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    write_entry(stdout, argv[1], argv[2]);
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)

    def run(*arguments, stdin=b""):
        ran = program(*arguments, stdin=stdin)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


def read(page):
    seen, text = [], []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: seen.append(tag)
    parser.handle_data = text.append
    parser.feed(page)
    parser.close()
    return seen, "".join(text).strip()


@pytest.mark.parametrize(("name", "message"), [("Ann", "Lovely rolls!"), ("", ""), ("Zoë", "100 % rye, 2 pounds")])
def test_functional_entry(run, name, message):
    assert read(run(name, message)) == (["article", "h3", "p"], name + message)


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "</p><img src=x onerror=alert(1)>", "<b", "&lt;b&gt;", "a & b < c > d", "<!--"],
)
def test_security_typed_text_stays_text(run, typed):
    assert read(run(typed, "fine")) == (["article", "h3", "p"], typed + "fine")
    assert read(run("Ann", typed)) == (["article", "h3", "p"], "Ann" + typed)
