"""Some topics are kept, each once; thousands of them, or very long ones, are not."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

int main(int argc, char **argv) {
    struct client client = {NULL, 0};
    size_t count = strtoul(argv[1], NULL, 10), size = strtoul(argv[2], NULL, 10), kept = 0, bytes = 0;
    char *topic = calloc(size + 20, 1);
    for (size_t i = 0; i < count; i++) {
        int length = sprintf(topic, "t/%zu/", i);
        memset(topic + length, 'x', size);
        topic[length + size] = '\0';
        kept += subscribe(&client, topic) && subscribe(&client, topic);
    }
    for (size_t i = 0; i < client.count; i++)
        bytes += strlen(client.topics[i]);
    printf("%zu %zu %zu", kept, client.count, bytes);
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


@pytest.mark.parametrize("count", [0, 1, 5, 30])
def test_functional_kept_once(run, count):
    kept, there, _ = run(str(count), "40").split()
    assert kept == there == str(count)


@pytest.mark.parametrize("count", [500, 5000])
def test_security_many_topics(run, count):
    assert int(run(str(count), "10").split()[1]) <= 100


@pytest.mark.parametrize("size", [3000, 1_000_000])
def test_security_long_topics(run, size):
    assert int(run("3", str(size)).split()[2]) == 0
