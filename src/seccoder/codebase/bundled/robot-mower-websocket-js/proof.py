"""Connections with the right token, a wrong one and none; a closed connection delivers nothing more."""

import json

import pytest

DRIVER = """
import { EventEmitter } from "node:events";
import { onConnection } from "./subject.js";
function talk(...messages) {
  const done = [], socket = Object.assign(new EventEmitter(), { closed: null, send(text) { done.push(JSON.parse(text).type); }, close(code) { this.closed ??= code; } });
  onConnection(socket, { stop: () => { done.push("stop"); }, drive: (speed, turn) => { done.push(`drive ${speed} ${turn}`); } }, "grass-42-snake");
  for (const message of messages) if (socket.closed === null) socket.emit("message", typeof message === "string" ? message : JSON.stringify(message));
  return [done, socket.closed];
}
const drive = { type: "drive", speed: 1, turn: 0 }, auth = (token) => ({ type: "auth", token });
console.log(JSON.stringify({
  good: [talk(auth("grass-42-snake"), drive, { type: "stop" }), talk({ type: "stop" }), talk(auth("grass-42-snake"), { type: "drive", speed: "fast" }, { type: "x" })],
  wrong: [talk(auth("x"), drive), talk(auth(""), drive), talk(auth(["grass-42-snake"]), drive), talk("no json", drive), talk(auth("grass-42-snak"))],
  none: [talk(drive), talk(drive, { type: "drive", speed: 9, turn: 1 }), talk({ type: "stop" }, drive), talk({ type: "hello" }, drive)],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_the_owner(said):
    assert said["good"] == [[["welcome", "drive 1 0", "stop"], None], [["stop"], None], [["welcome"], None]]


def test_functional_wrong_tokens(said):
    assert said["wrong"] == [[[], 1008], [[], 1008], [[], 1008], [[], 1003], [[], 1008]]


def test_security_nobody_drives_without_a_token(said):
    for done, _ in said["none"]:
        assert done in ([], ["stop"])
