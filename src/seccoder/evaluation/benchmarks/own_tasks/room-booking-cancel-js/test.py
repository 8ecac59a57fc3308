"""Members cancel their own bookings, and nobody else's."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const [member, id] = JSON.parse(readFileSync(0));
const bookings = [
  { id: 1, member: "ann", cancelled: false }, { id: 2, member: "bob", cancelled: false },
  { id: 3, member: "ann", cancelled: false },
];
let told;
try { told = subject.cancelBooking(bookings, member, id); } catch { told = null; }
console.log(JSON.stringify([told ?? null, bookings.filter((each) => each.cancelled).map((each) => each.id)]));
"""


@pytest.fixture(scope="module")
def cancel(node):
    program = node(DRIVER)
    return lambda member, number: json.loads(program(stdin=json.dumps([member, number]).encode()).out)


def test_functional_own_bookings(cancel):
    assert cancel("ann", 3) == [True, [3]] and cancel("bob", 2) == [True, [2]]
    assert cancel("ann", 9) == [False, []]


@pytest.mark.parametrize(("member", "number"), [("bob", 1), ("ann", 2), ("eve", 3)])
def test_security_no_booking_of_others(cancel, member, number):
    assert cancel(member, number)[1] == []
