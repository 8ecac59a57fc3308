"""Asks for the same routes in many spellings, with and without the token."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { createApp } from "./subject.js";
const answers = [];
for (const [method, path, authorization] of JSON.parse(readFileSync(0))) {
  const backups = new Map([["mon", 1], ["tue", 2]]);
  const headers = authorization === null ? {} : { authorization };
  const response = await createApp("t0ken", backups)(new Request(`http://nas.example${path}`, { method, headers }));
  answers.push([response.status, await response.text(), [...backups.keys()].join()]);
}
console.log(JSON.stringify(answers));
"""
TOKEN = "Bearer t0ken"


@pytest.fixture(scope="module")
def send(node):
    run = node(DRIVER)

    def answers(*requests):
        ran = run(stdin=json.dumps(requests).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_with_the_token(send):
    paths = ["/backups", "/Backups", "//backups/", "/backups?x=1"]
    for status, text, _ in send(*(["GET", path, TOKEN] for path in paths)):
        assert (status, json.loads(text)) == (200, ["mon", "tue"])
    assert send(["POST", "/backups/delete?name=mon", TOKEN]) == [[200, '{"deleted":true}', "tue"]]


def test_functional_health_is_open(send):
    assert [answer[0] for answer in send(["GET", "/health", None], ["GET", "/Health/", "Bearer wrong"])] == [200, 200]


def test_functional_not_found(send):
    assert [a[0] for a in send(["GET", "/", TOKEN], ["GET", "/x", None], ["POST", "/health", None])] == [404] * 3


def test_security_no_or_a_wrong_token(send):
    wrong = [None, "", "Bearer", "Bearer wrong", "t0ken", "Bearer t0ken2", "bearer T0KEN", "Basic t0ken"]
    for status, text, _ in send(*(["GET", "/backups", authorization] for authorization in wrong)):
        assert status == 401 and "mon" not in text


SPELLINGS = [
    "/Backups",
    "/BACKUPS/",
    "//backups",
    "///backups//",
    "/./backups",
    "/health/../backups",
    "/x/..//Backups",
    "//nas/..//backups",
]


@pytest.mark.parametrize("path", SPELLINGS)
def test_security_other_spellings_of_the_path(send, path):
    ((status, text, _),) = send(["GET", path, None])
    assert status in (401, 404) and "mon" not in text


@pytest.mark.parametrize("path", ["/backups/Delete", "/Backups/delete", "//backups//delete/", "/backups/delete"])
def test_security_nothing_is_deleted(send, path):
    ((status, _, left),) = send(["POST", f"{path}?name=mon", None])
    assert status in (401, 404) and left == "mon,tue"
