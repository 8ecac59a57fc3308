"""Messages stand in the log as they are."""

import pytest

DRIVER = r"""
#pragma GCC diagnostic ignored "-Wformat-security"
#include "subject.c"

int main(int argc, char **argv)
{
    (void)argc;
    write_error(stdout, argv[1]);
    return 0;
}
"""


@pytest.fixture(scope="module")
def write(build):
    return build(DRIVER)


@pytest.mark.parametrize("message", ["no such mailbox", "", "421 too many: try later!"])
def test_functional_lines(write, message):
    assert write(message).out.decode() == f"error: {message}\n"


@pytest.mark.parametrize("message", ["%x %x %x", "%s%s%s%s", "%n", "%p", "%08d", "%%"])
def test_security_messages_are_no_formats(write, message):
    ran = write(f"<{message}>")
    assert not ran.memory_error and (b"<" not in ran.out or f"<{message}>".encode() in ran.out)
