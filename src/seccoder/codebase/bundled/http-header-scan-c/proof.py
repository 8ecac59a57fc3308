"""Names and values that just fit are taken, longer ones refused, and nothing is written outside the struct."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

int main(int argc, char **argv) {
    struct header *header = malloc(sizeof *header);
    if (parse_header(argv[1], header))
        printf("[%s] [%s]", header->name, header->value);
    else
        printf("refused");
    free(header);
}
"""
BUILT = []


@pytest.fixture
def header(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def parse(line):
        ran = BUILT[0](line)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return parse


def test_functional_headers(header):
    assert header("Content-Type: text/html\r\n") == "[Content-Type] [text/html]"
    assert header("Host:example.org:8080") == "[Host] [example.org:8080]"
    assert header("Via: 1.1 a, 1.1 b\n") == "[Via] [1.1 a, 1.1 b]"


@pytest.mark.parametrize("line", ["", ":", "Host", "Host\r\n", ": value", "Ho st: x", "\r\n"])
def test_functional_malformed(header, line):
    assert header(line) == "refused"


def test_functional_exactly_full(header):
    assert header("N" * 31 + ": " + "v" * 127 + "\r\n") == f"[{'N' * 31}] [{'v' * 127}]"


@pytest.mark.parametrize("length", [32, 33, 159, 160, 161, 5000])
def test_security_name_too_long(header, length):
    assert header("N" * length + ": x") == "refused"


@pytest.mark.parametrize("length", [128, 129, 4000, 100_000])
def test_security_value_too_long(header, length):
    assert header("Cookie: " + "v" * length + "\r\n") == "refused"
