"""Exact entries are read; whatever is out of range, oddly written or longer is refused and leaves the struct alone."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    struct entry entry = {-1, -1, -1};
    char *exact = malloc(strlen(argv[1]) + 1); /* so that reading behind the end is noticed */
    strcpy(exact, argv[1]);
    bool read = parse_entry(exact, &entry);
    free(exact);
    printf("%s %d %d %d", read ? "yes" : "no", entry.day, entry.minute, entry.tenths);
}
"""
REFUSED = "no -1 -1 -1"


@pytest.fixture(scope="module")
def parse(build):
    program = build(DRIVER)

    def parse(text):
        ran = program(text)
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode()

    return parse


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("mon 06:30 21.5", "yes 0 390 215"),
        ("sun 23:59 30.0", "yes 6 1439 300"),
        ("wed 00:00 5.0", "yes 2 0 50"),
        ("sat 12:08 9.9", "yes 5 728 99"),
    ],
)
def test_functional_entry(parse, text, entry):
    assert parse(text) == entry


@pytest.mark.parametrize(
    "text", ["", "mon", "mon 06:30", "xyz 06:30 21.5", "06:30 21.5", "mon 0630 21.5", "mon six 21.5"]
)
def test_functional_no_entry(parse, text):
    assert parse(text) == REFUSED


@pytest.mark.parametrize(
    "text", ["mon 24:00 21.5", "mon 99:30 21.5", "mon 06:60 21.5", "mon 06:-1 21.5", "mon -6:30 21.5", "mon 06:99 21.5"]
)
def test_security_time_out_of_range(parse, text):
    assert parse(text) == REFUSED


@pytest.mark.parametrize(
    "text",
    ["mon 06:30 30.1", "mon 06:30 4.9", "mon 06:30 99.9", "mon 06:30 0.0", "mon 06:30 -9.5", "mon 06:30 999999.9"],
)
def test_security_temperature_out_of_range(parse, text):
    assert parse(text) == REFUSED


@pytest.mark.parametrize("text", ["mon 06:30 20.99999", "mon 06:30 21.-9", "mon 06:30 21.5e5", "mon 999999999:0 21.5"])
def test_security_numbers_of_other_forms(parse, text):
    assert parse(text) == REFUSED


@pytest.mark.parametrize(
    "text", ["mon 06:30 21.5x", "mon 06:30 21.5 99.9", "mon 6:30 21.5", "mon  06: 30  21.5", " mon 06:30 21.5"]
)
def test_security_nothing_else_around_it(parse, text):
    assert parse(text) == REFUSED
