"""Long melodies and wrong ends are decided in moments, and without using up the stack."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <iostream>
#include <iterator>
#include <string>
#include <unistd.h>

int main() {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    alarm(5);
    std::cout << (is_melody(text) ? "yes" : "no");
}
"""


@pytest.fixture(scope="module")
def is_melody(build):
    program = build(DRIVER)

    def is_melody(text):
        ran = program(stdin=text.encode())
        assert not ran.memory_error, f"ended with {ran.code}: {ran.err[:300]}"  # a signal, such as the alarm, too
        return ran.out == b"yes"

    return is_melody


@pytest.mark.parametrize(
    "text", ["C4", "C4 D4, F#4 Bb3", "A0,B8", "C4D4", "C4 ,D4", "C4\n\tD4 ,\r\nE4", "G#2, ", "Cb5   ", "E4, E4, E4"]
)
def test_functional_melody(is_melody, text):
    assert is_melody(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", " C4", "H4", "C", "C9", "C#", "C##4", "C#b4", "c4", "C4,,D4", "C4, ,D4", ",C4", "C4 x", "C4-D4", "4C"],
)
def test_functional_no_melody(is_melody, text):
    assert not is_melody(text)


def test_security_wrong_end(is_melody):
    assert not is_melody("C4 " * 60 + "!")


def test_security_many_blanks_and_a_wrong_end(is_melody):
    assert not is_melody(("C4" + " " * 400) * 8 + "!")


def test_security_long_melody(is_melody):
    assert is_melody("C4, D#4, " * 100_000)
    assert not is_melody("C4, D#4, " * 100_000 + "?")


def test_security_long_gap(is_melody):
    assert is_melody("C4" + " " * 1_000_000 + "D4")
