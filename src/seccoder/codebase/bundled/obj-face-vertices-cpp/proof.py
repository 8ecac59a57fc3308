"""Every index that names a vertex is resolved; every other one is an exception, and nothing else is read."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>
#include <exception>

int main(int, char **argv) {
    std::vector<Vertex> vertices(std::strtoul(argv[1], nullptr, 10));
    for (std::size_t i = 0; i < vertices.size(); ++i)
        vertices[i] = {i + 1.0f, 0, 0};
    try {
        for (const Vertex &vertex : face_vertices(vertices, argv[2]))
            std::printf("%g ", vertex.x);
    } catch (const std::exception &) {
        std::printf("refused");
    }
}
"""


@pytest.fixture(scope="module")
def face(build):
    program = build(DRIVER)

    def face(line, vertices=4):
        ran = program(str(vertices), line)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return face


def test_functional_faces(face):
    assert face("1 2 3") == "1 2 3 "
    assert face("4/1/1  3//2\t2/7 1") == "4 3 2 1 "
    assert face("-1 -2 -4") == "4 3 1 "
    assert face("") == ""


@pytest.mark.parametrize("line", ["one two three", "/1/2", "99999999999999999999 1 2", "-"])
def test_functional_no_numbers(face, line):
    assert face(line) == "refused"


@pytest.mark.parametrize("index", ["0", "5", "1000", "-5", "-1000", "-0", "4294967297", "-9223372036854775808"])
def test_security_no_such_vertex(face, index):
    assert face(f"{index}/1/1") == "refused"


def test_security_before_any_vertex(face):
    for index in ("0", "1", "-1"):
        assert face(index, vertices=0) == "refused"
