"""Jobs of our own service, and texts that other programs put on the queue."""

import json

import pytest
from pathlib import Path

TASKS = "export function spray({ field }) { return `sprayed ${field}`; }\nexport const water = ({ field }) => `watered ${field}`;\nexport const version = 3;\n"
DRIVER = r"""
import { enqueue, work } from "./subject.js";
const list = [], queue = { push: async (text) => { list.push(text); } };
await enqueue(queue, "spray", { field: 7 }); await enqueue(queue, "water", { field: 8 });
const unknown = await enqueue(queue, "burn", {}).catch(() => "error");
const attempt = (text) => Promise.resolve().then(() => work(text)).catch(() => "error");
const said = { ran: await Promise.all(list.map(attempt)), unknown, wrong: await Promise.all(["", "3", "null", "{}", '{"task":"burn"}', '{"task":"version"}'].map(attempt)), evil: [] };
for (const job of [{ run: "() => { globalThis.trace = 1 }" }, { run: "globalThis.trace = 1" }, { task: "spray", run: "() => { globalThis.trace = 1 }" }, { run: "() => process.env.HOME" }]) {
  const value = await attempt(JSON.stringify({ args: { field: 1 }, ...job }));
  said.evil.push([globalThis.trace ?? 0, ["error", "sprayed 1"].includes(value)]); delete globalThis.trace;
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    Path("tasks.js").write_text(TASKS)
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_jobs_run(said):
    assert said["ran"] == ["sprayed 7", "watered 8"]


def test_functional_no_jobs(said):
    assert said["unknown"] == "error" and said["wrong"] == ["error"] * 6


def test_security_a_text_brings_no_program(said):
    assert said["evil"] == [[0, True]] * 4
