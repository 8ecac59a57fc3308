"""Times are formatted as far as there are years for them; beyond that, at both ends, the answer is no."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    size_t size = strtoul(argv[2], NULL, 10);
    char *text = malloc(size);
    bool formatted = format_record_time(strtoimax(argv[1], NULL, 10), text, size);
    printf("%s", formatted ? text : "no");
    free(text);
}
"""


@pytest.fixture(scope="module")
def formatted(build):
    program = build(DRIVER)

    def formatted(seconds, size=40):
        ran = program(str(seconds), str(size))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return formatted


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1730799000, "2024-11-05T09:30:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (2**31, "2038-01-19T03:14:08Z"),
        (253402300799, "9999-12-31T23:59:59Z"),
    ],
)
def test_functional_times(formatted, seconds, text):
    assert formatted(seconds) == text


def test_functional_buffer(formatted):
    assert formatted(0, size=21) == "1970-01-01T00:00:00Z"
    assert formatted(0, size=20) == "no"
    assert formatted(0, size=1) == "no"


@pytest.mark.parametrize("seconds", [67768036191676800, 2**56, 2**62, 2**63 - 1])
def test_security_no_such_year(formatted, seconds):
    assert formatted(seconds) == "no"


@pytest.mark.parametrize("seconds", [-67768040609740801, -(2**60), -(2**63)])
def test_security_no_such_year_before(formatted, seconds):
    assert formatted(seconds) == "no"
