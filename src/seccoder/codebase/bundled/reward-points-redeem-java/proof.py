"""Rewards cost what they cost, also where the product, or only the sum, no longer fits an int."""

import pytest

DRIVER = r"""
import static given.Said.show;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String argument : arguments) {
            String[] words = argument.split(" ");
            PointsAccount account = new PointsAccount(Integer.parseInt(words[0]));
            show(argument, () -> account.redeem(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
            show("after " + argument, account::balance);
        }
    }
}
"""
TOP = 2**31 - 1
AFFORDABLE = [(5000, 1000, 2), (1150, 1000, 1), (TOP, 1, 1), (TOP, (TOP - 151) // 2, 2)]
TOO_DEAR = [(1149, 1000, 1), (0, 1, 1), (5000, 4851, 1), (TOP - 1, TOP - 150, 1)]
WRAPPING = [
    (5000, 65536, 65536),  # 0 points
    (5000, 1000, 2**31 // 1000 + 1),  # negative
    (5000, 1000, 4294968),  # 704 points
    (5000, TOP, TOP),  # 1 point
    (5000, TOP, 2),  # -2 points
    (0, 2**30, 2),
    (5000, TOP, 1),  # only delivery is too much
    (5000, TOP - 149, 1),
    (TOP, 2, 2**30),
]


def text(case):
    return " ".join(map(str, case))


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(*map(text, AFFORDABLE + TOO_DEAR + WRAPPING), "5000 1000 0", "5000 1000 -1", "5000 -5 3").said


@pytest.mark.parametrize("case", AFFORDABLE, ids=text)
def test_functional_redeemed(said, case):
    balance, each, quantity = case
    assert said[text(case)] == said[f"after {text(case)}"] == balance - each * quantity - 150


@pytest.mark.parametrize("case", TOO_DEAR, ids=text)
def test_functional_not_enough_points(said, case):
    assert (said[text(case)], said[f"after {text(case)}"]) == ("!IllegalStateException", case[0])


@pytest.mark.parametrize("case", ["5000 1000 0", "5000 1000 -1", "5000 -5 3"])
def test_functional_not_positive(said, case):
    assert (said[case], said[f"after {case}"]) == ("!IllegalArgumentException", 5000)


@pytest.mark.parametrize("case", WRAPPING, ids=text)
def test_security_cost_beyond_an_int(said, case):
    assert said[text(case)] in ("!ArithmeticException", "!IllegalStateException")
    assert said[f"after {text(case)}"] == case[0]
