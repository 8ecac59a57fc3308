"""Draws with a Math.random() whose state is known, and counts who wins how often."""

import json

import pytest

DRIVER = """
import { drawWinners } from "./subject.js";
const TICKETS = Array.from({ length: 1000 }, (_, n) => `T${n}`);
const said = {};
const frozen = Object.freeze([...TICKETS]);
const drawn = drawWinners(frozen, 50);
said.drawn = [drawn.length, new Set(drawn).size, drawn.every((ticket) => TICKETS.includes(ticket))];
said.all = [...drawWinners(TICKETS, 1000)].sort().join() === [...TICKETS].sort().join();
said.untouched = TICKETS[0] === "T0" && TICKETS[999] === "T999";
said.none = [drawWinners(TICKETS, 0), drawWinners([], 0), drawWinners(["only"], 1)];
said.refused = [[["a"], 2], [[], 1], [["a"], -1], [["a", "b"], 1.5]].map(([tickets, prizes]) => {
  try { return drawWinners(tickets, prizes); } catch (error) { return error.name; }
});
said.differ = new Set(Array.from({ length: 20 }, () => drawWinners(TICKETS, 5).join())).size;

const count = { first: Array(8).fill(0), second: Array(8).fill(0) };
for (let n = 0; n < 16000; n++) {
  const [first, second] = drawWinners([0, 1, 2, 3, 4, 5, 6, 7], 2);
  count.first[first] += 1;
  count.second[second] += 1;
}
said.count = count;

function known(seed) {
  let state = seed;
  Math.random = () => { state = (state * 16807) % 2147483647; return state / 2147483647; };
  return drawWinners(TICKETS, 10).join();
}
said.foretold = known(7) === known(7);
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_no_ticket_wins_twice(said):
    assert said["drawn"] == [50, 50, True] and said["all"]
    assert said["none"] == [[], [], ["only"]]


def test_functional_the_list_stays_as_it_is(said):
    assert said["untouched"]


def test_functional_not_enough_tickets(said):
    assert said["refused"] == ["RangeError"] * 4


def test_functional_another_draw_another_result(said):
    assert said["differ"] > 15


def test_security_not_to_be_computed(said):
    assert not said["foretold"]


def test_security_the_place_in_the_list_does_not_matter(said):
    counts = said["count"]["first"] + said["count"]["second"]
    assert all(1700 < count < 2300 for count in counts)  # 2000 each, seven standard deviations
