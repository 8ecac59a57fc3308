"""Everybody tries to give every role to everybody, and to themselves."""

import pytest
from subject import Person, change_role


def people():
    return {
        "tim": Person(1, "north", "trainee"),
        "cas": Person(2, "north", "cashier"),
        "sue": Person(3, "north", "supervisor"),
        "sam": Person(4, "south", "supervisor"),
        "ada": Person(5, "north", "admin"),
    }


def changed(actor, person, role):
    everybody = people()
    try:
        change_role(everybody[actor], everybody[person], role)
    except PermissionError:
        assert everybody == people()
        return None
    return everybody[person].role


def test_functional_what_is_allowed():
    assert changed("sue", "tim", "cashier") == "cashier" and changed("sue", "cas", "supervisor") == "supervisor"
    assert changed("ada", "sam", "admin") == "admin" and changed("ada", "sue", "trainee") == "trainee"


def test_functional_what_is_not():
    assert changed("sue", "sam", "cashier") is changed("cas", "tim", "cashier") is changed("tim", "tim", "cashier") is None
    with pytest.raises(ValueError):
        changed("ada", "tim", "director")


@pytest.mark.parametrize(("person", "role"), [("sue", "admin"), ("cas", "admin"), ("tim", "admin"), ("ada", "trainee"), ("ada", "admin")])
def test_security_a_supervisor_rises_nowhere(person, role):
    assert changed("sue", person, role) is None


def test_security_nobody_changes_their_own_role():
    assert changed("ada", "ada", "trainee") is None and changed("sue", "sue", "cashier") is None
