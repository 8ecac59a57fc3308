"""Floods the queue while its renderer is held up, and counts what runs, waits and is refused."""

import json

import pytest

DRIVER = """
import { RenderQueue, QueueFull } from "./subject.js";
const tick = () => new Promise((done) => setImmediate(done));
const said = {};

async function flood(jobs, limits, fail = false) {
  let open, running = 0, most = 0, started = [];
  const gate = new Promise((resolve) => { open = resolve; });
  const render = async (job) => {
    started.push(job); running += 1; most = Math.max(most, running);
    try { await gate; if (fail) throw new TypeError("no font"); return `pdf ${job}`; } finally { running -= 1; }
  };
  const queue = limits ? new RenderQueue(render, limits) : new RenderQueue(render);
  const outcomes = [];
  const all = Array.from({ length: jobs }, (_, job) =>
    queue.submit(job).then((value) => { outcomes[job] = value; }, (error) => { outcomes[job] = error instanceof QueueFull ? "full" : error.name; }));
  await tick(); await tick();
  const early = outcomes.filter(Boolean).length;
  open();
  await Promise.all(all);
  return { early, most, outcomes, started, queue };
}

const few = await flood(10, { running: 3, waiting: 20 });
said.few = { most: few.most, outcomes: few.outcomes, started: few.started };
const failing = await flood(6, { running: 2, waiting: 4 }, true);
said.failing = failing.outcomes;
const after = new RenderQueue(async (job) => { if (job === "bad") throw new TypeError("bad"); return job; }, { running: 1, waiting: 1 });
await after.submit("bad").catch(() => 0);
said.after = [await after.submit("a"), await after.submit("b")];
const sync = new RenderQueue(() => { throw new TypeError("sync"); }, { running: 1, waiting: 0 });
said.sync = [await sync.submit(1).catch((e) => e.name), await sync.submit(2).catch((e) => e.name)];

const many = await flood(5000, { running: 2, waiting: 10 });
said.many = { early: many.early, most: many.most, started: many.started.length, full: many.outcomes.filter((o) => o === "full").length };
said.again = [];
for (let round = 0; round < 3; round++) said.again.push(await many.queue.submit(round));
const exact = await flood(13, { running: 2, waiting: 10 });
said.exact = exact.outcomes.map((outcome, job) => outcome === "full" ? job : null).filter((job) => job !== null);
const standard = await flood(1000);
said.standard = standard.outcomes.filter((outcome) => outcome === "full").length;
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_all_are_rendered_in_turn(said):
    assert said["few"]["outcomes"] == [f"pdf {job}" for job in range(10)]
    assert said["few"]["started"] == list(range(10))


def test_functional_only_a_few_at_a_time(said):
    assert said["few"]["most"] == 3


def test_functional_errors_reach_the_caller_and_free_their_place(said):
    assert said["failing"] == ["TypeError"] * 6
    assert said["after"] == ["a", "b"]
    assert said["sync"] == ["TypeError", "TypeError"]


def test_security_a_flood_is_refused_at_once(said):
    assert said["many"] == {"early": 4988, "most": 2, "started": 12, "full": 4988}


def test_security_works_on_after_the_flood(said):
    assert said["again"] == ["pdf 0", "pdf 1", "pdf 2"]


def test_security_the_limit_is_exact(said):
    assert said["exact"] == [12]


def test_security_limited_by_default(said):
    assert said["standard"] == 1000 - 104
