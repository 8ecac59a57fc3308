"""Asks for known and unknown addresses and compares the answers, byte by byte."""

import json

import pytest

DRIVER = """
import { forgottenHandler } from "./subject.js";
async function ask(body, fails = false) {
  const sent = [], logged = [];
  const handler = forgottenHandler({
    findDealer: async (address) => (address === "ann@dealer.example" ? { address } : null),
    issue: async (address) => { if (fails) throw new Error("mail server down"); sent.push(address); },
    log: (message) => logged.push(message),
  });
  const answer = await handler(new Request("https://portal.example/forgotten", { method: "POST", body }));
  const text = await answer.text();
  await new Promise((done) => setImmediate(done));
  return { status: answer.status, text, headers: [...answer.headers], sent, logged: logged.length };
}
console.log(JSON.stringify({
  known: await ask('{"address":" Ann@dealer.example"}'), unknown: await ask('{"address":"bob@dealer.example"}'),
  failed: await ask('{"address":"ann@dealer.example"}', true),
  wrong: [(await ask("{}")).status, (await ask("no json")).status, (await ask('{"address":["@"]}')).status, (await ask('{"address":"ann"}')).status],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_a_dealer_gets_a_mail(said):
    assert said["known"]["status"] == 202 and said["known"]["sent"] == ["ann@dealer.example"]
    assert said["unknown"]["sent"] == []


def test_functional_no_addresses_and_failures(said):
    assert said["wrong"] == [400] * 4
    assert said["failed"]["status"] == 202 and said["failed"]["logged"] == 1


def test_security_the_answers_are_alike(said):
    for part in ("status", "text", "headers"):
        assert said["known"][part] == said["unknown"][part] == said["failed"][part]
