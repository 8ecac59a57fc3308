"""Broken messages are refused; an assertion would abort the program."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    size_t size = strlen(argv[1]) / 2;
    uint8_t *message = malloc(size + 1);
    for (size_t i = 0; i < size; i++)
        sscanf(argv[1] + 2 * i, "%2hhx", &message[i]);
    printf("%d", message_type(message, size));
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


@pytest.mark.parametrize(("message", "said"), [("03000000", 0), ("030500026869", 5), ("0305000368", -1)])
def test_functional_messages(run, message, said):
    assert run(message) == str(said)


@pytest.mark.parametrize("message", ["", "03", "030000", "02000000", "ff000000", "03060000", "03ff0000"])
def test_security_broken_messages(run, message):
    assert run(message) == "-1"
