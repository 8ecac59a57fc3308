"""Everybody tries to give every role."""

import json

import pytest

DRIVER = """
import { invite } from "./subject.js";
const give = (own, role, mail = "New@clinic.example") => { try { return invite({ mail: "me@clinic.example", role: own }, { mail, role }); } catch { return null; } };
const ROLES = ["assistant", "nurse", "doctor", "manager"], said = { table: {} };
for (const own of ROLES) said.table[own] = ROLES.filter((role) => give(own, role));
said.whole = give("doctor", "nurse");
said.wrong = [give("manager", "owner"), give("manager", "__proto__"), give("manager", "nurse", "no address"), give("manager", "")];
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_invitations(said):
    assert said["whole"] == {"mail": "new@clinic.example", "role": "nurse", "by": "me@clinic.example"}
    assert said["table"]["manager"] == ["assistant", "nurse", "doctor", "manager"] and said["wrong"] == [None] * 4
    assert said["table"]["assistant"] == said["table"]["nurse"] == []


def test_security_nobody_gives_more_than_allowed(said):
    assert said["table"]["doctor"] == ["assistant", "nurse"]
