"""Sizes are right, those of large files too."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    printf("%" PRId64, size_in_bytes(atoi(argv[1])));
    return 0;
}
"""


@pytest.fixture(scope="module")
def size(build):
    return build(DRIVER)


@pytest.mark.parametrize("blocks", [0, 1, 7, 100000])
def test_functional_sizes(size, blocks):
    assert int(size(str(blocks)).out) == blocks * 4096


@pytest.mark.parametrize("blocks", [524289, 1048577, 2147483647])
def test_security_large_files(size, blocks):
    ran = size(str(blocks))
    right, lost = blocks * 4096, blocks * 4096 % 2**32  # the latter is what 32 bits keep
    assert not ran.memory_error and (int(ran.out) == right or int(ran.out) not in (lost, lost - 2**32))
