"""Real TLS handshakes over a Unix socket, with certificates made for this run: one to trust, others to refuse."""

import json
from pathlib import Path

import pytest

DRIVER = """
import https from "node:https";
import net from "node:net";
import tls from "node:tls";
import { readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const connect = tls.connect;
tls.connect = (options) => {  // everything as asked for, only through our socket
  const { host, port, path, servername, ...rest } = options;
  return connect({ ...rest, servername: servername || host, socket: net.connect(sock) });
};
syncBuiltinESMExports();
const { readMeter } = await import("./subject.js");
let sock;
const answers = [];
for (const [certificate, host, status = 200] of JSON.parse(readFileSync(0))) {
  let served = 0;
  const options = { key: readFileSync(`${certificate}.key`), cert: readFileSync(`${certificate}.pem`) };
  const server = https.createServer(options, (request, response) => {
    served += 1;
    response.writeHead(status).end(JSON.stringify({ path: request.url, watts: 5200 }));
  });
  server.on("tlsClientError", () => {});
  sock = `s${answers.length}.sock`;
  await new Promise((ready) => server.listen(sock, ready));
  const answer = await readMeter(host, "plant.pem").catch((error) => ({ error: error.code ?? error.message }));
  answers.push({ ...answer, served });
  server.close(); server.closeAllConnections();
}
console.log(JSON.stringify(answers));
"""
HOST = "gateway.plant.example"


@pytest.fixture(scope="module")
def read(node, certificate):
    run = node(DRIVER)
    for name in ["plant", "stranger"]:
        certificate(name, "authority.plant.example")
    certificate("gateway", HOST, "plant")
    certificate("other-gateway", "camera.plant.example", "plant")
    certificate("outdated", HOST, "plant", years=(2020, 2021))
    certificate("forged", HOST, "stranger")
    certificate("self-made", HOST)

    def answers(*requests):
        for sock in Path().glob("*.sock"):
            sock.unlink()
        ran = run(stdin=json.dumps(requests).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_the_gateway_is_read(read):
    assert read(["gateway", HOST]) == [{"path": "/values", "watts": 5200, "served": 1}]


def test_functional_error_answers(read):
    assert read(["gateway", HOST, 503])[0]["error"] == "The gateway answered 503"


@pytest.mark.parametrize("name", ["self-made", "forged", "outdated", "other-gateway"])
def test_security_other_certificates_are_refused(read, name):
    (answer,) = read([name, HOST])
    assert "error" in answer and answer["served"] == 0


def test_security_the_certificate_is_for_this_host(read):
    (answer,) = read(["gateway", "gateway.plant.example.evil.example"])
    assert "error" in answer and answer["served"] == 0
