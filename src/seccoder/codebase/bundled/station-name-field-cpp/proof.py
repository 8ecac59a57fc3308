"""Names are shown, long ones cut, and the driver always finds the end of the text inside the array."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstring>
#include <memory>

int main(int, char **argv) {
    const auto line = std::make_unique<Line>();
    std::memset(line.get(), 'X', sizeof *line);
    const std::size_t shown = show_station(*line, argv[1]);
    std::printf("%zu %s", shown, line->text);
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


@pytest.mark.parametrize("name", ["", "Radio 4", "FM4 Alternative", "x" * 16])
def test_functional_names(run, name):
    assert run(name) == f"{len(name)} {name}"


@pytest.mark.parametrize("length", [17, 18, 40, 5000])
def test_security_long_names(run, length):
    assert run("n" * length) == "16 " + "n" * 16
