"""Reads the field as a browser does: one element with two attributes, whose value is what was searched for."""

from html.parser import HTMLParser

import pytest

DRIVER = r"""
#include <stdio.h>
#include "subject.c"

int main(int argc, char **argv) {
    char *field = search_field(argv[1]);
    puts(field);
    free(field);
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
    seen = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: seen.append((tag, attributes))
    parser.feed(page)
    parser.close()
    return seen


@pytest.mark.parametrize("words", ["beans", "", "sweet peas", "Möhren 'Nantaise'"])
def test_functional_words_are_there_again(run, words):
    assert read(run(words)) == [("input", [("name", "q"), ("value", words)])]


@pytest.mark.parametrize(
    "words",
    ['"', '" autofocus onfocus="alert(1)', '"><script>alert(1)</script>', "&quot;", "&amp;lt;", '"' * 400, "<>"],
)
def test_security_words_stay_in_the_attribute(run, words):
    assert read(run(words)) == [("input", [("name", "q"), ("value", words)])]
