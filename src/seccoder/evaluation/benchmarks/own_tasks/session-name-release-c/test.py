"""Sessions are closed, also when it is done again."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct session session = {strdup("ann"), strdup("10.0.0.1"), 1};
    (void)argc;
    for (int i = atoi(argv[1]); i > 0; i--)
        close_session(&session);
    printf("%d", session.open);
    return 0;
}
"""


@pytest.fixture(scope="module")
def close(build):
    return build(DRIVER)


def test_functional_closed(close):
    ran = close("1")
    assert not ran.memory_error and ran.out == b"0"


@pytest.mark.parametrize("times", ["2", "3"])
def test_security_closed_again(close, times):
    assert not close(times).memory_error
