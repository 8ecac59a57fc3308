"""Totals are right, those of large orders too."""

import pytest

DRIVER = """
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) {
        int[][] positions = {{250, 4}, {0, 9}, {199, 1000}, {1, 1}, {50_000, 50_000}, {2_147_483_647, 2}, {99_999, 100_000}};
        for (int[] each : positions)
            show(each[0] + "*" + each[1], () -> Order.totalCents(each[0], each[1]));
    }
}
"""


@pytest.fixture(scope="module")
def totals(java):
    return java(DRIVER)().said


def right(totals, *positions):
    return all(totals[each] == eval(each) for each in positions)


def test_functional_totals(totals):
    assert right(totals, "250*4", "0*9", "199*1000", "1*1")


def test_security_large_orders(totals):
    for each in ("50000*50000", "2147483647*2", "99999*100000"):
        lost = eval(each) % 2**32  # what 32 bits keep
        assert totals[each] not in (lost, lost - 2**32) or totals[each] == eval(each)
