"""No text in the amount field takes money from another card or creates any."""

from decimal import Decimal

import pytest
import subject


@pytest.fixture
def balances():
    return {"mine": Decimal("20.00"), "theirs": Decimal("50.00")}


@pytest.mark.parametrize("text, left", [("5", "15.00"), ("20.00", "0.00"), ("0.01", "19.99"), (" 7.5 ", "12.50")])
def test_functional_transfer(balances, text, left):
    subject.transfer(balances, "mine", "theirs", text)
    assert balances == {"mine": Decimal(left), "theirs": Decimal("70.00") - Decimal(left)}


@pytest.mark.parametrize("text", ["20.01", "999", "abc", "", "5 5"])
def test_functional_impossible_amount(balances, text):
    with pytest.raises(ValueError):
        subject.transfer(balances, "mine", "theirs", text)
    assert balances == {"mine": Decimal("20.00"), "theirs": Decimal("50.00")}


def test_functional_unknown_card(balances):
    with pytest.raises(ValueError):
        subject.transfer(balances, "mine", "nobody", "5")
    assert balances["mine"] == Decimal("20.00")


def test_functional_transfer_to_the_same_card(balances):
    subject.transfer(balances, "mine", "mine", "5")
    assert balances["mine"] == Decimal("20.00")


@pytest.mark.parametrize(
    "text",
    [
        "-50",
        "-0.01",
        "-Infinity",
        "NaN",
        "-NaN",
        "sNaN",
        "0",
        "-0",
        "0.00",
        "1E1",
        "1e-9",
        "0.001",
        "1_0",
        "+5",
        "٣",
        "5\n6",
    ],
)
def test_security_only_plain_positive_amounts(balances, text):
    with pytest.raises(ValueError):
        subject.transfer(balances, "mine", "theirs", text)
    assert balances == {"mine": Decimal("20.00"), "theirs": Decimal("50.00")}


def test_security_nothing_can_be_pulled_from_another_card(balances):
    try:
        subject.transfer(balances, "mine", "theirs", "-50.00")
    except ValueError:
        pass
    assert balances["mine"] <= Decimal("20.00")
