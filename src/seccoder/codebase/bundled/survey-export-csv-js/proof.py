"""The cells are read back from the CSV as a spreadsheet reads them: none of what people typed may begin a formula."""

import json

import pytest

DRIVER = r"""
import { toCsv } from "./subject.js";
console.log(JSON.stringify(toCsv(JSON.parse(process.argv[2]))));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def cells(text):
    import csv

    return list(csv.reader(text.splitlines(keepends=True)))


def test_functional_cells_come_back(run):
    rows = [["Name", "Answer"], ["Ann", "a, \"b\"\nand c"], ["Bob", "a=b+c"]]
    assert cells(run(rows)) == rows
    assert cells(run([["x", -7, 1.5]])) == [["x", "-7", "1.5"]]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", " =1+1", "=cmd|' /C calc'!A1"]
)
def test_security_no_formula(run, text):
    (row,) = cells(run([["Ann", text]]))
    assert row[1].startswith("'")
