"""The view covers a heap block without a terminator, so any look behind it is seen."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>
#include <cstring>

int main(int, char **argv) {
    const std::size_t size = std::strlen(argv[1]);
    char *text = static_cast<char *>(std::malloc(size + 1));
    std::memcpy(text, argv[1], size + 1);
    if (argv[3][0] == 'x') // without the terminator
        text = static_cast<char *>(std::realloc(text, size ? size : 1));
    const auto found = word({text, size}, std::strtoul(argv[2], nullptr, 10));
    std::printf("<%.*s>", static_cast<int>(found.size()), found.data());
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
    ("line", "n", "found"), [("go north", 0, "go"), ("go north", 1, "north"), ("go", 1, ""), ("  a   b c", 2, "c"), ("", 0, "")]
)
def test_functional_words(run, line, n, found):
    assert run(line, str(n), "terminated") == f"<{found}>"


@pytest.mark.parametrize(("line", "n"), [("go", 1), ("go north", 2), ("go north ", 2), ("a b c", 9)])
def test_security_end_of_the_view(run, line, n):
    assert run(line, str(n), "x") == "<>"
