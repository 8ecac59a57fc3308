"""A JSON parser gets back the very text that was quoted, whatever is in it, and nothing is written past the end."""

import json

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    char *quoted = json_quote(argv[1]);
    printf("%s", quoted);
    free(quoted);
}
"""


@pytest.fixture(scope="module")
def quoted(build):
    program = build(DRIVER)

    def quoted(text):
        ran = program(text)
        assert not ran.memory_error, ran.err
        return json.loads(ran.out.decode())

    return quoted


@pytest.mark.parametrize(
    "text", ["", "started", 'said "no"', "C:\\temp\\", "two\nlines\n", "Grüße 🙂", "a tab\tin a longer text", '"' * 500]
)
def test_functional_texts(quoted, text):
    assert quoted(text) == text


@pytest.mark.parametrize("text", ["\x1b", "\x1b[31m\x1b[0m\x07\x07\x07\x07", "\t\t", "\x01" * 20, "\r\x02" * 9 + '"\\'])
def test_security_control_characters(quoted, text):
    assert quoted(text) == text


def test_security_all_control_characters(quoted):
    text = "".join(map(chr, range(1, 32)))
    assert quoted(text) == text
    assert quoted(text * 50) == text * 50
