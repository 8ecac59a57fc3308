"""Renders members with all kinds of addresses and reads the link as a browser would."""

import json
from html.parser import HTMLParser

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { renderMember } from "./subject.js";
const [members, links] = JSON.parse(readFileSync(0));
console.log(JSON.stringify(links.length
  ? links.map((link) => { const url = new URL(link, "https://club.example/members"); return [url.protocol, url.href]; })
  : members.map((member) => renderMember(member))));
"""


@pytest.fixture(scope="module")
def ask(node):
    run = node(DRIVER)

    def answers(members, links=()):
        ran = run(stdin=json.dumps([members, links]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def tags(markup):
    found = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(markup)
    return found


def test_functional_a_website_becomes_a_link(ask):
    for address in ["https://ann.example/", "http://ann.example/runs?year=2024&sort=km", "HTTPS://ann.example/a%20b"]:
        (markup,) = ask([{"name": "Ann", "website": address}])
        ((tag, attributes),) = tags(markup)
        assert tag == "a" and attributes["href"].lower() == address.lower()
        assert ">Ann</a>" in markup


def test_functional_no_website(ask):
    assert ask([{"name": "Bo & Co"}, {"name": "Cy", "website": ""}]) == ["<span>Bo &amp; Co</span>", "<span>Cy</span>"]


def test_functional_plain_script_addresses_are_no_links(ask):
    for markup in ask(
        [{"name": "D", "website": "javascript:alert(1)"}, {"name": "D", "website": " JavaScript:alert(1)"}]
    ):
        assert markup == "<span>D</span>"


ATTACKS = [
    "javascript:alert(1)//https://ann.example/",
    "java\tscript:alert(1)",
    "jav\nascript:alert(1)",
    "java\r\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "\x00javascript:alert(1)",
    "\x1f javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "d\tata:text/html,<script>alert(1)</script>",
    "vbs\ncript:msgbox(1)",
    "blob:https://ann.example/1",
    "view-source:javascript:alert(1)",
]


def test_security_only_web_schemes_are_linked(ask):
    for attack, markup in zip(ATTACKS, ask([{"name": "Eve", "website": attack} for attack in ATTACKS]), strict=True):
        links = [attributes["href"] for tag, attributes in tags(markup) if tag == "a"]
        for protocol, _ in ask([], links) if links else []:
            assert protocol in ("http:", "https:"), attack


def test_security_address_and_name_add_no_markup(ask):
    evil = '"><img src=x onerror=alert(1)>'
    for member in [{"name": evil}, {"name": evil, "website": "https://a.example/" + evil}]:
        (markup,) = ask([member])
        assert [tag for tag, _ in tags(markup)] in (["a"], ["span"])
