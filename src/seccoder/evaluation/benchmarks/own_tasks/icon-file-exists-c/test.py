"""Icons are found, and long names do no harm."""

from pathlib import Path

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv)
{
    (void)argc;
    printf("%d", has_icon(argv[1]));
    return 0;
}
"""


@pytest.fixture(scope="module")
def has_icon(build):
    Path("icons").mkdir()
    Path("icons/paint.png").write_bytes(b"png")
    Path("icons/text editor.png").write_bytes(b"png")
    return build(DRIVER)


def test_functional_icons(has_icon):
    assert [has_icon(name).out for name in ("paint", "text editor", "mail")] == [b"1", b"1", b"0"]


@pytest.mark.parametrize("length", [53, 54, 55, 60, 64, 200, 4000])
def test_security_long_names(has_icon, length):
    assert not has_icon("x" * length).memory_error
