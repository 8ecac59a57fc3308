"""All roles and actions, and those that nobody knows."""

import json

import pytest

DRIVER = """
import { canDo } from "./subject.js";
const ask = (roles, actions) => roles.map((role) => actions.map((action) => canDo(role, action)));
console.log(JSON.stringify({
  known: ask(["reader", "editor", "owner", null], ["read", "comment", "edit", "share", "delete"]),
  actions: ask(["reader", "editor", "owner"], ["export", "Delete", "delete ", "", "transfer", "constructor"]),
  roles: ask(["admin", "constructor", "__proto__", ""], ["read", "edit"]),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_what_roles_may_do(said):
    reader, editor, owner, nobody = said["known"]
    assert reader == [True, True, False, False, False] and editor == [True, True, True, False, False]
    assert owner == [True] * 5 and nobody == [False] * 5


def test_security_unknown_actions(said):
    assert said["actions"] == [[False] * 6] * 3


def test_security_unknown_roles(said):
    assert said["roles"] == [[False, False]] * 4
