"""Customers and staff ask for each ticket, with and without a customer in the address."""

import json

import pytest

DRIVER = """
import { ticketHandler } from "./subject.js";
const ORDERS = [{ id: 1, customer: "ann", tickets: [{ code: "A1", seat: "7b" }, { code: "A2", seat: "8b" }] }, { id: 2, customer: "bo", tickets: [{ code: "B1", seat: "1a" }] }];
const handler = ticketHandler({ orderOfTicket: async (code) => ORDERS.find(({ tickets }) => tickets.some((each) => each.code === code)) }, async ({ seat }) => `PDF ${seat}`);
async function ask(id, code, query = {}, role = "customer") {
  const res = { status(n) { this.code = n; return this; }, type() { return this; }, send(body) { this.body = body; return this; } };
  await handler({ user: id && { id, role }, params: { code }, query }, res);
  return [res.code, res.code === 200 ? res.body : ""];
}
console.log(JSON.stringify({
  good: [await ask("ann", "A2"), await ask("bo", "B1", { customer: "bo" }), await ask("cy", "A1", {}, "staff")],
  none: [await ask(null, "A1"), await ask("ann", "Z9"), await ask("ann", "B1"), await ask("bo", "A1")],
  changed: [await ask("ann", "B1", { customer: "bo" }), await ask("bo", "A1", { customer: "ann" }), await ask("eve", "A2", { customer: "ann" })],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_tickets(said):
    assert said["good"] == [[200, "PDF 8b"], [200, "PDF 1a"], [200, "PDF 7b"]]
    assert said["none"] == [[401, ""], [404, ""], [404, ""], [404, ""]]


def test_security_another_customer_in_the_address(said):
    assert said["changed"] == [[404, ""]] * 3
