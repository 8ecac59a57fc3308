"""Reads the table as a mail program does and lists its elements and attributes."""

import json

import pytest
from html.parser import HTMLParser

DRIVER = r"""
import { tourTable } from "./subject.js";
const at = (venue, link, city = "Graz", date = "5 May") => tourTable([{ date, venue, city, link }]);
console.log(JSON.stringify({
  two: tourTable([{ date: "5 May", venue: "Orpheum & Bar", city: "Graz", link: "https://orpheum.example/?a=1&b=2" }, { date: "6 May", venue: "Barn", city: "Linz" }]),
  none: tourTable([]), script: at("x", "javascript:alert(1)"),
  evil: [at("x", 'https://a.example/" onmouseover="alert(1)'), at("x", 'https://a.example/"><img src=x onerror=alert(1)>'), at('<img src=x onerror="1">', "https://a.example/"), at("x", undefined, "<b>"), at("x", undefined, "y", "</td><script>1</script>")],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def tags(markup):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, sorted(name for name, _ in attributes)))
    parser.feed(markup)
    return found


def test_functional_rows_and_links(said):
    row = [("tr", []), ("td", []), ("td", [])]
    assert tags(said["two"]) == [("table", []), *row, ("a", ["href"]), ("td", []), *row, ("td", [])]
    assert "Orpheum &amp; Bar</a>" in said["two"] and said["none"] == "<table></table>"


def test_functional_only_https_links(said):
    assert "<a" not in said["script"]


def test_security_nothing_but_the_table(said):
    for markup in said["evil"]:
        assert {tag for tag, _ in tags(markup)} <= {"table", "tr", "td", "a"}
        assert all(names in ([], ["href"]) for _, names in tags(markup))
