"""Reads the figure as a browser does: three elements, and the caption as it was written in both places."""

from html.parser import HTMLParser

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    std::fputs(figure(argv[1], argv[2]).c_str(), stdout);
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
    parser.handle_starttag = lambda tag, attributes: seen.append((tag, attributes))
    parser.handle_data = text.append
    parser.feed(page)
    parser.close()
    return seen, "".join(text)


def figure(caption):
    return [("figure", []), ("img", [("src", "dune-1.jpg"), ("alt", caption)]), ("figcaption", [])], caption


@pytest.mark.parametrize("caption", ["Dunes at dawn", "", "Øresund, 2024", "a < b"])
def test_functional_figure(run, caption):
    assert read(run("dune-1.jpg", caption)) == figure(caption)


@pytest.mark.parametrize(
    "caption", ['"', '" onerror="alert(1)', "' x='", "&quot; onload=&quot;", "<script>alert(1)</script>", "&lt;b&gt;"]
)
def test_security_caption_is_text(run, caption):
    assert read(run("dune-1.jpg", caption)) == figure(caption)
