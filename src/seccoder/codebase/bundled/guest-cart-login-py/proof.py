"""The attacker visits the shop, plants the id in the victim's browser and waits until the victim signs in."""

import pytest

import subject


@pytest.fixture
def sessions():
    return subject.Sessions()


def test_functional_cart_survives_signing_in(sessions):
    visitor, session = sessions.open(None)
    session.cart.append("Teapot")
    member = sessions.sign_in(visitor, "ann")
    again, session = sessions.open(member)
    assert (again, session.user, session.cart) == (member, "ann", ["Teapot"])


def test_functional_visitors_are_apart(sessions):
    first, session = sessions.open(None)
    session.cart.append("Teapot")
    second, other = sessions.open(None)
    assert first != second and other.cart == [] and other.user is None
    assert sessions.open(first) == (first, session)


def test_functional_sign_out(sessions):
    member = sessions.sign_in(sessions.open(None)[0], "ann")
    sessions.sign_out(member)
    assert sessions.open(member)[1].user is None
    sessions.sign_out("unknown")


def test_security_planted_id_is_not_signed_in(sessions):
    planted, _ = sessions.open(None)
    sessions.open(planted)[1].cart.append("Letter to Ann")
    sessions.sign_in(planted, "ann")
    _, seen = sessions.open(planted)
    assert (seen.user, seen.cart) == (None, [])


def test_security_object_held_before_is_not_reached_by_the_old_id(sessions):
    planted, _ = sessions.open(None)
    member = sessions.sign_in(planted, "ann")
    sessions.open(member)[1].cart.append("Private gift")
    assert "Private gift" not in sessions.open(planted)[1].cart


def test_security_signing_in_again_changes_the_id_again(sessions):
    ids = [sessions.open(None)[0]]
    for user in ("ann", "ann", "bob"):
        ids.append(sessions.sign_in(ids[-1], user))
    assert len(set(ids)) == 4
    assert [sessions.open(known)[1].user for known in ids] == [None, None, None, "bob"]


@pytest.mark.parametrize("invented", ["attacker-id", "", "0", "ann"])
def test_security_invented_ids_are_not_adopted(sessions, invented):
    given, session = sessions.open(invented)
    assert given != invented and len(given) >= 32
    session.cart.append("x")
    assert sessions.open(invented)[1].cart == []
