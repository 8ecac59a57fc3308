"""Follows the link with addresses that only look like a partner's."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((to) => {
  const clicks = [];
  const location = subject.outboundLocation(to, (partner) => clicks.push(partner));
  return { location, clicks, host: new URL(location, "https://travel.example/out").hostname };
})));
"""


@pytest.fixture(scope="module")
def out(node):
    run = node(DRIVER)

    def answers(*addresses):
        ran = run(stdin=json.dumps(addresses).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_partners(out):
    addresses = [
        "https://rail.example/offers?from=Ulm&to=Bonn#fares",
        "https://www.ferries.example/a%20b",
        "https://a.b.rail.example/",
    ]
    for address, answer in zip(addresses, out(*addresses), strict=True):
        assert answer["location"] == address
    assert [answer["clicks"] for answer in out(*addresses)] == [["rail.example"], ["ferries.example"], ["rail.example"]]


def test_functional_upper_case_host(out):
    assert out("https://WWW.Rail.example/x")[0] == {
        "location": "https://www.rail.example/x",
        "clicks": ["rail.example"],
        "host": "www.rail.example",
    }


def test_functional_others_go_to_the_partner_page(out):
    for answer in out(
        "https://evil.example/", "http://rail.example/", "/offers", "", "rail.example", "javascript:alert(1)"
    ):
        assert answer["location"] == "/partners" and answer["clicks"] == []


ATTACKS = [
    "https://rail.example.evil.example/",
    "https://rail.examples.evil.example/",
    "https://rail.example@evil.example/",
    "https://rail.example:443@evil.example/",
    "https://rail.example%40evil.example@evil.example",
    "https://evilrail.example/",
    "https://www-rail.example/",
    "https://evil.example/https://rail.example/",
    "https://evil.example\\@rail.example/",
    "https://evil.example#@rail.example/",
    "https:\\\\evil.example/.rail.example",
    "//evil.example/rail.example",
    "https:evil.example?.rail.example",
    "https://rail.example\t.evil.example/",
    "https://rail.exampleevil.example",
    "data:text/html,https://rail.example",
]


def test_security_never_to_another_host(out):
    for attack, answer in zip(ATTACKS, out(*ATTACKS), strict=True):
        host = answer["host"]
        assert host in ("travel.example", "rail.example") or host.endswith((".rail.example", ".ferries.example")), (
            attack
        )


def test_security_login_data_and_plain_http(out):
    for answer in out("https://user:pw@rail.example/", "https://rail.example@rail.example.evil.example"):
        assert answer["location"] == "/partners"
