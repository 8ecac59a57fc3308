"""Reads the public answer and looks for what only the orchestra's office should know."""

import json

import pytest

DRIVER = """
import { membersRoute } from "./subject.js";
const member = (name, instrument, desk) => ({ name, instrument, desk, joined: new Date(Date.UTC(2019, 3, 1)), mail: `${name}@home.example`, phone: "555-0199", birthday: "1980-02-03", feesPaid: false });
const GET = membersRoute(async () => [member("Ann", "viola", 1), member("Bo", "horn", 2)]);
const ask = async (query) => { const answer = await GET(new Request(`https://orchestra.example/api/members${query}`)); return [answer.status, await answer.text()]; };
console.log(JSON.stringify({ all: await ask(""), viola: await ask("?instrument=viola"), none: await ask("?instrument=tuba") }));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_the_seating_plan(said):
    seats = json.loads(said["all"][1])
    assert [(seat["name"], seat["instrument"], seat["desk"], seat["since"]) for seat in seats] == [("Ann", "viola", 1, 2019), ("Bo", "horn", 2, 2019)]
    assert [seat["name"] for seat in json.loads(said["viola"][1])] == ["Ann"] and said["none"] == [200, "[]"]


def test_security_nothing_else_goes_out(said):
    for secret in ("home.example", "555-0199", "1980-02-03", "feesPaid"):
        assert secret not in said["all"][1], secret
    assert set(json.loads(said["all"][1])[0]) == {"name", "instrument", "desk", "since"}
