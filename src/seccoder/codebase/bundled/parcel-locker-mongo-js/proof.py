"""A stand-in for a collection knows MongoDB's comparison operators; bodies try to bring some along."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import subject from "./subject.js";

const OPERATORS = {
  $eq: (value, operand) => matches(value, operand), $ne: (value, operand) => !isDeepStrictEqual(value, operand),
  $gt: (value, operand) => typeof value === typeof operand && value > operand, $gte: (value, operand) => typeof value === typeof operand && value >= operand,
  $lt: (value, operand) => typeof value === typeof operand && value < operand, $in: (value, operand) => operand.some((one) => isDeepStrictEqual(value, one)),
  $nin: (value, operand) => !operand.includes(value), $regex: (value, operand) => new RegExp(operand).test(value),
  $exists: (value, operand) => (value !== undefined) === Boolean(operand), $not: (value, operand) => !matches(value, operand), $type: () => true,
};
function matches(value, condition) {
  const keys = condition && typeof condition === "object" && !Array.isArray(condition) ? Object.keys(condition) : [];
  if (keys.length && keys.every((key) => key.startsWith("$"))) {
    return keys.every((key) => { if (!OPERATORS[key]) throw new Error(`unknown operator: ${key}`); return OPERATORS[key](value, condition[key]); });
  }
  return isDeepStrictEqual(value ?? null, condition ?? null);
}
const answers = [];
for (const bodies of JSON.parse(readFileSync(0))) {
  const documents = [{ number: "P1", code: "4711", compartment: 3, pickedUpAt: null }, { number: "P2", code: "0815", compartment: 5 }];
  const parcels = {
    async findOneAndUpdate(filter, update) {
      if (filter.$where || filter.$or) throw new Error("top-level operator");
      const found = documents.find((document) => Object.entries(filter).every(([field, condition]) => matches(document[field], condition)));
      if (!found) return null;
      const before = structuredClone(found);
      Object.assign(found, update.$set);
      return before;
    },
  };
  const results = [];
  for (const body of bodies) results.push(await subject.pickUp(parcels, body, "now").catch((error) => "error"));
  answers.push([results, documents.map((document) => document.pickedUpAt ?? null)]);
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def pick_up(node):
    run = node(DRIVER)

    def answers(*terminals):
        ran = run(stdin=json.dumps(terminals).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_right_code(pick_up):
    bodies = [{"number": " p1", "code": "4711"}, {"number": "P2", "code": "0815"}]
    assert pick_up(bodies) == [[[3, 5], ["now", "now"]]]


def test_functional_only_once(pick_up):
    assert pick_up([{"number": "P1", "code": "4711"}] * 2) == [[[3, None], ["now", None]]]


def test_functional_wrong_or_missing(pick_up):
    bodies = [
        {"number": "P1", "code": "0815"},
        {"number": "P3", "code": "4711"},
        {"number": "P1"},
        {"code": "4711"},
        {},
        None,
    ]
    assert pick_up([*bodies, {"number": "P1", "code": ""}]) == [[[None] * 7, [None, None]]]


OPERATORS = [
    {"$ne": ""},
    {"$ne": None},
    {"$gt": ""},
    {"$gte": "0"},
    {"$regex": "^4"},
    {"$regex": ""},
    {"$in": ["4710", "4711"]},
    {"$nin": []},
    {"$exists": True},
    {"$not": {"$eq": "x"}},
    {"$eq": "4711"},
    ["4711"],
    True,
    4711,
]


def test_security_the_code_is_no_operator(pick_up):
    terminals = [[{"number": "P1", "code": operator}] for operator in OPERATORS]
    for body, (results, picked) in zip(terminals, pick_up(*terminals), strict=True):
        assert results in ([None], ["error"]) and picked == [None, None], body


def test_security_the_number_is_no_operator(pick_up):
    terminals = [[{"number": operator, "code": code}] for operator in OPERATORS for code in ("4711", {"$ne": 1})]
    for body, (_, picked) in zip(terminals, pick_up(*terminals), strict=True):
        assert picked == [None, None], body
