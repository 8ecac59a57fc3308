"""Commands are split; words that are too long are refused and write nothing behind the arrays."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

int main(int argc, char **argv) {
    struct command *command = malloc(sizeof *command);
    int words = read_command(argv[1], command);
    printf("%d", words);
    if (words > 0)
        printf(" %s|%s", command->name, command->argument);
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("move e2e4", "2 move|e2e4"),
        ("resign\n", "1 resign|"),
        ("  move   e7e8q \n", "2 move|e7e8q"),
        ("", "0"),
        (" \n", "0"),
        ("move e2e4 now", "0"),
        ("a" * 15 + " " + "b" * 31, "2 " + "a" * 15 + "|" + "b" * 31),
    ],
)
def test_functional_commands(run, text, said):
    assert run(text) == said


@pytest.mark.parametrize("text", ["a" * 16, "a" * 16 + " x", "move " + "e" * 32, "a" * 60, "move " + "e" * 500])
def test_security_words_that_are_too_long(run, text):
    assert run(text) == "0"
