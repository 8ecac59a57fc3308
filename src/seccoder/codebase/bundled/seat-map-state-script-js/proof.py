"""Cuts the inline script out of the page as a browser does, runs it, and compares the state with what went in."""

import json

import pytest

DRIVER = r"""
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { renderSeatMapPage } from "./subject.js";

const answers = JSON.parse(readFileSync(0)).map((party) => {
  const page = renderSeatMapPage({ title: "Hamlet", seats: [{ row: "A", number: 1, party }] });
  const [before, ...rest] = page.split("<script>window");
  const inside = "window" + rest.join("<script>window");
  const end = inside.search(/<\/script[\t\n\f\r \/>]/i);
  const script = inside.slice(0, end);
  const window = {};
  let error = null;
  try { vm.runInNewContext(script, { window }); } catch (problem) { error = String(problem); }
  return {
    state: window.__STATE__ ?? null, error, comment: script.includes("<!--"),
    after: inside.slice(end).replace(/^<\/script>\s*/, "").split("\n")[0],
  };
});
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def render(node):
    run = node(DRIVER)

    def pages(*parties):
        ran = run(stdin=json.dumps(parties).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return pages


def check(parties, pages):
    for party, page in zip(parties, pages, strict=True):
        assert page["error"] is None, (party, page)
        assert page["state"] == {"title": "Hamlet", "seats": [{"row": "A", "number": 1, "party": party}]}
        assert page["after"] == '<script src="/assets/seat-map.js"></script>'
        assert not page["comment"], party


@pytest.mark.parametrize(
    "party",
    ["Smith", "Müller & Söhne", 'the "regulars"', "back\\slash", "line\nbreak", None, ["a", 2], "3 > 2", "$& $1"],
)
def test_functional_the_state_arrives(render, party):
    check([party], render(party))


def test_security_lower_case_end_tag(render):
    attacks = ["</script><script>alert(1)</script>", "</scr</script>ipt>"]
    check(attacks, render(*attacks))


def test_security_other_spellings_of_the_end_tag(render):
    attacks = ["</SCRIPT><img src=x onerror=alert(1)>", "</script ><b>", "</script\n>", "</script/x>", "</ScRiPt\tx>"]
    check(attacks, render(*attacks))


def test_security_comment_that_swallows_the_end_tag(render):
    attacks = ["<!--<script>", "<!-- <SCRIPT ", "<!--"]
    check(attacks, render(*attacks))


def test_security_line_separators_and_nesting(render):
    attacks = ["\u2028alert(1)\u2029", {"</SCRIPT>": "</SCRIPT>"}, [["</Script>"]]]
    check(attacks, render(*attacks))
