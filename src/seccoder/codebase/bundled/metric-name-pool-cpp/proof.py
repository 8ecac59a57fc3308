"""A name keeps its number however many others come, also one so short that its bytes lie in the string object."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int argc, char **argv) {
    NamePool pool;
    for (int i = 1; i < argc; ++i) {
        const std::string passing(argv[i]);
        std::printf("%zu ", pool.id(passing));
    }
    for (int i = 1; i < argc; ++i)
        if (pool.name(pool.id(argv[i])) != argv[i])
            std::printf("wrong name ");
}
"""


@pytest.fixture(scope="module")
def ids(build):
    program = build(DRIVER)

    def ids(*names):
        ran = program(*names)
        assert not ran.memory_error, ran.err
        return [int(word) for word in ran.out.decode().split()]

    return ids


def test_functional_same_name_same_number(ids):
    cpu, disk = "system.cpu.utilisation.percent", "system.disk.written.bytes"
    assert ids(cpu, disk, cpu, cpu, disk) == [0, 1, 0, 0, 1]


def test_functional_many_long_names(ids):
    names = [f"application.requests.route.{n}.count" for n in range(200)]
    assert ids(*names, *names) == [*range(200), *range(200)]


def test_functional_a_single_short_name(ids):
    assert ids("up", "up") == [0, 0]
    assert ids("", "") == [0, 0]


@pytest.mark.parametrize("count", [2, 3, 5, 9, 33, 300])
def test_security_short_names_while_the_pool_grows(ids, count):
    names = [f"m{n}" for n in range(count)]
    assert ids(*names, *names) == [*range(count), *range(count)]


def test_security_short_name_first_then_long_ones(ids):
    names = ["load", *(f"application.requests.route.{n}.count" for n in range(50))]
    assert ids(*names, *names) == [*range(51), *range(51)]


@pytest.mark.parametrize("length", [15, 16])
def test_security_at_the_edge_of_the_small_string(ids, length):
    names = [f"{n:0{length}}" for n in range(20)]
    assert ids(*names, *names) == [*range(20), *range(20)]
