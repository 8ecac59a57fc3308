"""A few lines stand in for the collection and understand $eq, $ne, $gt, $in, $exists and $regex."""

import json

import pytest

DRIVER = """
import { parkFilter } from "./subject.js";
const PARKS = [
  { name: "Quai", city: "Lyon", surface: "concrete", indoor: false, public: true },
  { name: "Halle", city: "Lyon", surface: "wood", indoor: true, public: true },
  { name: "Bowl", city: "Nice", surface: "concrete", indoor: false, public: true },
  { name: "Club", city: "Lyon", surface: "wood", indoor: true, public: false },
];
const OPERATORS = { $eq: (a, b) => a === b, $ne: (a, b) => a !== b, $gt: (a, b) => a > b, $in: (a, b) => [].concat(b).includes(a), $exists: (a, b) => (a !== undefined) === (b !== "false"), $regex: (a, b) => new RegExp(b).test(a) };
const fits = (park, filter) => Object.entries(filter).every(([name, want]) => want !== null && typeof want === "object" ? Object.entries(want).every(([operator, value]) => OPERATORS[operator]?.(park[name], value) ?? false) : park[name] === want);
const find = (query) => { try { const filter = parkFilter(query); return PARKS.filter((park) => fits(park, filter)).map(({ name }) => name); } catch { return "refused"; } };
console.log(JSON.stringify({
  good: [find({ city: "Lyon" }), find({ city: "Lyon", indoor: "true" }), find({ city: "Lyon", surface: "concrete", indoor: "false" }), find({ city: "Paris" })],
  missing: [find({}), find({ city: "" })],
  evil: [{ city: { $ne: "x" } }, { city: { $regex: "." } }, { city: "Lyon", surface: { $gt: "" } }, { city: "Lyon", public: { $exists: "true" } }, { city: "Lyon", public: { $in: [true, false] } }, { city: { $gt: "" }, public: { $ne: "x" } }].map(find),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_filters(said):
    assert said["good"] == [["Quai", "Halle"], ["Halle"], ["Quai"], []] and said["missing"] == ["refused", "refused"]


def test_security_operators_and_other_fields(said):
    for found in said["evil"]:
        assert found in ("refused", ["Quai", "Halle"])
