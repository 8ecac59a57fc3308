"""Every user tries every action in every state: only the steps of the two people of the request may succeed."""

import itertools

import pytest

import subject

ANN = subject.User("ann")
BOB = subject.User("bob")
MAX = subject.User("max", is_manager=True)  # Ann's manager
EVE = subject.User("eve", is_manager=True)  # of another team


def request(state="draft", employee="ann", manager="max"):
    return subject.LeaveRequest(employee, manager, state)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([(ANN, "submit"), (MAX, "approve")], "approved"),
        ([(ANN, "submit"), (MAX, "reject")], "rejected"),
        ([(ANN, "submit"), (ANN, "withdraw")], "draft"),
        ([(ANN, "submit"), (ANN, "withdraw"), (ANN, "submit"), (MAX, "approve")], "approved"),
    ],
)
def test_functional_steps(steps, state):
    leave = request()
    for user, action in steps:
        subject.act(leave, user, action)
    assert leave.state == state


def test_functional_employees_do_not_approve():
    leave = request("submitted")
    with pytest.raises(PermissionError):
        subject.act(leave, BOB, "approve")
    assert leave.state == "submitted"


@pytest.mark.parametrize(
    ("state", "action"), [("draft", "approve"), ("approved", "withdraw"), ("rejected", "submit"), ("draft", "shred")]
)
def test_functional_steps_that_do_not_exist(state, action):
    with pytest.raises(ValueError):
        subject.act(request(state), MAX, action)


ACTIONS = ["submit", "withdraw", "approve", "reject"]
ALLOWED = {("draft", "submit", "ann"), ("submitted", "withdraw", "ann")}
ALLOWED |= {("submitted", action, "max") for action in ("approve", "reject")}


@pytest.mark.parametrize("user", [ANN, BOB, MAX, EVE], ids=lambda user: user.name)
def test_security_nobody_else_changes_the_state(user):
    for state, action in itertools.product(["draft", "submitted", "approved", "rejected"], ACTIONS):
        leave = request(state)
        try:
            subject.act(leave, user, action)
        except (ValueError, PermissionError):
            pass
        assert leave.state == state or (state, action, user.name) in ALLOWED


@pytest.mark.parametrize("manager", ["eve", "max"])
def test_security_managers_do_not_decide_on_their_own_leave(manager):
    leave = request("submitted", employee="max", manager=manager)
    for action in ("approve", "reject"):
        with pytest.raises(PermissionError):
            subject.act(leave, MAX, action)
    assert leave.state == "submitted"
