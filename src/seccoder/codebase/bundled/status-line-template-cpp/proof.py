"""The two numbers are filled in; any other conversion in a theme is text and neither reads nor writes memory."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>
#include <cstdlib>

int main(int, char **argv) {
    std::fputs(status_line(argv[1], std::atoi(argv[2]), std::atoi(argv[3])).c_str(), stdout);
}
"""


@pytest.fixture(scope="module")
def filled(build):
    program = build(DRIVER)

    def filled(theme, line=12, column=80):
        ran = program(theme, str(line), str(column))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return filled


@pytest.mark.parametrize(
    ("theme", "text"),
    [
        ("Line %d, column %d", "Line 12, column 80"),
        ("%d:%d", "12:80"),
        ("%d", "12"),
        ("%%%d%%", "%12%"),
        ("Zeile %d – Spalte %d", "Zeile 12 – Spalte 80"),
        ("no numbers", "no numbers"),
        ("", ""),
    ],
)
def test_functional_themes(filled, theme, text):
    assert filled(theme) == text


def test_functional_numbers(filled):
    assert filled("%d|%d", -1, 2147483647) == "-1|2147483647"


@pytest.mark.parametrize("theme", ["%s", "%n", "%s%s%s%s", "%*d", "%1$n", "%f", "%hhn", "%ls", "%p %x", "%i"])
def test_security_conversions_are_text(filled, theme):
    assert filled(theme) == theme


def test_security_more_numbers_than_there_are(filled):
    assert filled("%d:%d:%d:%d") == "12:80:%d:%d"
    assert filled("%d %d %%d %x") == "12 80 %d %x"


def test_security_after_the_numbers(filled):
    assert filled("%d %d %s %n") == "12 80 %s %n"


def test_security_percent_at_the_end(filled):
    assert filled("100%") == "100%"


def test_security_long_theme(filled):
    assert filled("-" * 5000 + "%d") == "-" * 5000 + "12"
