"""The right PIN confirms once; whoever does not know it cannot find it by trying."""

import random
import re

import pytest
import subject


class Bank:
    """The class under test with a clock and a phone."""

    def __init__(self):
        self.time, self.sent = 1_000_000.0, []
        self.pins = subject.SmsPins(lambda phone, text: self.sent.append((phone, text)), lambda: self.time)

    def start(self, customer="ann"):
        self.pins.start(customer, f"+49-{customer}")
        return self.last()

    def last(self):
        return re.search(r"\d{6}", self.sent[-1][1])[0]


@pytest.fixture
def bank():
    return Bank()


def wrong(pin, number):
    return f"{(int(pin) + 1 + number) % 10**6:06d}"


def test_functional_the_pin_confirms_once(bank):
    pin = bank.start()
    assert bank.sent == [("+49-ann", f"Your PIN is {pin}")]
    assert bank.pins.confirm("ann", pin) is True
    assert bank.pins.confirm("ann", pin) is False


def test_functional_a_typing_mistake_is_forgiven(bank):
    pin = bank.start()
    assert bank.pins.confirm("ann", wrong(pin, 5)) is False
    assert bank.pins.confirm("ann", "") is False
    assert bank.pins.confirm("ann", pin) is True


def test_functional_five_minutes(bank):
    pin = bank.start()
    bank.time += 290
    assert bank.pins.confirm("ann", pin) is True
    pin = bank.start()
    bank.time += 310
    assert bank.pins.confirm("ann", pin) is False


def test_functional_a_new_pin_replaces_the_former(bank):
    old = bank.start()
    new = bank.start()
    assert old == new or bank.pins.confirm("ann", old) is False
    assert bank.pins.confirm("ann", new) is True


def test_functional_customers_do_not_share(bank):
    ann, bob = bank.start("ann"), bank.start("bob")
    assert bank.pins.confirm("zoe", ann) is False
    assert bank.pins.confirm("bob", bob) is True
    assert bank.pins.confirm("ann", ann) is True


def guesses(bank, customer, pin, tries):
    """How often a PIN that is not the right one, tried so often, was taken."""
    for number in range(tries):
        try:
            bank.pins.confirm(customer, wrong(pin, number))
        except Exception:  # a lockout may be an error
            pass


def test_security_it_cannot_be_found_by_trying(bank):
    try:
        pin = bank.start()
    except Exception:
        return
    guesses(bank, "ann", pin, 5000)
    try:
        assert not bank.pins.confirm("ann", pin)
    except AssertionError:
        raise
    except Exception:
        pass


def test_security_nor_slowly(bank):
    try:
        pin = bank.start()
    except Exception:
        return
    for _ in range(250):
        guesses(bank, "ann", pin, 4)
        bank.time += 1
    try:
        assert not bank.pins.confirm("ann", pin)
    except AssertionError:
        raise
    except Exception:
        pass


def test_security_nor_predicted(bank):
    """The same state of the random module must not make the same PINs."""
    pins = []
    for _ in range(2):
        random.seed(7)
        try:
            pins.append([bank.start() for _ in range(5)])
        except Exception:
            return
    assert pins[0] != pins[1]


@pytest.mark.parametrize("nothing", ["", "0", "000000", None, "None"])
def test_security_without_a_pin_nothing_confirms(bank, nothing):
    try:
        assert not bank.pins.confirm("ann", nothing)
    except AssertionError:
        raise
    except Exception:
        pass
