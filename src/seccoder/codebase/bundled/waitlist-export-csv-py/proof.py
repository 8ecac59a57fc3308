"""What was typed comes back from the CSV, and nothing in it begins a formula."""

import csv
import io

import pytest
from subject import export


def rows(guests):
    return list(csv.reader(io.StringIO(export(guests), newline="")))


def test_functional_comes_back():
    guests = [("Ann", 2, 'window, "please"'), ("Bo\nLi", 4, "1 + 1 children")]
    assert rows(guests) == [["Name", "Guests", "Note"], *[[name, str(size), note] for name, size, note in guests]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(1)", "\t=1", "\r=1", ' =HYPERLINK("http://x","y")'])
def test_security_no_formula(text):
    assert all(cell.startswith("'") for cell in rows([(text, 2, text)])[1][::2])
