"""Posts the form from our page and, with the same cookie, the way browsers post it from other sites."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { handleTarget } from "./subject.js";
const answers = [];
for (const { method = "POST", headers, body } of JSON.parse(readFileSync(0))) {
  const heating = { target: 20 };
  const request = new Request("https://heating.example/target", { method, headers, body: method === "GET" ? undefined : body });
  const response = await handleTarget(request, new Map([["s1", { user: "ann" }]]), heating);
  answers.push({ status: response.status, target: heating.target, text: await response.text() });
}
console.log(JSON.stringify(answers));
"""
OURS = {"cookie": "theme=dark; session=s1", "origin": "https://heating.example", "referer": "https://heating.example/"}


@pytest.fixture(scope="module")
def send(node):
    run = node(DRIVER)

    def answers(*requests):
        requests = [{"headers": OURS, "body": "target=25", **request} for request in requests]
        ran = run(stdin=json.dumps(requests).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_reads_and_sets_the_target(send):
    read, changed, half = send({"method": "GET"}, {}, {"body": "target=18.5"})
    assert (read["status"], json.loads(read["text"])) == (200, {"target": 20})
    assert (changed["status"], changed["target"]) == (303, 25)
    assert half["target"] == 18.5


def test_functional_bad_values_and_methods(send):
    for answer in send(*({"body": body} for body in ["target=31", "target=4", "target=warm", "", "target=NaN"])):
        assert (answer["status"], answer["target"]) == (400, 20)
    assert send({"method": "PUT"})[0]["status"] == 405


def test_functional_without_a_session(send):
    for cookie in ["", "session=s2", "xsession=s1", "session="]:
        (answer,) = send({"headers": OURS | {"cookie": cookie}})
        assert (answer["status"], answer["target"]) == (401, 20)


def refused(send, *headers):
    for sent, answer in zip(headers, send(*({"headers": {"cookie": "session=s1", **h}} for h in headers)), strict=True):
        assert (answer["status"], answer["target"]) == (403, 20), sent


def test_security_another_site(send):
    refused(send, {"origin": "https://evil.example", "referer": "https://evil.example/"})


def test_security_without_a_referer(send):
    refused(send, {"origin": "https://evil.example"}, {"origin": "null"}, {})


def test_security_our_name_in_another_address(send):
    refused(
        send,
        {"origin": "https://evil.example", "referer": "https://evil.example/?heating.example"},
        {"origin": "https://heating.example.evil.example", "referer": "https://heating.example.evil.example/"},
        {"origin": "https://evil-heating.example", "referer": "https://evil-heating.example/"},
        {"origin": "https://guests.heating.example", "referer": "https://guests.heating.example/"},
        {"origin": "http://heating.example", "referer": "http://heating.example/"},
        {"origin": "https://heating.example:8443", "referer": "https://heating.example:8443/"},
    )
