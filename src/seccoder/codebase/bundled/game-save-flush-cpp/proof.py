"""/dev/full takes the open but no byte, like a full disk."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    std::printf("%d", save(argv[1], argv[2]));
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)

    def run(*arguments, stdin=b""):
        ran = program(*arguments, stdin=stdin)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


def test_functional_saved(run, tmp_path):
    assert run(str(tmp_path / "save"), "level 3") == "1"
    assert (tmp_path / "save").read_text() == "progress 1\nlevel 3\n"


def test_functional_no_such_folder(run, tmp_path):
    assert run(str(tmp_path / "nowhere" / "save"), "level 3") == "0"


@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_security_full_disk(run, size):
    assert run("/dev/full", "x" * size) == "0"
