"""Commands with an index outside the palette must change nothing, least of all the memory behind the table."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    struct palette *palette = calloc(1, sizeof *palette);
    palette->cursor_rgb = 0xabcdef;
    for (int i = 1; i < argc; i++)
        printf("%s ", palette_apply(palette, argv[i]) ? "ok" : "refused");
    for (int i = 0; i < COLOURS; i++)
        if (palette->rgb[i])
            printf("%d=%06x ", i, palette->rgb[i]);
    printf("cursor=%06x", palette->cursor_rgb);
}
"""
BUILT = []


@pytest.fixture
def apply(build):
    if not BUILT:
        BUILT.append(build(DRIVER))

    def apply_commands(*commands):
        ran = BUILT[0](*commands)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return apply_commands


def test_functional_first_and_last(apply):
    assert apply("0;#ff8000", "15;#000001") == "ok ok 0=ff8000 15=000001 cursor=abcdef"


def test_functional_overwrites(apply):
    assert apply("4;#111111", "4;#222222") == "ok ok 4=222222 cursor=abcdef"


@pytest.mark.parametrize("command", ["", ";#ffffff", "red", "3;ffffff", "3;#"])
def test_functional_malformed(apply, command):
    assert apply(command) == "refused cursor=abcdef"


@pytest.mark.parametrize("index", ["16", "17", "255", "-1", "-16", "2147483648", "4294967296", "99999999999999999999"])
def test_security_index_outside(apply, index):
    assert apply(index + ";#123456") == "refused cursor=abcdef"
