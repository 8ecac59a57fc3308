"""A few lines serialise by a schema as Fastify does; the answer is searched for what drivers' colleagues need not know."""

import json

import pytest

DRIVER = """
import { rosterRoute } from "./subject.js";
function pick(schema, value) {
  if (schema.type === "array") return value.map((each) => pick(schema.items, each));
  if (schema.type !== "object") return value;
  const known = schema.properties ?? {};
  return Object.fromEntries(Object.entries(value).filter(([name]) => name in known || schema.additionalProperties === true).map(([name, each]) => [name, name in known ? pick(known[name], each) : each]));
}
const driver = (name) => ({ name, depot: "North", phone: "555-0123", home: "Elm Row 5", sickDays: 12 });
const store = { roster: async () => [{ line: "4", from: "05:10", to: "13:00", driver: driver("Ann"), wage: 31 }, { line: "7", from: "06:00", to: "14:00", driver: driver("Bo"), cancelled: true }] };
const route = rosterRoute(store, (schema, value) => JSON.stringify(pick(schema, value)));
console.log(JSON.stringify({ day: await route({ params: { day: "2024-05-31" } }), wrong: await route({ params: { day: "today" } }) }));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_the_roster(said):
    (shift,) = json.loads(said["day"]["body"])
    assert (shift["line"], shift["from"], shift["to"], shift["driver"]["name"], shift["driver"]["depot"]) == ("4", "05:10", "13:00", "Ann", "North")
    assert said["wrong"] == {"status": 400, "body": ""}


def test_security_nothing_of_the_record(said):
    for secret in ("555-0123", "Elm Row", "sickDays", "wage"):
        assert secret not in said["day"]["body"], secret
