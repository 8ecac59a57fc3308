"""Temperatures are set; after any other text the controller runs on with the old one."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    Smoker smoker;
    const bool set = set_target(smoker, argv[1]);
    std::printf("%d %d", set, smoker.target);
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


def test_functional_temperatures(run):
    assert [run(text) for text in ("30", "95", "140")] == ["1 30", "1 95", "1 140"]
    assert run("29") == run("141") == run("95C") == run("9.5") == run("-40") == "0 60"


@pytest.mark.parametrize("text", ["", "hot", "-", "99999999999999999999", "C95", "-99999999999", "x" * 3000])
def test_security_no_numbers(run, text):
    assert run(text) == "0 60"
