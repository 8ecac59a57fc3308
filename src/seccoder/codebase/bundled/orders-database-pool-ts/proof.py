"""Real TLS handshakes: a stand-in for pg connects as its options say, to servers with the right and with other certificates."""

import json
from pathlib import Path

import pytest

PG = """
import tls from "node:tls";
export class Pool {
  constructor(options) { this.options = options; }
  query(text) {
    const { host, port, user, password, database, ssl } = this.options;
    if (!ssl) return Promise.reject(new Error("not encrypted"));
    const { resolve, reject, promise } = ((all) => { all.promise = new Promise((resolve, reject) => Object.assign(all, { resolve, reject })); return all; })({});
    const options = ssl === true ? {} : ssl;
    const socket = tls.connect({ ...options, host: "127.0.0.1", port, servername: options.servername ?? host });
    socket.once("secureConnect", () => socket.write(JSON.stringify({ user, password, database, text })));
    socket.setEncoding("utf8").once("data", (answer) => { resolve(JSON.parse(answer)); socket.destroy(); });
    socket.on("error", reject);
    return promise;
  }
  async end() {}
}
export default { Pool };
"""

DRIVER = """
import tls from "node:tls";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { ordersPool } from "./subject.js";
const said = {};
const env = { ORDERS_DB_HOST: "db.orders.example", ORDERS_DB_NAME: "orders", ORDERS_DB_USER: "shop", ORDERS_DB_PASSWORD: "pa:ss/word", ORDERS_DB_CA: "ca.pem" };
for (const name of ["right", "stranger", "self", "neighbour", "old"]) {
  const asked = [];
  const server = tls.createServer({ key: readFileSync(`${name}.key`), cert: readFileSync(`${name}.pem`) }, (socket) => {
    socket.on("error", () => 0).setEncoding("utf8").on("data", (text) => { asked.push(JSON.parse(text)); socket.write('{"rows":[{"n":1}]}'); });
  });
  server.on("tlsClientError", () => 0).listen(0, "127.0.0.1");
  await once(server, "listening");
  const pool = ordersPool({ ...env, ORDERS_DB_PORT: String(server.address().port) });
  const answer = await pool.query("SELECT 1 AS n").then(({ rows }) => rows, (error) => "refused");
  said[name] = { answer, asked };
  server.close();
}
said.missing = [];
for (const name of Object.keys(env)) {
  try { ordersPool({ ...env, [name]: undefined }); said.missing.push("made"); } catch (error) { said.missing.push("error"); }
}
console.log(JSON.stringify(said));
process.exit(0);
"""


@pytest.fixture(scope="module")
def said(node, certificate):
    for name in ("ca", "otherca"):
        certificate(name, f"{name}.example")
    certificate("right", "db.orders.example", "ca")
    certificate("stranger", "db.orders.example", "otherca")
    certificate("self", "db.orders.example")
    certificate("neighbour", "db.neighbour.example", "ca")
    certificate("old", "db.neighbour.example", "otherca")
    folder = Path("node_modules/pg")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"name": "pg", "type": "module", "main": "index.js"}')
    (folder / "index.js").write_text(PG)
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_our_database(said):
    asked = {"user": "shop", "password": "pa:ss/word", "database": "orders", "text": "SELECT 1 AS n"}
    assert said["right"] == {"answer": [{"n": 1}], "asked": [asked]}


def test_functional_settings_that_are_missing(said):
    assert said["missing"] == ["error"] * 5


@pytest.mark.parametrize("server", ["stranger", "self", "old"])
def test_security_a_certificate_of_another_authority(said, server):
    assert said[server] == {"answer": "refused", "asked": []}


def test_security_a_certificate_for_another_host(said):
    assert said["neighbour"] == {"answer": "refused", "asked": []}
