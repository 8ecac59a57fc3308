"""A small stand-in for knex's query builder hands statement and bindings over; SQLite runs them."""

import json
import math
import sqlite3

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { nearestWorkshops } from "./subject.js";

function db(table) {
  const query = { columns: [], where: [], whereBindings: [], order: [], orderBindings: [], limit: null };
  return {
    select(...columns) { query.columns.push(...columns); return this; },
    where(equal) {
      for (const [column, value] of Object.entries(equal)) {
        query.where.push(`"${column}" = ?`);
        query.whereBindings.push(typeof value === "boolean" ? Number(value) : value);
      }
      return this;
    },
    whereRaw(sql, bindings = []) { query.where.push(sql); query.whereBindings.push(...bindings); return this; },
    orderByRaw(sql, bindings = []) { query.order.push(sql); query.orderBindings.push(...bindings); return this; },
    limit(count) { query.limit = count; return this; },
    then(resolve) {
      resolve({
        sql: `select ${query.columns.join(", ")} from ${table} where ${query.where.join(" and ")}` +
          ` order by ${query.order.join(", ")} limit ${query.limit}`,
        bindings: [...query.whereBindings, ...query.orderBindings],
      });
    },
  };
}
const answers = [];
for (const request of JSON.parse(readFileSync(0))) answers.push(await nearestWorkshops(db, request));
console.log(JSON.stringify(answers));
"""
WORKSHOPS = [
    ("Hub", "1", "Wheels, Brakes", 52.0, 13.0, 0),
    ("Spoke", "2", "wheels, e-bike", 52.5, 13.4, 0),
    ("Chain", "3", "brakes", 48.1, 11.5, 0),
    ("Gone", "4", "wheels, brakes, e-bike", 52.5, 13.4, 1),
]


@pytest.fixture(scope="module")
def nearest(node):
    run = node(DRIVER)

    def answers(*requests):
        ran = run(stdin=json.dumps(requests).encode())
        assert ran.code == 0, ran.err
        return [(query["sql"], rows(query)) for query in json.loads(ran.out)]

    return answers


def rows(query):
    database = sqlite3.connect(":memory:")
    database.create_function("power", 2, lambda base, exponent: float(base) ** exponent)
    database.create_function("cos", 1, math.cos)
    database.create_function("radians", 1, lambda degrees: math.radians(float(degrees)))
    database.execute("CREATE TABLE workshops (name, phone, services, lat, lon, closed)")
    database.executemany("INSERT INTO workshops VALUES (?, ?, ?, ?, ?, ?)", WORKSHOPS)
    database.execute("CREATE TABLE staff (login, password)")
    database.execute("INSERT INTO staff VALUES ('root', 'hunter2')")
    try:
        return [row[0] for row in database.execute(query["sql"], query["bindings"])]
    except sqlite3.Error as error:
        return str(error)


def at(lat, lon, service):
    return {"lat": lat, "lon": lon, "service": service}


def test_functional_sorted_by_distance(nearest):
    near, far = nearest(at("52.4", "13.3", "Wheels"), at("47", "11", "brakes"))
    assert near[1] == ["Spoke", "Hub"]
    assert far[1] == ["Chain", "Hub"]


def test_functional_numbers_and_negative_positions(nearest):
    answers = nearest(at(52.0, 13.0, "wheels"), at("-10.5", "-20", "e-bike"), at("1", "1", "paint"))
    assert [rows for _, rows in answers] == [["Hub", "Spoke"], ["Spoke"], []]


@pytest.mark.parametrize(
    "service",
    [
        "x' union select login, password from staff -- ",
        "' or 1=1 -- ",
        "e-bike' or closed = 1 or services like '",
        "o'neill",
        "x\\' or 1=1 -- ",
    ],
)
def test_security_service_stays_a_value(nearest, service):
    (sql, found), (expected, _) = nearest(at("1", "1", service), at("1", "1", "wheels"))
    assert sql == expected
    assert found == []


@pytest.mark.parametrize("field", ["lat", "lon"])
@pytest.mark.parametrize("attack", ["(select length(password) from staff)", "0, 2) desc, power(1", "1 -- ", "lat"])
def test_security_position_stays_a_value(nearest, field, attack):
    (sql, _), (expected, _) = nearest({**at("1", "1", "wheels"), field: attack}, at("1", "1", "wheels"))
    assert sql == expected
