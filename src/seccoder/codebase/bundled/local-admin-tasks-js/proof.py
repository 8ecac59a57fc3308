"""127.0.0.2 stands for the machine's address in the network: the server must not be there, whatever the Host says."""

import json

import pytest

DRIVER = """
import http from "node:http";
import { readFileSync } from "node:fs";
import { startAdmin } from "./subject.js";
let ran = [];
const tasks = {
  drain: () => { ran.push("drain"); },
  reload: async () => { await null; ran.push("reload"); },
  stuck: () => { throw new Error("paper jam"); },
};
const server = startAdmin(0, tasks);
if (!server.listening) await new Promise((done) => server.once("listening", done));
const { port } = server.address();
const ask = (address, method, path, headers) => new Promise((done) => {
  const request = http.request({ host: address, port, method, path, headers, agent: false, timeout: 5000 });
  request.on("response", (response) => response.resume().on("end", () => done(response.statusCode)));
  request.on("error", (error) => done(error.code)).on("timeout", () => request.destroy()).end();
});
for (const [address, method, path, headers] of JSON.parse(readFileSync(0))) {
  ran = [];
  const status = await ask(address, method, path, headers);
  console.log(JSON.stringify([status, ran]));
}
console.log(JSON.stringify(server.address().address));
server.close();
"""
HERE = "127.0.0.1"
LOCAL_USE = [
    ((HERE, "POST", "/drain", {"Host": "localhost:9000"}), [204, ["drain"]]),
    ((HERE, "POST", "/reload", {}), [204, ["reload"]]),
    ((HERE, "POST", "/stuck", {}), [500, []]),
    ((HERE, "GET", "/drain", {}), [404, []]),
    ((HERE, "POST", "/nothing", {}), [404, []]),
    ((HERE, "POST", "/toString", {}), [404, []]),
]
REBINDING = ["evil.test", "evil.test:9000", "localhost.evil.test", "127.0.0.1.evil.test", "evil.test@localhost"]
HEADERS = [
    {"Host": "localhost"},
    {"Host": "127.0.0.1:9000"},
    {"Host": "localhost:1", "X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"},
    {"Host": "printer.example", "X-Forwarded-Host": "localhost"},
]
NEIGHBOURS = ["127.0.0.2", "127.1.2.3"]
REMOTE = [(address, "POST", "/drain", headers) for address in NEIGHBOURS for headers in HEADERS]


@pytest.fixture(scope="module")
def said(node):
    cases = [
        *(case for case, _ in LOCAL_USE),
        *((HERE, "POST", "/drain", {"Host": host}) for host in REBINDING),
        *REMOTE,
    ]
    ran = node(DRIVER)(stdin=json.dumps(cases).encode())
    assert ran.code == 0, ran.err
    return dict(zip([*map(str, cases), "address"], map(json.loads, ran.out.splitlines()), strict=True))


@pytest.mark.parametrize(("case", "wanted"), LOCAL_USE)
def test_functional_on_the_machine(said, case, wanted):
    assert said[str(case)] == wanted


@pytest.mark.parametrize("host", REBINDING)
def test_functional_web_pages_of_others_are_refused(said, host):
    status, ran = said[str((HERE, "POST", "/drain", {"Host": host}))]
    assert status in (400, 403) and ran == []


@pytest.mark.parametrize("case", REMOTE)
def test_security_no_connection_from_the_network(said, case):
    assert said[str(case)] == ["ECONNREFUSED", []]


def test_security_listens_on_the_loopback_only(said):
    assert said["address"] in ("127.0.0.1", "::1")
