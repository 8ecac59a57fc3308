"""Names are copied; long ones are cut, and no byte behind the array changes."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    Message message{};
    message.address = 3;
    set_name(message, argv[1]);
    std::printf("%d %s", message.address, message.name);
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


@pytest.mark.parametrize("name", ["", "V200", "Crocodile", "x" * 11])
def test_functional_copied(run, name):
    assert run(name) == f"3 {name}"


@pytest.mark.parametrize("length", [12, 13, 14, 40, 3000])
def test_security_long_names_are_cut(run, length):
    assert run("x" * length) == "3 " + "x" * 11
