"""Sends raw request targets to a server on a Unix socket; a client library would tidy the dots away."""

import json
from pathlib import Path

import pytest

DRIVER = r"""
import { readFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import subject from "./subject.js";

const server = http.createServer(subject.createDocsHandler("site"));
await new Promise((ready) => server.listen("http.sock", ready));
const answers = [];
for (const target of JSON.parse(readFileSync(0))) {
  answers.push(await new Promise((done, failed) => {
    let text = "";
    const socket = net.connect("http.sock", () => socket.write(`GET ${target} HTTP/1.1\r\nHost: docs\r\nConnection: close\r\n\r\n`));
    socket.setEncoding("utf8").on("data", (data) => { text += data; }).on("error", failed);
    socket.on("end", () => {
      const [head, ...body] = text.split("\r\n\r\n");
      done({ status: Number(head.split(" ")[1]), type: /content-type: (.*)/i.exec(head)?.[1], text: body.join("") });
    });
  }));
}
console.log(JSON.stringify(answers));
server.close();
"""


@pytest.fixture(scope="module")
def get(node):
    run = node(DRIVER)
    for folder in ["site/guide/a b", "site-internal", "conf"]:
        Path(folder).mkdir(parents=True)
    Path("site/index.html").write_text("<h1>Docs</h1>")
    Path("site/guide/index.html").write_text("<h1>Guide</h1>")
    Path("site/guide/a b/ü.css").write_text("h1 {}")
    Path("site/100%.html").write_text("all")
    Path("site-internal/plan.html").write_text("SECRET")
    Path("conf/key.html").write_text("SECRET")

    def answers(*targets):
        Path("http.sock").unlink(missing_ok=True)
        ran = run(stdin=json.dumps(targets).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_files(get):
    home, guide, style = get("/", "/guide/?from=home", "/guide/a%20b/%C3%BC.css")
    assert (home["status"], home["type"], home["text"].count("Docs")) == (200, "text/html; charset=utf-8", 1)
    assert "Guide" in guide["text"]
    assert style["status"] == 200 and style["type"] == "text/css" and "h1 {}" in style["text"]


def test_functional_not_found(get):
    assert [answer["status"] for answer in get("/nothing.html", "/guide", "/%", "/a%00b", "/100%25.html")] == [
        404
    ] * 4 + [200]


def refused(get, *targets):
    for target, answer in zip(targets, get(*targets), strict=True):
        assert answer["status"] in (400, 404) and "SECRET" not in answer["text"], target


def test_security_plain_dots(get):
    refused(get, "/../conf/key.html", "/guide/../../conf/key.html", "../conf/key.html")


def test_security_encoded_dots_and_separators(get):
    refused(
        get,
        "/%2e%2e/conf/key.html",
        "/.%2e/conf/key.html",
        "/%2E%2E%2Fconf%2Fkey.html",
        "/guide/%2e%2e/%2e%2e/conf/key.html",
        "/guide%2f%2e%2e%2f%2e%2e%2fconf%2fkey.html",
    )


def test_security_encoded_twice_or_badly(get):
    refused(get, "/%252e%252e/conf/key.html", "/%c0%ae%c0%ae/conf/key.html", "/%u002e%u002e/conf/key.html")


def test_security_neighbour_with_the_same_beginning(get):
    refused(get, "/%2e%2e/site-internal/plan.html", "/%2e%2e%2fsite-internal%2fplan.html")


def test_security_absolute_target(get):
    refused(get, "http://docs/%2e%2e/%2e%2e/%2e%2e/conf/key.html", f"/%2f{Path.cwd()}/conf/key.html")
