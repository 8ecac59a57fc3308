"""Lines are parsed; wrong ones give NULL, and everything that was allocated is freed once."""

import pytest

DRIVER = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int kept;
static void *counted(void *made) { return kept += made != NULL, made; }
static void uncounted(void *freed) { kept -= freed != NULL, (free)(freed); }
#define calloc(count, size) counted((calloc)(count, size))
#define strndup(text, size) counted((strndup)(text, size))
#define free(memory) uncounted(memory)
#include "subject.c"

int main(int argc, char **argv) {
    struct run *run = parse_run(argv[1]);
    printf(run ? "%s %ld" : "none", run ? run->name : "", run ? run->metres : 0);
    free_run(run);
    printf(" %d", kept);
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


def test_functional_lines(run):
    assert run("Lake;5000") == "Lake 5000 0"
    assert run(";1") == " 1 0"
    assert run("no mark") == "none 0"


@pytest.mark.parametrize(
    "line", ["Lake;", "Lake;x", "Lake;0", "Lake;-4", "Lake;100001", "Lake;5km", ";;", "Lake;9" + "9" * 40]
)
def test_security_wrong_lines(run, line):
    assert run(line) == "none 0"
