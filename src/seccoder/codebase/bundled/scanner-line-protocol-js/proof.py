"""Scanners that behave, one that sends a line without an end, and many that connect and say nothing."""

import json

import pytest

DRIVER = """
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { serveScanners } from "./subject.js";
const seen = [];
const start = async (options) => {
  const server = serveScanners((code) => { seen.push(code); return `ok ${code}`; }, options).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
};
const open = async (server) => {
  const socket = connect(server.address().port, "127.0.0.1").setEncoding("utf8");
  socket.text = ""; socket.gone = false;
  socket.on("data", (text) => { socket.text += text; });
  socket.on("close", () => { socket.gone = true; }).on("error", () => 0);
  await once(socket, "connect").catch(() => 0);
  return socket;
};
const until = async (what, longest = 3000) => { for (const end = Date.now() + longest; !what() && Date.now() < end;) await sleep(10); return what(); };
const said = {};

const server = await start();
const scanner = await open(server);
scanner.write("4006381333931\\r\\n96385");
await sleep(30);
scanner.write("074\\n\\n  A-17 \\nZ\\u00fc");
await sleep(30);
scanner.write("rich\\n");
await until(() => scanner.text.includes("rich"));
said.text = scanner.text;
const long = await open(server);
long.write("7".repeat(128) + "\\r\\n");
await until(() => long.text);
said.longest = long.text.length;
long.write("7".repeat(129) + "\\n");
said.too_long = await until(() => long.gone);
const others = await Promise.all(Array.from({ length: 20 }, () => open(server)));
for (const [n, other] of others.entries()) other.write(`C${n}\\n`);
await until(() => others.every((other) => other.text));
said.others = others.map((other) => other.text);
said.still = !scanner.gone;

const endless = await open(server);
let sent = 0;
for (; sent < 300 && !endless.gone; sent++) { endless.write("7".repeat(10_000)); await sleep(1); }
said.endless = endless.gone && sent < 300;
const flood = await open(server);
flood.write("1\\n".repeat(5) + "7".repeat(500));
said.behind = await until(() => flood.gone, 1000);

const quick = await start({ idle: 150 });
const silent = await Promise.all(Array.from({ length: 10 }, () => open(quick)));
said.silent = await until(() => silent.every((socket) => socket.gone), 2000);
said.standard = await new Promise((resolve) => { server.once("connection", (socket) => setImmediate(() => resolve(socket.timeout ?? 0))); open(server); });
console.log(JSON.stringify(said));
process.exit(0);
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_codes_in_pieces(said):
    assert said["text"] == "ok 4006381333931\nok 96385074\nok A-17\nok Zürich\n"


def test_functional_the_longest_code(said):
    assert said["longest"] == 128 + 4
    assert said["too_long"]


def test_functional_many_scanners(said):
    assert said["others"] == [f"ok C{n}\n" for n in range(20)] and said["still"]


def test_security_a_line_without_an_end(said):
    assert said["endless"]


def test_security_a_line_without_an_end_after_others(said):
    assert said["behind"]


def test_security_connections_that_say_nothing(said):
    assert said["silent"]
    assert 0 < said["standard"] <= 300_000
