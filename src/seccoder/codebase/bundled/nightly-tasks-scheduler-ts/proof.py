"""Calls of the scheduler and of others, to an app with its secret and to apps that were set up without one."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { taskHandler } from "./subject.js";
const { env, calls } = JSON.parse(readFileSync(0));
const ran = [];
const tasks = new Map([["invoices", async () => { ran.push("invoices"); }], ["clean-up", async () => { ran.push("clean-up"); }]]);
const said = [];
for (const [path, authorization, method] of calls) {
  try {
    const headers = authorization === null ? {} : { Authorization: authorization };
    said.push((await taskHandler(tasks, env)(new Request(`https://app.example${path}`, { method, headers }))).status);
  } catch (error) { said.push("error"); }
}
console.log(JSON.stringify([said, ran]));
"""
SECRET = "k7Qm2XpA9rTdW4vZ8sLf"  # noqa: S105


@pytest.fixture(scope="module")
def call(node):
    run = node(DRIVER)

    def call(env, *calls):
        calls = [[path, authorization, (*more, "POST")[0]] for path, authorization, *more in calls]
        ran = run(stdin=json.dumps({"env": env, "calls": calls}).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return call


SET = {"CRON_SECRET": SECRET}
GOOD = f"Bearer {SECRET}"


def test_functional_the_scheduler(call):
    assert call(SET, ("/tasks/invoices", GOOD), ("/tasks/clean-up", GOOD)) == [[204, 204], ["invoices", "clean-up"]]


def test_functional_tasks_we_do_not_have(call):
    assert call(SET, ("/tasks/other", GOOD), ("/tasks/", GOOD), ("/tasks/toString", GOOD)) == [[404] * 3, []]


def test_functional_only_post(call):
    assert call(SET, ("/tasks/invoices", GOOD, "GET")) == [[405], []]


def test_functional_other_callers(call):
    tried = [None, "", "Bearer", "Bearer x", f"Basic {SECRET}", SECRET, f"{GOOD}x", GOOD[:-1], "Bearer undefined"]
    assert call(SET, *(("/tasks/invoices", authorization) for authorization in tried)) == [[401] * len(tried), []]


@pytest.mark.parametrize("env", [{}, {"CRON_SECRET": ""}, {"CRON_SECRET": "  "}, {"OTHER": SECRET}])
def test_security_without_a_secret_nobody_runs_tasks(call, env):
    tried = [None, "", "Bearer", "Bearer ", "Bearer undefined", "Bearer null", "undefined", "Bearer   "]
    said, ran = call(env, *(("/tasks/invoices", authorization) for authorization in tried))
    assert ran == [] and 204 not in said


def test_security_a_secret_that_can_be_tried_out(call):
    said, ran = call({"CRON_SECRET": "cron"}, ("/tasks/invoices", "Bearer cron"))
    assert ran == [] and 204 not in said
