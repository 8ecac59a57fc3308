"""Two sizes in one call of printf keep their texts; the address of a dead array would be seen by the sanitizer or be null."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>

int main(int argc, char **argv) {
    char one[32], other[32];
    const char *text = size_text(one, sizeof one, atof(argv[1]));
    if (argc > 2)
        printf("%s, %s", text, size_text(other, sizeof other, atof(argv[2])));
    else
        printf("%d", text != NULL);
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


def test_functional_there_is_a_text(run):
    assert run("1500000") == "1"


@pytest.mark.parametrize(
    ("one", "other", "text"), [("12", "1500", "12 B, 1.5 KB"), ("1500000", "2000000000", "1.5 MB, 2.0 GB")]
)
def test_security_texts_outlive_the_call(run, one, other, text):
    assert run(one, other) == text
