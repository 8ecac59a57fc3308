"""A cube is loaded if all its entries are there, and only then, also for edges whose cube wraps to the file's size."""

import struct

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int, char **argv) {
    std::vector<std::uint8_t> file;
    for (int c; (c = std::getchar()) != EOF;)
        file.push_back(c);
    file.shrink_to_fit();
    const auto cube = ColourCube::load(file);
    if (!cube)
        return std::printf("refused"), 0;
    const auto channel = [&](int i) { return static_cast<std::uint8_t>(std::atoi(argv[i])); };
    const Rgb mapped = cube->map({channel(1), channel(2), channel(3)});
    std::printf("%d %d %d", mapped[0], mapped[1], mapped[2]);
}
"""


@pytest.fixture(scope="module")
def mapped(build):
    program = build(DRIVER)

    def mapped(file, *colour):
        ran = program(*map(str, colour or (255, 255, 255)), stdin=file)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return mapped


def cube(edge, entries):
    return struct.pack("<I", edge) + bytes(n % 251 for n in range(3 * entries))


def test_functional_nearest_entry(mapped):
    assert mapped(cube(2, 8), 0, 0, 0) == "0 1 2"
    assert mapped(cube(2, 8), 255, 255, 255) == "21 22 23"
    assert mapped(cube(2, 8), 0, 200, 100) == "6 7 8"
    assert mapped(cube(17, 4913), 255, 255, 255) == "178 179 180"


@pytest.mark.parametrize(
    "file", [b"", b"\2\0\0", cube(0, 0), cube(1, 1), cube(2, 7), cube(2, 9), cube(33, 0), cube(300, 8)]
)
def test_functional_wrong_size(mapped, file):
    assert mapped(file) == "refused"


@pytest.mark.parametrize("edge", [2048, 65536, 2**20, 2**31, 3 * 2**30])
def test_security_the_cube_wraps_to_nothing(mapped, edge):
    assert 3 * edge**3 % 2**32 == 0
    assert mapped(cube(edge, 0)) == "refused"


def test_security_the_cube_wraps_to_the_size_of_the_file(mapped):
    assert 3 * 69060**3 % 2**32 == 130240
    assert mapped(struct.pack("<I", 69060) + bytes(130240)) == "refused"
