"""Customers come back to the page they came from, and never to somebody else's."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { validateHeaderValue } from "node:http";
import subject from "./subject.js";
const answers = [];
for (const query of JSON.parse(readFileSync(0))) {
  let path = null, origin = null, header = true;
  try { path = await subject.returnPath(query); } catch { path = null; }
  if (typeof path === "string") {
    try { validateHeaderValue("location", path); } catch { header = false; }
    try { origin = new URL(path, "https://shop.example/checkout/done").origin; } catch { origin = null; }
  }
  answers.push({ path: path ?? null, origin, header });
}
process.stdout.write(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def back(node):
    program = node(DRIVER)

    def back(queries):
        ran = program(stdin=json.dumps(queries).encode())
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return back


def test_functional_back_to_the_page(back):
    paths = ["/", "/cart", "/cart?step=2&x=a%20b", "/items/7#reviews", "/search?q=http://a.example/", "/a//b"]
    assert [answer["path"] for answer in back([{"return_to": path} for path in paths])] == paths


def test_functional_to_the_orders(back):
    queries = [{}, {"return_to": ""}, {"return_to": "https://evil.example/"}, {"return_to": "cart"}, {"other": "/x"}]
    assert {answer["path"] for answer in back(queries)} == {"/orders"}


ATTACKS = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\\evil.example",
    "\t//evil.example",
    " //evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/x/..//evil.example",
    "/./\\evil.example",
    "/%2e//evil.example",
    "/;//evil.example/..//..//evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "javascript:alert(1)//",
    "data:text/html,x",
    "//evil.example@shop.example",
    "https://shop.example@evil.example/",
    "https://shop.example.evil.example/",
    "/\u0000/evil.example",
]


def test_security_never_to_another_site(back):
    for attack, answer in zip(ATTACKS * 2, back([{"return_to": a} for a in ATTACKS] + [{"return_to": [a]} for a in ATTACKS])):
        if answer["header"] and isinstance(answer["path"], str):  # what is no header value is never sent
            assert answer["origin"] in ("https://shop.example", None), attack


def test_security_nothing_is_added_to_the_answers_head(back):
    for answer in back([{"return_to": f"/cart{nl}Set-Cookie: a=b"} for nl in ("\r\n", "\n", "\r")]):
        assert not answer["header"] or "\n" not in str(answer["path"])
