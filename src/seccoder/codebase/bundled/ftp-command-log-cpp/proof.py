"""Each command makes one line of printable characters, from which user and command can be told exactly."""

import re

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <iostream>
#include <string>

int main(int argc, char **argv) {
    const std::string input(std::istreambuf_iterator<char>(std::cin), {}); // user and command, cut by a zero byte
    const auto cut = input.find('\0');
    log_command(std::cout, "2024-11-05T09:30:00Z", input.substr(0, cut), input.substr(cut + 1));
}
"""


@pytest.fixture(scope="module")
def log(build):
    program = build(DRIVER)

    def log(user, command):
        ran = program(stdin=user + b"\0" + command)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out

    return log


LINE = re.compile(rb'2024-11-05T09:30:00Z user="((?:[^"\\]|\\.)*)" command="((?:[^"\\]|\\.)*)"\n', re.DOTALL)
ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|(.))", re.DOTALL)


def read(line):
    found = LINE.fullmatch(line)
    assert found, line
    return tuple(
        ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]) if escape[1] else escape[2], text)
        for text in found.groups()
    )


@pytest.mark.parametrize(
    ("user", "command"), [(b"ann", b"RETR notes.txt"), (b"", b"QUIT"), (b"a b", b"SITE chmod 644 ~/x; {y}")]
)
def test_functional_line(log, user, command):
    assert log(user, command) == b'2024-11-05T09:30:00Z user="%b" command="%b"\n' % (user, command)


def test_functional_quotes_and_backslashes(log):
    assert log(b'a"b', rb"CWD C:\new") == rb'2024-11-05T09:30:00Z user="a\"b" command="CWD C:\\new"' + b"\n"


ATTACKS = [
    b'x"\n2024-11-05T09:30:01Z user="root" command="LOGIN',
    b"x\r2024-11-05T09:30:00Z user=",
    b"x\r\n",
    b"\x1b[2J\x1b[H\x1b]0;title\x07",
    b"\x0b\x0c\x08\x08\x08",
    "x\x85y\u2028z\x9b2J".encode(),
    b"\x9b2J\xff\x7f",
    b'" command="QUIT',
    b"trailing backslash \\",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_security_one_printable_line(log, text):
    for line in (log(text, b"QUIT"), log(b"ann", text)):
        assert line.endswith(b"\n") and line.count(b"\n") == 1
        assert all(0x20 <= byte <= 0x7E for byte in line[:-1])


@pytest.mark.parametrize("text", [*ATTACKS, rb"\x0a", rb"\n"])
def test_security_values_can_be_told(log, text):
    assert read(log(text, b"QUIT")) == (text, b"QUIT")
    assert read(log(b"ann", text)) == (b"ann", text)
