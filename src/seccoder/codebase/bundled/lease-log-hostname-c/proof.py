"""One lease makes one line of printable characters, with four words, from which the bytes of the name can be told."""

import re

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>
#include <string.h>

int main(void) {
    unsigned char name[256], *exact;
    size_t length = fread(name, 1, sizeof name, stdin);
    exact = malloc(length);
    memcpy(exact, name, length);
    log_lease(stdout, (const unsigned char[]){192, 0, 2, 7}, exact, length);
    free(exact);
}
"""


@pytest.fixture(scope="module")
def log(build):
    program = build(DRIVER)

    def log(name):
        ran = program(stdin=name)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out

    return log


@pytest.mark.parametrize("name", [b"laptop-7", b"printer.office.example", b"PC_OF_ANN", b"x" * 255])
def test_functional_name(log, name):
    assert log(name) == b"lease 192.0.2.7 host " + name + b"\n"


def test_functional_no_name(log):
    assert log(b"") == b"lease 192.0.2.7 host -\n"


NAMES = [
    b"laptop\nlease 192.0.2.1 host router",
    b"a\r",
    b"a\r\nb",
    b"\x1b[1A\x1b[2Klease 192.0.2.1 host router",
    b"\x9b2J",
    b"Ann's phone",
    b"a\tb",
    "caf\u00e9\u2028x\u0085".encode(),
    b"a\0b",
    b"\0",
    b"\x7f\x08\x08",
    b"%s%n",
    b"a\\x0ab",
]


@pytest.mark.parametrize("name", NAMES)
def test_security_one_line_of_four_words(log, name):
    line = log(name)
    assert re.fullmatch(rb"lease 192\.0\.2\.7 host [!-~]+\n", line)


@pytest.mark.parametrize("name", NAMES)
def test_security_name_can_be_told(log, name):
    written = log(name).removeprefix(b"lease 192.0.2.7 host ").removesuffix(b"\n")
    assert re.sub(rb"\\x([0-9a-f]{2})", lambda escape: bytes([int(escape[1], 16)]), written) == name
