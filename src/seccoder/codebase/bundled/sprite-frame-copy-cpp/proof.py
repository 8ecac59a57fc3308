"""Sprites are copied, assigned, swapped and erased from vectors; each has pixels of its own and they are freed once."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <string>
#include <vector>

static Sprite decode(char colour) {
    auto *pixels = static_cast<std::uint8_t *>(std::malloc(6));
    std::memset(pixels, colour, 6);
    return Sprite(3, 2, pixels);
}

int main(int, char **argv) {
    const std::string action = argv[1];
    std::vector<Sprite> sheet;
    for (const char colour : {'a', 'b', 'c'})
        sheet.push_back(decode(colour));
    if (action == "copy") {
        Sprite copy = sheet[0];
        copy.at(2, 1) = 'X';
        sheet.push_back(copy);
    } else if (action == "assign") {
        sheet[1] = sheet[0];
        sheet[1].at(2, 1) = 'X';
    } else if (action == "itself") {
        Sprite &same = sheet[1];
        sheet[1] = same;
    } else if (action == "temporary") {
        sheet[2] = decode('t');
    } else if (action == "swap") {
        std::swap(sheet[0], sheet[2]);
    } else if (action == "erase") {
        sheet.erase(sheet.begin());
    } else if (action == "insert") {
        sheet.reserve(10);
        sheet.insert(sheet.begin() + 1, decode('i'));
    }
    for (Sprite &sprite : sheet)
        std::printf("%c%c ", sprite.at(0, 0), sprite.at(2, 1));
}
"""


@pytest.fixture(scope="module")
def sheet(build):
    program = build(DRIVER)

    def sheet(action):
        ran = program(action)
        assert not ran.memory_error, ran.err
        return ran.out.decode().split()

    return sheet


def test_functional_kept_in_a_vector(sheet):
    assert sheet("nothing") == ["aa", "bb", "cc"]


def test_functional_copies_are_apart(sheet):
    assert sheet("copy") == ["aa", "bb", "cc", "aX"]


@pytest.mark.parametrize(
    ("action", "colours"),
    [
        ("assign", ["aa", "aX", "cc"]),
        ("itself", ["aa", "bb", "cc"]),
        ("temporary", ["aa", "bb", "tt"]),
        ("swap", ["cc", "bb", "aa"]),
        ("erase", ["bb", "cc"]),
        ("insert", ["aa", "ii", "bb", "cc"]),
    ],
)
def test_security_assigned_sprites_are_apart(sheet, action, colours):
    assert sheet(action) == colours
