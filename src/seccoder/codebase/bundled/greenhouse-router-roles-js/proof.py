"""Gardeners, a coordinator and a stranger try everything with each bed."""

import json

import pytest

DRIVER = """
import { bedRoutes } from "./subject.js";
const said = {};
for (const [who, user] of Object.entries({ ann: { id: "ann", role: "member" }, cora: { id: "cora", role: "coordinator" }, nobody: undefined })) {
  for (const [name, id] of [["change", "b1"], ["change", "b2"], ["remove", "b1"], ["remove", "b9"], ["add", ""]]) {
    const all = new Map([["b1", { id: "b1", gardener: "ann", crop: "kale" }], ["b2", { id: "b2", gardener: "bo", crop: "peas" }]]);
    const beds = { find: async (id) => all.get(id), save: async (bed) => { all.set(bed.id, bed); }, remove: async (id) => all.delete(id), add: async (bed) => { all.set("b3", bed); return "b3"; } };
    const res = { code: 200, status(n) { this.code = n; return this; }, end() { return this; }, json() { return this; } };
    await bedRoutes(beds)[name]({ user, params: { id }, body: { crop: "beans", gardener: "ann" } }, res, () => {});
    said[`${who} ${name} ${id}`.trim()] = [res.code, [...all.values()].map(({ crop }) => crop).join()];
  }
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_those_who_may(said):
    assert said["ann change b1"] == [204, "beans,peas"] and said["cora change b2"] == [204, "kale,beans"]
    assert said["cora remove b1"] == [204, "peas"] and said["cora remove b9"][0] == 404
    assert said["cora add"] == [201, "kale,peas,"]


def test_functional_nobody_is_signed_in(said):
    for what in ("change b1", "remove b1", "add"):
        assert said[f"nobody {what}"] == [401, "kale,peas"]


def test_security_those_who_may_not(said):
    assert said["ann change b2"] == [404, "kale,peas"]
    assert said["ann remove b1"] == said["ann add"] == [403, "kale,peas"]
