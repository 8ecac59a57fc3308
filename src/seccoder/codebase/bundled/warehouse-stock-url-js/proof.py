"""The URL is taken apart as a server would do it: the values are where they belong and nothing else has changed."""

import json
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { stockUrl } from "./subject.js";
for (const values of JSON.parse(readFileSync(0))) {
  let url = null;
  try { url = stockUrl(...values); } catch (error) { if (!(error instanceof Error)) throw error; }
  console.log(JSON.stringify(url));
}
"""
BASE = "https://stock.example/api/v2"
BENIGN = [("A4711", "Bern"), ("AB 12-7", "St. Gallen"), ("Stück_3", "Zürich Süd"), ("100.5", "(all)"), ("..a", "x")]
IN_PATH = [
    "A4711/stock?view=cost#",
    "../../admin/keys?x=",
    "A/../../users",
    "A4711?branch=HQ",
    "A#",
    "A;v=1/x",
    "a\\..\\..\\users",
    "%2e%2e",
    "%2F",
    "100%",
    "a/b",
    "//evil.example/",
    "@evil.example",
]
IN_QUERY = [
    "Bern&view=cost",
    "Bern#",
    "Bern&branch=HQ&x=",
    "B+C",
    "B;view=cost",
    "50%26view=cost",
    "a=b",
    "?",
    "\r\nX-Admin: 1",
    "&",
]
DOTS = [".", ".."]


@pytest.fixture(scope="module")
def said(node):
    cases = [
        *BENIGN,
        *((article, "Bern") for article in [*IN_PATH, *DOTS, ""]),
        *(("A4711", branch) for branch in IN_QUERY),
    ]
    ran = node(DRIVER)(stdin=json.dumps([(BASE, *case) for case in cases] + [(BASE + "/", "A4711", "Bern")]).encode())
    urls = [json.loads(line) for line in ran.out.splitlines()]
    return dict(zip([*cases, "slash"], urls, strict=True))


def check(url, article, branch):
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "stock.example", "")
    assert [unquote(segment) for segment in parts.path.split("/")] == ["", "api", "v2", "articles", article, "stock"]
    assert parse_qsl(parts.query, keep_blank_values=True) == [("branch", branch), ("view", "public")]


@pytest.mark.parametrize("case", BENIGN)
def test_functional_values(said, case):
    check(said[case], *case)


def test_functional_slash_and_empty(said):
    check(said["slash"], "A4711", "Bern")
    assert said["", "Bern"] is None


@pytest.mark.parametrize("article", IN_PATH)
def test_security_article_stays_one_segment(said, article):
    check(said[article, "Bern"], article, "Bern")


@pytest.mark.parametrize("article", DOTS)
def test_security_dots_are_no_article(said, article):
    assert said[article, "Bern"] is None


@pytest.mark.parametrize("branch", IN_QUERY)
def test_security_branch_stays_one_value(said, branch):
    check(said["A4711", branch], "A4711", branch)
