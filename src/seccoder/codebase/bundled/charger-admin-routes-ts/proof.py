"""A few lines stand in for Fastify: hooks and preHandlers run before a handler, and a reply that was sent ends it."""

import json

import pytest

DRIVER = """
import { register } from "./subject.js";
const done = [];
const station = { status: () => "free", unlock: () => { done.push("unlock"); }, limit: (amperes) => { done.push(`limit ${amperes}`); }, sessions: () => { done.push("sessions"); return ["ann"]; } };
const routes = [], hooks = [];
register({ route: (route) => routes.push(route), addHook: (_name, hook) => hooks.push(hook) }, "t0ken-of-the-installer", station);
async function call(method, url, authorization, body) {
  const route = routes.find((each) => each.method === method && each.url === url);
  const reply = { sent: false, status: 200, code(n) { this.status = n; return this; }, send() { this.sent = true; return this; } };
  const request = { headers: authorization === undefined ? {} : { authorization }, body, routeOptions: { config: route.config ?? {}, url } };
  for (const hook of [...hooks, ...[route.preHandler ?? []].flat()]) { await hook(request, reply); if (reply.sent) return reply.status; }
  return [reply.status, await route.handler(request, reply)];
}
const GOOD = "Bearer t0ken-of-the-installer", said = { open: await call("GET", "/status") };
said.good = [await call("POST", "/unlock", GOOD), await call("POST", "/limit", GOOD, { amperes: 16 }), await call("GET", "/sessions", GOOD)];
said.done = done.splice(0);
said.closed = [];
for (const [method, url] of [["POST", "/unlock"], ["POST", "/limit"], ["GET", "/sessions"]]) for (const given of [undefined, "", "Bearer ", "Bearer x", GOOD + "x"]) said.closed.push(await call(method, url, given, { amperes: 99 }));
said.after = done;
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_the_installer_and_the_status(said):
    assert said["open"] == [200, "free"] and said["done"] == ["unlock", "limit 16", "sessions"]
    assert said["good"][2] == [200, ["ann"]]


def test_security_nothing_else_without_the_token(said):
    assert said["closed"] == [401] * 15 and said["after"] == []
