"""A table of members and boats."""

import json

import pytest

DRIVER = """
import { mayTake } from "./subject.js";
const member = (licences, groups = [], more = {}) => ({ active: true, keeper: false, licences, groups, ...more });
const boat = (licences, group = null, locked = false) => ({ licences, group, locked });
const keeper = member([], [], { keeper: true });
console.log(JSON.stringify({
  yes: [mayTake(member(["scull"]), boat(["scull"])), mayTake(member([]), boat([])), mayTake(member(["sweep", "cox"], ["racing"]), boat(["sweep", "cox"], "racing")), mayTake(keeper, boat(["scull"], "racing"))],
  no: [mayTake(member([]), boat(["scull"])), mayTake(member(["scull"]), boat(["scull"], "racing")), mayTake(keeper, boat([], null, true)), mayTake(member(["scull"], [], { active: false }), boat(["scull"]))],
  half: [mayTake(member(["sweep"]), boat(["sweep", "cox"])), mayTake(member(["cox"]), boat(["sweep", "cox"])), mayTake(member([], ["racing"]), boat(["scull"], "racing")), mayTake(member(["cox"], ["racing"]), boat(["sweep", "cox"], "racing"))],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_boats(said):
    assert said["yes"] == [True] * 4 and said["no"] == [False] * 4


def test_security_half_of_what_is_required(said):
    assert said["half"] == [False] * 4
