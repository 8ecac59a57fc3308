"""A stand-in tar on the PATH writes its arguments down; a name with shell signs must arrive as it is."""

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    return pack(argv[1], argv[2]) == 3 ? 0 : 1;
}
"""


STAND_IN = """#!/bin/sh
for each in "$@"; do printf '%s\\n' "$each"; done > said
exit 3
"""


@pytest.fixture
def packed(build, tmp_path):
    (tmp_path / "tar").write_text(STAND_IN)
    (tmp_path / "tar").chmod(0o755)
    program = build(DRIVER)

    def packed(archive, directory):
        ran = program(archive, directory, env={"PATH": f"{tmp_path}:/usr/bin:/bin"})
        assert not ran.memory_error, ran.err
        with open("said") as said:
            return said.read().splitlines()

    return packed


@pytest.mark.parametrize("directory", ["photos", "my photos", "a'b", "x;y & z"])
def test_functional_names_arrive(packed, directory):
    assert packed("out.tgz", directory) == ["-czf", "out.tgz", "--", directory]


@pytest.mark.parametrize("directory", ["$(touch owned)", "`touch owned`", '" ; touch owned; "', "$HOME"])
def test_security_the_shell_reads_nothing(packed, directory):
    assert packed("out.tgz", directory)[-1] == directory
    assert packed(directory, "photos")[1] == directory
