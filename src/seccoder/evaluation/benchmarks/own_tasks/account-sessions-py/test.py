"""Sessions begin with the password and end when they should."""

import random

import pytest
import subject


@pytest.fixture
def accounts():
    made = subject.Accounts()
    made.register("ann", "old pass")
    made.register("bob", "bob's")
    return made


def test_functional_sign_in(accounts):
    phone, laptop = accounts.sign_in("ann", "old pass"), accounts.sign_in("ann", "old pass")
    assert phone != laptop and accounts.user(phone) == accounts.user(laptop) == "ann"
    assert accounts.sign_in("ann", "wrong") is None and accounts.sign_in("zoe", "old pass") is None
    assert accounts.user("nonsense") is None


def test_functional_the_name_is_taken(accounts):
    with pytest.raises(ValueError):
        accounts.register("ann", "other")


def test_functional_sign_out(accounts):
    phone, laptop = accounts.sign_in("ann", "old pass"), accounts.sign_in("ann", "old pass")
    accounts.sign_out(phone)
    assert accounts.user(phone) is None and accounts.user(laptop) == "ann"


def test_functional_change_of_password(accounts):
    token = accounts.sign_in("ann", "old pass")
    assert accounts.change_password(token, "wrong", "new pass") is False
    assert accounts.change_password("nonsense", "old pass", "new pass") is False
    assert accounts.user(accounts.sign_in("ann", "old pass")) == "ann"
    assert accounts.change_password(token, "old pass", "new pass") is True
    assert accounts.sign_in("ann", "old pass") is None
    assert accounts.user(accounts.sign_in("ann", "new pass")) == "ann"
    assert accounts.user(accounts.sign_in("bob", "bob's")) == "bob"


@pytest.fixture
def attempt():
    """Accounts with two sessions of Ann's and one of Bob's; the test ends here if that much does not work."""
    try:
        made = subject.Accounts()
        made.register("ann", "old pass")
        made.register("bob", "bob's")
        return made, made.sign_in("ann", "old pass"), made.sign_in("ann", "old pass"), made.sign_in("bob", "bob's")
    except Exception:
        return None, "", "", ""


def user(made, token):
    try:
        return made.user(token)
    except Exception:
        return None


def test_security_the_lost_phone_is_signed_out(attempt):
    made, phone, laptop, bob = attempt
    try:
        changed = made.change_password(laptop, "old pass", "new pass")
    except Exception:
        return
    if changed:
        assert not user(made, phone)


def test_security_a_failed_change_signs_nobody_in(attempt):
    made, phone, laptop, bob = attempt
    for token, old in ((bob, "old pass"), (laptop, ""), (laptop, "OLD PASS"), ("", "old pass"), (None, "old pass")):
        try:
            made.change_password(token, old, "hacked")
        except Exception:
            pass
    try:
        token = made.sign_in("ann", "hacked")
    except Exception:
        return
    assert not token or not user(made, token)


def test_security_a_session_that_ended_stays_so(attempt):
    made, phone, laptop, bob = attempt
    try:
        made.sign_out(phone)
        made.change_password(phone, "old pass", "hacked")
        token = made.sign_in("ann", "hacked")
    except Exception:
        return
    assert not user(made, phone) and not (token and user(made, token))


def test_security_tokens_cannot_be_guessed(attempt):
    made = attempt[0]
    tokens = []
    for _ in range(2):
        random.seed(3)
        try:
            tokens.append(made.sign_in("ann", "old pass"))
        except Exception:
            return
    if all(tokens):
        assert tokens[0] != tokens[1] and len(str(tokens[0])) >= 16
