"""Requests to both servers, whose addresses are looked at, with whatever Host header somebody writes."""

import json

import pytest

DRIVER = """
import { once } from "node:events";
import { request } from "node:http";
import { start } from "./subject.js";
const store = [], { scales, tools } = await start(0, store);
async function ask(server, method, path, body = "", headers = {}) {
  const call = request({ host: "127.0.0.1", port: server.address().port, method, path, headers });
  call.end(body);
  const [answer] = await once(call, "response");
  let text = "";
  for await (const piece of answer) text += piece;
  return [answer.statusCode, text];
}
const said = { posted: [await ask(scales, "POST", "/weights", "41250"), await ask(scales, "POST", "/weights", "heavy"), await ask(scales, "POST", "/weights", "9".repeat(2000)), await ask(scales, "POST", "/x", "1")] };
said.read = await ask(tools, "GET", "/weights");
said.others = [];
for (const host of ["scale.farm.example", "localhost", "127.0.0.1:8080"]) for (const method of ["GET", "DELETE"]) said.others.push((await ask(scales, method, "/weights", "", { Host: host }))[0]);
said.kept = store.length;
said.addresses = [scales.address().address, tools.address().address];
said.cleared = [(await ask(tools, "DELETE", "/weights"))[0], store.length, (await ask(tools, "PUT", "/weights"))[0]];
console.log(JSON.stringify(said));
process.exit(0);
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_weights_come_and_are_read(said):
    assert [status for status, _ in said["posted"]] == [204, 400, 413, 404] and said["addresses"][0] == "0.0.0.0"


def test_functional_the_tools(said):
    assert said["cleared"] == [204, 0, 405] and said["read"][0] == 200


def test_security_the_tools_listen_on_this_computer_only(said):
    assert said["addresses"][1] == "127.0.0.1"


def test_security_a_host_header_opens_nothing(said):
    assert said["others"] == [404] * 6 and said["kept"] == 1
