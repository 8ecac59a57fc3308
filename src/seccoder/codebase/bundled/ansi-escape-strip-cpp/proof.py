"""Colours go, text stays; nothing behind the line is read when it ends within a sequence."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <vector>

int main() {
    std::vector<char> line;
    for (int c; (c = std::getchar()) != EOF;)
        line.push_back(static_cast<char>(c));
    line.shrink_to_fit();
    const std::string plain = strip_colours({line.data(), line.size()});
    std::fwrite(plain.data(), 1, plain.size(), stdout);
}
"""


@pytest.fixture(scope="module")
def strip(build):
    program = build(DRIVER)

    def strip(line):
        ran = program(stdin=line)
        assert not ran.memory_error, ran.err
        return ran.out

    return strip


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        (b"", b""),
        (b"no colour", b"no colour"),
        (b"\x1b[31merror:\x1b[0m missing ;", b"error: missing ;"),
        (b"\x1b[1;38;5;208mwarm\x1b[m!", b"warm!"),
        (b"a\x1b[2Kb\x1b[?25lc", b"abc"),
        (b"[not a sequence]", b"[not a sequence]"),
        (b"lone \x1b escape", b"lone  escape"),
        (b"caf\xc3\xa9 \x1b[7m\0zero", b"caf\xc3\xa9 \0zero"),
    ],
)
def test_functional_plain_text(strip, line, plain):
    assert strip(line) == plain


@pytest.mark.parametrize("cut", [b"\x1b", b"\x1b[", b"\x1b[31;", b"\x1b[\xff\xfe", b"\x1b\x1b"])
def test_security_line_is_cut_in_a_sequence(strip, cut):
    assert strip(cut) == b""
    assert strip(b"0123456" + cut) == b"0123456"
    assert strip(b"\x1b[31mred" + cut) == b"red"
