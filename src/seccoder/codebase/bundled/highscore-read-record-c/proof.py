"""A file cut off in the middle of a record, or an empty one, must not give a score."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    struct score score = {"previous", 77};
    FILE *file = tmpfile();
    for (int i = 0; i < 3; i++) {
        struct score each = {"", i * 100};
        snprintf(each.name, sizeof each.name, "player%d", i);
        fwrite(&each, sizeof each, 1, file);
    }
    fflush(file);
    if (ftruncate(fileno(file), atol(argv[2])) != 0)
        return 2;
    if (read_score(file, atol(argv[1]), &score))
        printf("%s %u", score.name, score.points);
    else
        printf("none");
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build("#include <unistd.h>\n" + DRIVER)

    def run(*arguments):
        ran = program(*arguments)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


@pytest.mark.parametrize("position", [0, 1, 2])
def test_functional_scores(run, position):
    assert run(str(position), "60") == f"player{position} {position * 100}"


def test_functional_negative_position(run):
    assert run("-1", "60") == "none"


@pytest.mark.parametrize(("position", "size"), [("3", "60"), ("2", "59"), ("2", "45"), ("0", "0"), ("0", "3"), ("900", "60")])
def test_security_no_such_record(run, position, size):
    assert run(position, size) == "none"
