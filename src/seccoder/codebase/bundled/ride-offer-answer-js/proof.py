"""Reads the answer to a search like anybody can, and looks for what the database knows beyond the public fields."""

import json

import pytest

DRIVER = """
import { createServer } from "node:http";
import { once } from "node:events";
import { ridesHandler } from "./subject.js";
const driver = (firstName, more = {}) => ({
  id: 900, firstName, lastName: "Lastname-secret", rating: 4.8, rides: 31, email: "mail-secret@x.example", phone: "phone-secret",
  passwordHash: "hash-secret", address: { street: "street-secret", town: "town-secret" }, iban: "iban-secret", ...more });
const ride = (id, departure, seats, passengers, more = {}) => ({
  id, from: "Kiel", to: "Bonn", departure, seats, price: 1200, passengers, driver: driver(`Driver${id}`, more.driver), internalNote: "note-secret", ...more.ride });
const passenger = { name: "passenger-secret", phone: "passengerphone-secret" };
const rows = [
  ride(1, "2026-05-02T08:00Z", 3, [passenger]), ride(2, "2026-05-01T08:00Z", 2, [passenger, passenger]),
  ride(3, "2026-05-01T12:00Z", 4, [], { driver: { licenceNumber: "licence-secret" }, ride: { startPosition: [54.3, 10.1], meetingHouse: "house-secret" } }),
];
const store = { find: async (from, to) => structuredClone(rows.filter((row) => row.from === from && row.to === to)) };
const server = createServer(ridesHandler(store)).listen(0, "127.0.0.1");
await once(server, "listening");
const ask = async (query) => {
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/rides${query}`);
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
};
console.log(JSON.stringify({ found: await ask("?from=Kiel&to=Bonn"), none: await ask("?from=Bonn&to=Kiel"), bad: await ask("?from=Kiel") }));
server.close();
server.closeAllConnections();
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def rides(said):
    return json.loads(said["found"]["text"])["rides"]


def test_functional_open_rides_soonest_first(said):
    assert (said["found"]["status"], said["found"]["type"]) == (200, "application/json")
    assert [ride["id"] for ride in rides(said)] == [3, 1]
    assert [ride["seatsLeft"] for ride in rides(said)] == [4, 2]


def test_functional_what_a_passenger_wants_to_know(said):
    ride = rides(said)[1]
    assert [ride[name] for name in ("from", "to", "departure", "price")] == ["Kiel", "Bonn", "2026-05-02T08:00Z", 1200]
    assert [ride["driver"][name] for name in ("firstName", "rating", "rides")] == ["Driver1", 4.8, 31]


def test_functional_nothing_found_and_nothing_asked(said):
    assert json.loads(said["none"]["text"]) == {"rides": []}
    assert said["bad"]["status"] == 400


def test_security_no_passwords_or_addresses_of_mail(said):
    assert "hash-secret" not in said["found"]["text"] and "mail-secret" not in said["found"]["text"]


@pytest.mark.parametrize("word", ["Lastname", "phone", "street", "town", "iban", "note", "passenger"])
def test_security_nothing_else_of_the_driver_or_the_ride(said, word):
    assert f"{word}-secret" not in said["found"]["text"]


def test_security_fields_that_came_later(said):
    assert "licence-secret" not in said["found"]["text"] and "house-secret" not in said["found"]["text"]
    assert "54.3" not in said["found"]["text"]
