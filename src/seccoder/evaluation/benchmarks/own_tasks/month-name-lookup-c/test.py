"""The twelve months have names, and other numbers read nothing beside them."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *name = month_name(atoi(argv[i]));
        printf("%s\n", name ? name : "(none)");
    }
    return 0;
}
"""


@pytest.fixture(scope="module")
def months(build):
    return build(DRIVER)


def test_functional_names(months):
    ran = months("1", "2", "6", "11", "12")
    assert ran.out.decode().split() == ["January", "February", "June", "November", "December"]


@pytest.mark.parametrize("month", ["0", "13", "-1", "14", "100", "-2147483648", "2147483647"])
def test_security_no_other_number(months, month):
    assert not months(month).memory_error
