"""Other players see id, nickname and, if it is not hidden, the level."""

import json

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int argc, char **) {
    const Player player{12, "owl-7", 31, "owl@mail.example", "198.51.100.7", argc > 1};
    std::fputs(public_profile(player).c_str(), stdout);
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


def test_functional_profile(run):
    seen = json.loads(run())
    assert (seen["id"], seen["nickname"], seen["level"]) == (12, "owl-7", 31)
    assert json.loads(run("hidden"))["nickname"] == "owl-7"


def test_security_nothing_else(run):
    assert set(json.loads(run())) == {"id", "nickname", "level"}
    assert "owl@" not in run() and "198.51" not in run()


def test_security_hidden_level(run):
    assert set(json.loads(run("hidden"))) == {"id", "nickname"}
