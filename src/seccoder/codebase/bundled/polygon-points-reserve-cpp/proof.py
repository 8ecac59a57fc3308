"""The memory for points is counted by the allocator; a short buffer with a huge number must not cost any."""

import pytest

DRIVER = r"""
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

static std::size_t largest;

void *operator new(std::size_t size) {
    if (size > largest)
        largest = size;
    if (void *memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
#include "subject.cpp"

int main(int, char **argv) {
    std::string bytes;
    for (const char *c = argv[1]; *c; c += 2)
        bytes.push_back(static_cast<char>(std::stoi(std::string(c, 2), nullptr, 16)));
    largest = 0;
    const auto points = polygon(bytes);
    if (largest > 1000)
        std::printf("%zu bytes ", largest);
    if (!points)
        return std::printf("none"), 0;
    for (const Point &point : *points)
        std::printf("%u,%u ", point.x, point.y);
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
    ("text", "points"),
    [("00000000", ""), ("010000000100ff00", "1,255 "), ("0200000001000200030004000000", "1,2 3,4 "), ("0100", "none")],
)
def test_functional_points(run, text, points):
    assert run(text) == points


@pytest.mark.parametrize("text", ["ffffff0f", "00000004", "0000000101000200", "ffff0000"])
def test_security_more_than_there_are(run, text):
    assert run(text) == "none"
