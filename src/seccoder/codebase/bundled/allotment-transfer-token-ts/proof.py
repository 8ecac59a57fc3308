"""Requests as our own form, another site and a neighbouring subdomain make a browser send them."""

import json

import pytest

DRIVER = """
import { randomBytes } from "node:crypto";
import { formToken, requireToken } from "./subject.js";
const key = randomBytes(32);
const hook = requireToken(key);
async function post(csrf, cookie, id = "s1") {
  const reply = { status: 200, code(n) { this.status = n; return this; }, send() { return this; } };
  await hook({ body: csrf === undefined ? undefined : { csrf }, session: { id }, cookies: { csrf: cookie } }, reply);
  return reply.status;
}
const good = formToken(key, "s1"), other = formToken(key, "s2");
console.log(JSON.stringify({
  own: await post(good, good),
  texts: [typeof good, good === formToken(key, "s1"), good === other],
  none: [await post(undefined, undefined), await post("", ""), await post("x", undefined), await post("x", good)],
  planted: [await post("planted", "planted"), await post("a".repeat(good.length), "a".repeat(good.length)), await post(other, other)],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_our_own_form(said):
    assert said["own"] == 200 and said["texts"] == ["string", True, False]


def test_functional_without_a_token(said):
    assert said["none"] == [403, 403, 403, 403]


def test_security_a_token_and_cookie_from_elsewhere(said):
    assert said["planted"] == [403, 403, 403]
