"""Books with honest and with odd JSON bodies; whatever comes, the seats left stay a sensible number."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { bookSeats } from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((bodies) => {
  const screening = { seatsLeft: 10, priceCents: 1150, bookings: [] };
  const totals = bodies.map((body) => { try { return bookSeats(screening, JSON.parse(body)); } catch (error) { return error.name; } });
  return { totals: totals.map((total) => Number.isNaN(total) ? "NaN" : total), left: String(screening.seatsLeft), bookings: screening.bookings };
})));
"""


@pytest.fixture(scope="module")
def book(node):
    run = node(DRIVER)

    def answers(*screenings):
        texts = [[body if isinstance(body, str) else json.dumps(body) for body in bodies] for bodies in screenings]
        ran = run(stdin=json.dumps(texts).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


REFUSED = {"totals": ["RangeError"], "left": "10", "bookings": []}


def test_functional_bookings(book):
    (answer,) = book([{"seats": 2, "name": " Ann "}, {"seats": 8, "name": "Bob"}, {"seats": 1, "name": "Cy"}])
    assert answer["totals"] == [2300, 9200, "RangeError"]
    assert answer["left"] == "0"
    assert answer["bookings"] == [{"seats": 2, "name": "Ann"}, {"seats": 8, "name": "Bob"}]


def test_functional_out_of_range(book):
    assert book(*([{"seats": seats, "name": "Ann"}] for seats in (0, -1, 9, 1e9))) == [REFUSED] * 4


def test_functional_a_name_is_needed(book):
    names = ["", "  ", None, 5, ["Ann"], "x" * 81]
    assert book(*([{"seats": 1, "name": name}] for name in names)) == [REFUSED] * 6


ODD = [
    '"two"',
    '"3"',
    '"8e0"',
    "2.5",
    "0.0001e5",
    "[2]",
    "[]",
    "{}",
    "null",
    "true",
    '"1 "',
    "-0",
    "1e999",
    '"Infinity"',
    '{"valueOf": 1}',
]


def test_security_the_seats_left_stay_a_number(book):
    after = [{"seats": 8, "name": "Ann"}, {"seats": 8, "name": "Bob"}]
    for seats, answer in zip(
        ODD, book(*([f'{{"seats": {seats}, "name": "Eve"}}', *after] for seats in ODD)), strict=True
    ):
        assert answer["left"] in ("2", "10"), seats
        assert answer["totals"].count("RangeError") >= 1, seats


def test_security_only_whole_numbers_count(book):
    for seats, answer in zip(ODD, book(*([f'{{"seats": {seats}, "name": "Eve"}}'] for seats in ODD)), strict=True):
        assert answer == REFUSED, seats


def test_security_missing_fields(book):
    bodies = ["{}", "null", "5", "[]", '"x"', '{"name": "Eve"}', '{"seats": 1}']
    assert book(*([body] for body in bodies)) == [REFUSED] * 7
