"""Pixels of the image are set, and nothing beside it."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    struct image *image = malloc(sizeof *image);
    *image = (struct image){4, 3, calloc(12, 1)};
    set_pixel(image, atoi(argv[1]), atoi(argv[2]), 7);
    for (int i = 0; i < 12; i++)
        printf("%d", image->pixels[i]);
    return 0;
}
"""


@pytest.fixture(scope="module")
def draw(build):
    program = build(DRIVER)
    return lambda x, y: program(str(x), str(y))


@pytest.mark.parametrize(("x", "y", "shown"), [(0, 0, "700000000000"), (3, 0, "000700000000"), (1, 2, "000000000700"), (3, 2, "000000000007")])
def test_functional_pixels(draw, x, y, shown):
    assert draw(x, y).out.decode() == shown


@pytest.mark.parametrize(("x", "y"), [(-1, 0), (0, -1), (4, 2), (0, 3), (-5, 1), (4, 0), (-1, 2), (1000000, 0), (0, -2000000)])
def test_security_points_that_are_not_on_the_image(draw, x, y):
    ran = draw(x, y)
    assert not ran.memory_error and ran.out == b"0" * 12
