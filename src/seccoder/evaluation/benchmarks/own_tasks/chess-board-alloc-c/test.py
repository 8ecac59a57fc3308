"""Boards have all their fields, or there is none."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argc;
    size_t width = strtoull(argv[1], NULL, 10), height = strtoull(argv[2], NULL, 10);
    int *board = new_board(width, height);
    if (board == NULL)
        return printf("none") < 0;
    int sum = 0;
    if (width < 1000 && height < 1000) {
        for (size_t i = 0; i < width * height; i++)
            sum += board[i];
        board[width * height - 1] = 1;
    }
    printf("%d", sum);
    return 0;
}
"""


@pytest.fixture(scope="module")
def board(build):
    program = build(DRIVER)
    return lambda width, height: program(str(width), str(height))


@pytest.mark.parametrize(("width", "height"), [(8, 8), (1, 1), (30, 2), (19, 19)])
def test_functional_boards(board, width, height):
    ran = board(width, height)
    assert not ran.memory_error and ran.out == b"0"


@pytest.mark.parametrize(("width", "height"), [(2**33, 2**31), (2**32, 2**32), (2**62, 5), (3, 6148914691236517206), (2**63 + 1, 2)])
def test_security_no_board_that_is_too_small(board, width, height):
    assert board(width, height).out == b"none"
