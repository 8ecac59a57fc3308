"""Secrets at every depth and under similar names must not be in the log, and the request must stay as it was."""

import json

import pytest

DRIVER = r"""
import { debugLog } from "./subject.js";
const lines = [];
const request = { method: "POST", path: "/sign-up", body: JSON.parse(process.argv[2]) };
const before = JSON.stringify(request.body);
debugLog((line) => lines.push(line))(request, {}, () => lines.push("next"));
console.log(JSON.stringify([...lines, JSON.stringify(request.body) === before]));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def test_functional_line(run):
    assert run({"name": "ann", "city": "Ulm"}) == ['POST /sign-up {"name":"ann","city":"Ulm"}', "next", True]
    assert run({"password": "s3cr3t"})[0] == 'POST /sign-up {"password":"..."}'


@pytest.mark.parametrize(
    "body",
    [
        {"account": {"password": "s3cr3t"}},
        {"passwordRepeat": "s3cr3t"},
        {"payment": [{"cardNumber": "s3cr3t", "CVC": "s3cr3t"}]},
        {"inviteToken": "s3cr3t", "name": "ann"},
        {"account": {"password": {"old": "s3cr3t"}}},
    ],
)
def test_security_secrets(run, body):
    line, went, same = run(body)
    assert "s3cr3t" not in line and (went, same) == ("next", True)
