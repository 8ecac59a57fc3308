"""Reads what is sent as a server does, which takes CR or LF for the end of a command."""

import re

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    char line[MAX_LINE + 1];
    int length = topic_line(line, argv[1]);
    if (length >= 0)
        fwrite(line, 1, length, stdout);
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


@pytest.mark.parametrize("text", ["Next game: Sunday", "", "Zug um Zug – 3. Runde", ":)", "x" * 496])
def test_functional_topic(run, text):
    assert run(text) == f"TOPIC #chess :{text}\r\n"


def test_functional_too_long(run):
    assert run("x" * 497) == ""


@pytest.mark.parametrize("between", ["\r\n", "\n", "\r", "\n\n", "\r\r\n"])
def test_security_one_command(run, between):
    commands = [part for part in re.split(r"[\r\n]+", run(f"hi{between}MODE #chess +o mallory")) if part]
    assert len(commands) <= 1 and all("MODE" not in command for command in commands)
