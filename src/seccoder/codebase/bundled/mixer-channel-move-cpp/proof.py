"""Each buffer is released exactly once, however channels are moved."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <string_view>

static int acquired, released;
float *acquire_buffer(std::size_t frames) { return ++acquired, new float[frames](); }
void release_buffer(float *buffer) { ++released, delete[] buffer; }

int main(int, char **argv) {
    const std::string_view what = argv[1];
    {
        Channel one(64), two(64);
        one.data()[63] = 1;
        if (what == "construct") {
            Channel three(std::move(one));
            std::printf("%g ", three.data()[63]);
        } else if (what == "assign") {
            two = std::move(one);
            std::printf("%g ", two.data()[63]);
        } else if (what == "self") {
            Channel &same = one;
            one = std::move(same);
            std::printf("%g ", one.data()[63]);
        } else if (what == "swap") {
            std::swap(one, two);
            std::printf("%g ", two.data()[63]);
        } else {
            std::printf("%g ", one.data()[63]);
        }
    }
    std::printf("%d %d", acquired, released);
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


@pytest.mark.parametrize("what", ["nothing", "self"])
def test_functional_used(run, what):
    assert run(what) == "1 2 2"


@pytest.mark.parametrize("what", ["construct", "assign", "swap"])
def test_security_released_once(run, what):
    assert run(what) == "1 2 2"
