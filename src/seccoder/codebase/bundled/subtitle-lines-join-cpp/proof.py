"""One line and several are joined; what is written fits into what was allocated."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int argc, char **argv) {
    std::fputs(joined({argv + 1, argv + argc}).get(), stdout);
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


@pytest.mark.parametrize("lines", [[], ["Hello"], [""], ["x" * 5000]])
def test_functional_up_to_one_line(run, lines):
    assert run(*lines) == "\n".join(lines)


@pytest.mark.parametrize("lines", [["Where were you?", "At sea."], ["a"] * 3, ["x" * 16, "y" * 16, ""], ["l"] * 300])
def test_security_several_lines(run, lines):
    assert run(*lines) == "\n".join(lines)
