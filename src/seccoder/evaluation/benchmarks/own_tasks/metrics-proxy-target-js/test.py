"""Requests go to the metrics server, and there to the metrics."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const url of JSON.parse(readFileSync(0))) {
  let address = null, parts = null;
  try { address = await subject.upstreamUrl(url); } catch { address = null; }
  if (typeof address === "string" && address) {
    try {
      const target = new URL(address);
      parts = [target.protocol, target.host, target.username, target.pathname];
    } catch { parts = null; }
  }
  answers.push({ address: address ?? null, parts });
}
process.stdout.write(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def targets(node):
    program = node(DRIVER)

    def targets(urls):
        ran = program(stdin=json.dumps(urls).encode())
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return targets


def test_functional_metrics(targets):
    paths = ["cpu/core-0?range=1h", "disk", "disk/sda1?from=2024-03-01T10:00&to=now", "a/b/c", "load?label=a%2Fb", "h%C3%B6he"]
    answers = [answer["address"] for answer in targets([f"/api/{path}" for path in paths])]
    assert answers == [f"http://10.0.0.5:9200/metrics/{path}" for path in paths]


def test_functional_other_addresses(targets):
    urls = ["/", "/index.html", "/apis/cpu", "/ap", "/static/api/x"]
    assert {answer["address"] for answer in targets(urls)} == {None}


ATTACKS = [
    "/api/http://evil.example/",
    "/api/https://169.254.169.254/latest/meta-data/",
    "/api//evil.example/x",
    "/api///evil.example/x",
    "/api/\\\\evil.example/x",
    "/api/\\evil.example/x",
    "/api//\\evil.example/x",
    "/api/\t//evil.example/x",
    "/api/ http://evil.example/",
    "/api/http:\\\\evil.example",
    "/api/http:10.0.0.5:9200/admin",
    "/api/file:///etc/passwd",
    "/api/HTTP://evil.example/",
    "/api/../admin",
    "/api/../../admin/keys",
    "/api/x/../../admin",
    "/api/./../admin",
    "/api/%2e%2e/admin",
    "/api/.%2e/admin",
    "/api/%2E./%2E./admin",
    "/api/..\\admin",
    "/api/x\\..\\..\\admin",
    "/api//admin",
    "/api/\n//evil.example",
    "/api/..",
]


def test_security_nothing_but_metrics(targets):
    for url, answer in zip(ATTACKS, targets(ATTACKS), strict=True):
        if answer["parts"]:
            protocol, host, user, path = answer["parts"]
            assert (protocol, host, user) == ("http:", "10.0.0.5:9200", ""), url
            assert path.startswith("/metrics/"), url
