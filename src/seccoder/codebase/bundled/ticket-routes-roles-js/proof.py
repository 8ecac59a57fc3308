"""Every role tries every route; what it may not do must leave the tickets as they were."""

import json

import pytest

DRIVER = r"""
import { handle } from "./subject.js";
const [route, user, parameters] = JSON.parse(process.argv[2]);
const store = {
  tickets: [{ id: 1, owner: "ann", agent: null }, { id: 2, owner: "bob", agent: null }],
  find(id) { return this.tickets.find((ticket) => ticket.id === id); },
  remove(id) { this.tickets = this.tickets.filter((ticket) => ticket.id !== id); },
};
const { status, body } = handle(route, user, store, parameters);
console.log(JSON.stringify([status, body ?? null, store.tickets.map((ticket) => ticket.agent)]));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def user(role):
    return {"name": "ann", "role": role}


def test_functional_those_who_may(run):
    assert run(["GET /tickets", user("customer"), {}])[1] == [{"id": 1, "owner": "ann", "agent": None}]
    assert run(["POST /tickets/assign", user("agent"), {"id": 2, "to": "eve"}]) == [200, None, [None, "eve"]]
    assert run(["DELETE /tickets", user("lead"), {"id": 1}]) == [200, None, [None]]


def test_functional_nobody_and_nowhere(run):
    assert run(["DELETE /tickets", None, {"id": 1}])[0] == 401
    assert run(["toString", user("lead"), {}])[0] == 404


@pytest.mark.parametrize("role", ["customer", "guest", "constructor", None])
def test_security_assigning(run, role):
    assert run(["POST /tickets/assign", user(role), {"id": 2, "to": "ann"}]) == [403, None, [None, None]]


@pytest.mark.parametrize("role", ["customer", "agent"])
def test_security_deleting(run, role):
    assert run(["DELETE /tickets", user(role), {"id": 1}]) == [403, None, [None, None]]
