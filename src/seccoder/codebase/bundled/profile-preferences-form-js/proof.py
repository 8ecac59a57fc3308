"""A request with the session but without the form's token, or with the token of another session, changes nothing."""

import json

import pytest

DRIVER = r"""
import { formToken, postPreferences } from "./subject.js";
const key = "k".repeat(32), session = { id: "s1", user: "ann" };
const users = new Map([["ann", { newsletter: false }]]);
const tokens = { own: formToken(session, key), other: formToken({ id: "s2", user: "eve" }, key), key: formToken(session, "x") };
const [token, who] = JSON.parse(process.argv[2]);
const body = { newsletter: "on", token: tokens[token] ?? token };
if (token === null) delete body.token;
console.log(JSON.stringify([postPreferences({ body }, who ? session : null, key, users), users.get("ann").newsletter]));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def test_functional_own_form(run):
    assert run(["own", True]) == [303, True]
    assert run(["own", False]) == [401, False]


@pytest.mark.parametrize("token", [None, "", "other", "key", "0" * 64, ["x"], {"length": 64}])
def test_security_from_another_page(run, token):
    assert run([token, True]) == [403, False]
