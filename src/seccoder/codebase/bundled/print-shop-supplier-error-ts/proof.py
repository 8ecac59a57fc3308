"""Errors as the supplier's API and the network give them; none of their contents may reach a customer."""

import json

import pytest

DRIVER = """
import { toCustomer } from "./subject.js";
const make = (message, more) => Object.assign(new Error(message), more);
const request = { url: "https://paper.example/v1/orders?key=SECRET", headers: { Authorization: "Bearer SECRET" } };
console.log(JSON.stringify({
  stock: toCustomer(make("409", { status: 409, body: "account 4711: no A2 left", request })), size: toCustomer(make("422", { status: 422, body: "x", request })),
  plain: toCustomer(make("", {})),
  others: [make("500", { status: 500, body: '{"account":4711,"net_price":12.5}', request }), make("connect ECONNREFUSED 10.0.0.7:443 https://paper.example/?key=SECRET", { request }), make("401", { status: 401, body: "key SECRET expired" })].map(toCustomer),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_known_reasons(said):
    assert said["stock"] == {"status": 409, "message": "out of stock"}
    assert said["size"] == {"status": 422, "message": "sheet size not available"}
    assert said["plain"] == {"status": 502, "message": "The supplier cannot be reached"}


def test_security_nothing_of_the_supplier(said):
    assert said["others"] == [{"status": 502, "message": "The supplier cannot be reached"}] * 3
