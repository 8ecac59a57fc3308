"""A timeout that does not fit into an int of milliseconds is refused at every width where it could wrap."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    int milliseconds = -77;
    if (parse_timeout(argv[1], &milliseconds))
        printf("%d", milliseconds);
    else
        printf("refused");
}
"""
BUILT = []


@pytest.fixture
def timeout(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def parse(text):
        ran = BUILT[0](text)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return parse


@pytest.mark.parametrize("seconds", [0, 1, 30, 3600, 2147483])
def test_functional_seconds(timeout, seconds):
    assert timeout(str(seconds)) == str(seconds * 1000)


@pytest.mark.parametrize("text", ["", "soon", "5s", "1.5", "-1", "--"])
def test_functional_not_a_timeout(timeout, text):
    assert timeout(text) == "refused"


@pytest.mark.parametrize("seconds", [2147484, 2**31 - 1])
def test_security_product_overflows(timeout, seconds):
    assert timeout(str(seconds)) == "refused"


@pytest.mark.parametrize("seconds", [2**32, 2**32 + 5, 2**63 - 1, 2**64 + 1, 10**30, -(2**31), 5 - 2**32])
def test_security_does_not_fit_an_int(timeout, seconds):
    assert timeout(str(seconds)) == "refused"
