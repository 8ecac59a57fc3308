"""Images of even and odd width come out right; nothing is written behind the last pixel."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>
#include <vector>

int main(int, char **argv) {
    Palette palette;
    for (unsigned i = 0; i < 16; ++i)
        palette[i] = 100 + i;
    std::vector<std::uint8_t> bytes;
    for (int c; (c = std::getchar()) != EOF;)
        bytes.push_back(static_cast<std::uint8_t>(c));
    const int width = std::atoi(argv[1]), height = std::atoi(argv[2]);
    try {
        const auto pixels = expand(bytes, width, height, palette);
        for (int i = 0; i < width * height; ++i)
            std::printf("%x", pixels[i] - 100);
    } catch (const std::runtime_error &) {
        std::printf("cut");
    }
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


def test_functional_even_width(run):
    assert run("4", "2", stdin=b"\x12\x34\xab\xcd") == "1234abcd"
    assert run("2", "1", stdin=b"\x0f more") == "0f"
    assert run("0", "5") == run("5", "0") == ""


def test_functional_cut_off(run):
    assert run("4", "2", stdin=b"\x12\x34\xab") == run("3", "1", stdin=b"\x12") == "cut"


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 1), (5, 3), (1, 40), (63, 2)])
def test_security_odd_width(run, width, height):
    row = "".join(f"{x % 16:x}" for x in range(width))
    assert run(str(width), str(height), stdin=bytes.fromhex(row + "0") * height) == row * height
