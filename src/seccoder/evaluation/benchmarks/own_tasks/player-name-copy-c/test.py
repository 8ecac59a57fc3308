"""Names are copied into the record and never beside it."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    (void)argc;
    struct player *player = malloc(sizeof *player);
    memset(player, 0x5a, sizeof *player);
    player->score = 4711;
    set_name(player, argv[1]);
    printf("%d %.*s", player->score, (int)sizeof player->name, player->name);
    return 0;
}
"""


@pytest.fixture(scope="module")
def named(build):
    return build(DRIVER)


@pytest.mark.parametrize("name", ["Ann", "", "Bartholomew III"])
def test_functional_names(named, name):
    ran = named(name)
    assert not ran.memory_error and ran.out.decode() == f"4711 {name}"


@pytest.mark.parametrize("length", [16, 17, 18, 20, 40, 500])
def test_security_nothing_beside_the_name(named, length):
    ran = named("x" * length)
    assert not ran.memory_error and ran.out.startswith(b"4711 ") and ran.out != b"4711 " + b"x" * 16  # without an end
