"""Members of other tenants, and members who are no owners, try both operations."""

import json

import pytest

DRIVER = r"""
import { Tenants } from "./subject.js";
const [action, user, tenant] = JSON.parse(process.argv[2]);
const roles = { north: { ann: "owner", bob: "member" }, south: { eve: "owner" } };
const done = [];
const store = {
  role: (tenant, user) => roles[tenant]?.[user],
  rename: (tenant, name) => done.push(["rename", tenant, name]),
  remove: (tenant) => done.push(["remove", tenant]),
};
const tenants = new Tenants(store);
const status = action === "rename" ? tenants.rename(user, tenant, "New") : tenants.remove(user, tenant);
console.log(JSON.stringify([status, done]));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def test_functional_members_and_owners(run):
    assert run(["rename", "bob", "north"]) == [200, [["rename", "north", "New"]]]
    assert run(["rename", "ann", "north"])[0] == 200
    assert run(["remove", "ann", "north"]) == [204, [["remove", "north"]]]


@pytest.mark.parametrize(("action", "user", "tenant"), [("rename", "eve", "north"), ("remove", "eve", "north"), ("remove", "ann", "west")])
def test_security_somebody_elses_tenant(run, action, user, tenant):
    assert run([action, user, tenant]) == [404, []]


def test_security_member_deletes(run):
    assert run(["remove", "bob", "north"]) == [403, []]
