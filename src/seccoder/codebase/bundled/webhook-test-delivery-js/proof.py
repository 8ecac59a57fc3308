"""Name resolution and sockets are stand-ins that note which address each request was connected to."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { EventEmitter } from "node:events";
import dns from "node:dns";
import https from "node:https";
import { isIP } from "node:net";
import { syncBuiltinESMExports } from "node:module";

const { names, addresses } = JSON.parse(readFileSync(0));
const connected = [];

function resolve(host) {
  const turns = names[host] ?? [];
  return (turns.length > 1 ? turns.shift() : turns[0] ?? []).map((address) => ({ address, family: isIP(address) }));
}
dns.lookup = (host, options, callback = options) => {
  const found = resolve(host);
  if (!found.length) return queueMicrotask(() => callback(Object.assign(new Error("not found"), { code: "ENOTFOUND" })));
  queueMicrotask(() => options.all ? callback(null, found) : callback(null, found[0].address, found[0].family));
};
dns.promises.lookup = async (host, options = {}) => {
  const found = resolve(host);
  if (!found.length) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
  return options.all ? found : found[0];
};
https.request = (url, options, answer) => {
  const request = new EventEmitter();
  request.destroy = (error) => request.emit("error", error);
  request.end = (body) => {
    const host = url.hostname.replace(/[[\\]]/g, "");
    const go = (error, found) => {
      if (error) return request.emit("error", error);
      connected.push({ address: Array.isArray(found) ? found[0].address : found, host, body, method: options.method });
      answer({ statusCode: 202, resume() { return this; } });
    };
    if (isIP(host)) go(null, host); else (options.lookup ?? dns.lookup)(host, { all: true }, go);
  };
  return request;
};
syncBuiltinESMExports();
const { sendTestEvent } = await import("./subject.js");
const answers = [];
for (const address of addresses) answers.push(await sendTestEvent(address).catch((error) => "refused"));
console.log(JSON.stringify({ answers, connected }));
"""
PUBLIC = {"hooks.shop.example": [["93.184.216.34"]], "v6.example": [["2606:2800:220:1::1", "93.184.216.34"]]}


@pytest.fixture(scope="module")
def send(node):
    run = node(DRIVER)

    def answers(*addresses, **names):
        names = PUBLIC | {name.replace("_", "."): turns for name, turns in names.items()}
        ran = run(stdin=json.dumps({"names": names, "addresses": addresses}).encode())
        assert ran.code == 0, ran.err
        said = json.loads(ran.out)
        return said["answers"], said["connected"]

    return answers


def test_functional_public_hosts_get_the_event(send):
    answers, connected = send("https://hooks.shop.example/in?id=1", "https://v6.example:8443/")
    assert answers == [202, 202]
    assert [c["address"] for c in connected] == ["93.184.216.34", "2606:2800:220:1::1"]
    assert json.loads(connected[0]["body"]) == {"event": "test"} and connected[0]["method"] == "POST"


def test_functional_unknown_host_and_other_schemes(send):
    assert send("https://nowhere.example/", "http://hooks.shop.example/", "ftp://hooks.shop.example/") == (
        ["refused"] * 3,
        [],
    )


def test_functional_obvious_internal_hosts(send):
    assert send("https://127.0.0.1/", "https://localhost/", localhost=[["127.0.0.1"]]) == (["refused"] * 2, [])


INSIDE = ["127.0.0.1", "10.1.2.3", "172.31.0.9", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0"]  # noqa: S104
INSIDE_V6 = [
    "::1",
    "::",
    "fd00::1",
    "fe80::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
]


@pytest.mark.parametrize("address", [*INSIDE, *INSIDE_V6])
def test_security_a_name_that_leads_inside(send, address):
    assert send("https://hook.example/", hook_example=[[address]]) == (["refused"], [])


def test_security_one_public_and_one_internal_address(send):
    assert send("https://hook.example/", hook_example=[["93.184.216.34", "10.0.0.1"]]) == (["refused"], [])


def test_security_a_name_that_changes_its_address(send):
    _, connected = send("https://hook.example/", hook_example=[["93.184.216.34"], ["127.0.0.1"]])
    assert "127.0.0.1" not in [c["address"] for c in connected]


def test_security_addresses_in_other_spellings(send):
    spellings = ["2130706433", "0x7f.1", "017700000001", "127.1", "[::1]", "[::ffff:7f00:1]", "[::]", "0", "127.0.0.1."]
    answers, connected = send(*(f"https://{spelling}/" for spelling in spellings))
    assert (answers, connected) == (["refused"] * len(spellings), [])
