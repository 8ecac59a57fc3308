"""Everybody tries to cancel each of two lessons; only those who take part in one, and the office, may."""

import json

import pytest

DRIVER = """
import { makeRoute } from "./subject.js";
const USERS = { ann: "pupil", bob: "pupil", tess: "teacher", theo: "teacher", olga: "office" };
const said = {};
for (const name of [...Object.keys(USERS), null]) {
  for (const id of ["l1", "l2", "l9"]) {
    const all = new Map([["l1", { id: "l1", pupil: "ann", teacher: "tess" }], ["l2", { id: "l2", pupil: "bob", teacher: "theo" }]]);
    const lessons = { find: async (id) => all.get(id) ?? null, remove: async (id) => all.delete(id) };
    const { DELETE } = makeRoute({ getSession: async () => name && { id: name, role: USERS[name] }, lessons });
    const answer = await DELETE(new Request(`https://chess.example/api/lessons/${id}`, { method: "DELETE" }), { params: Promise.resolve({ id }) });
    said[`${name} ${id}`] = [answer.status, [...all.keys()]];
  }
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_those_who_take_part(said):
    assert said["ann l1"] == said["tess l1"] == said["olga l1"] == [204, ["l2"]]
    assert said["bob l2"] == said["theo l2"] == [204, ["l1"]]


def test_functional_nobody_and_nothing(said):
    assert said["null l1"] == [401, ["l1", "l2"]]
    assert said["ann l9"] == said["olga l9"] == [404, ["l1", "l2"]]


def test_security_lessons_of_others(said):
    for who in ["ann l2", "bob l1", "tess l2", "theo l1"]:
        assert said[who] == [404, ["l1", "l2"]], who
