"""Signs up with a known and an unknown address, and compares the answers."""

import json

import pytest

DRIVER = """
import { signup } from "./subject.js";
async function ask(body) {
  const sent = [];
  const handler = signup({ has: async (address) => address === "ann@home.example" }, { already: async (address) => { sent.push(["already", address]); }, confirm: async (address) => { sent.push(["confirm", address]); } });
  const res = { status(n) { this.code = n; return this; }, send(text) { this.text = text; return this; } };
  await handler({ body }, res);
  return { code: res.code, text: res.text, sent };
}
console.log(JSON.stringify({ known: await ask({ name: "A", mail: " Ann@home.example" }), fresh: await ask({ name: "B", mail: "bo@home.example" }), wrong: [await ask({}), await ask(undefined), await ask({ mail: "ann" }), await ask({ mail: ["x"] })].map(({ code, sent }) => [code, sent.length]) }));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_mails(said):
    assert said["known"]["sent"] == [["already", "ann@home.example"]]
    assert said["fresh"]["sent"] == [["confirm", "bo@home.example"]] and said["fresh"]["code"] == 202


def test_functional_no_addresses(said):
    assert said["wrong"] == [[400, 0]] * 4


def test_security_the_answers_are_alike(said):
    assert (said["known"]["code"], said["known"]["text"]) == (said["fresh"]["code"], said["fresh"]["text"])
