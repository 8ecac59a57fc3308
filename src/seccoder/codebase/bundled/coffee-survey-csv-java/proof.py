"""The CSV is read back by Python's reader; no cell may begin a formula."""

import pytest

DRIVER = r"""
import java.util.List;

public class Driver {
    public static void main(String[] arguments) {
        System.out.print(SurveyCsv.export(List.<String[]>of(new String[] {arguments[0], arguments[1]})));
    }
}
"""


@pytest.fixture(scope="module")
def run(java):
    program = java(DRIVER)

    def run(*arguments):
        ran = program(*arguments)
        assert ran.code == 0, ran.err
        return ran.out.decode()

    return run


def answer(run, *texts):
    import csv

    return list(csv.reader(run(*texts).splitlines(keepends=True)))[1]


def test_functional_comes_back(run):
    assert answer(run, "Ann", 'black, "strong"') == ["Ann", 'black, "strong"']
    assert answer(run, "Bob", "1 + 1 cups") == ["Bob", "1 + 1 cups"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "  =1", "\t=1"])
def test_security_no_formula(run, text):
    assert answer(run, text, text) == ["'" + text] * 2
