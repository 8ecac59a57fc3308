"""Looks for control bytes between the two commands that belong into every ticket."""

import json

import pytest

DRIVER = r"""
import { ticketBytes } from "./subject.js";
const print = (name, guests = 2, tour = "Crystal hall") => { try { return ticketBytes(tour, name, guests).toString("latin1"); } catch (error) { return error.name; } };
console.log(JSON.stringify({
  good: [print("Zoë"), print("x".repeat(60))], wrong: [print("a", 0), print("a", 1.5), print("a", 41), print("a", "2")],
  evil: [print("a\x1bp\x00\x19\xfa"), print("a\x1dV\x00"), print("\x10\x14\x01\x00\x01"), print("a\nGuests: 40"), print("a\u061bp\u0100"), print("a", 2, "b\x1b@"), print("a\x9bX\x7f")],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_tickets(said):
    first, long = said["good"]
    assert first == "\x1b@Crystal hall\nName: Zoë\nGuests: 2\n\x1dV\x00"
    assert [len(line) for line in long.split("\n")][1] == 42 and said["wrong"] == ["RangeError"] * 4


def test_security_a_name_holds_no_commands(said):
    for ticket in said["evil"]:
        inside = ticket.removeprefix("\x1b@").removesuffix("\x1dV\x00")
        assert inside.count("\n") == 3
        assert all(sign == "\n" or sign.isprintable() for sign in inside)
