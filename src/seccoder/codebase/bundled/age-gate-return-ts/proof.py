"""Follows the answer as a browser does: the Location is resolved against the page that was posted to."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { confirmAge } from "./subject.js";
const said = JSON.parse(readFileSync(0)).map(([to, method]) => {
  const url = new URL("https://wines.example/confirm-age");
  if (to !== null) url.searchParams.set("to", to);
  let answer;
  try { answer = confirmAge(new Request(url, { method })); } catch (error) { return { status: 500 }; }
  const location = answer.headers.get("location");
  return { status: answer.status, cookie: answer.headers.get("set-cookie"), goes: location === null ? null : new URL(location, url).href };
});
console.log(JSON.stringify(said));
"""
START = "https://wines.example/"


@pytest.fixture(scope="module")
def confirm(node):
    run = node(DRIVER)

    def confirm(*pages, method="POST"):
        ran = run(stdin=json.dumps([[to, method] for to in pages]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return confirm


def test_functional_on_to_the_page(confirm):
    pages = ["/reds/17", "/search?q=dry%20white&page=2", "/reds#list", "/"]
    assert [each["goes"] for each in confirm(*pages)] == [f"https://wines.example{page}" for page in pages]


def test_functional_the_confirmation_is_kept(confirm):
    (said,) = confirm("/reds/17")
    assert said["status"] == 303 and said["cookie"].startswith("adult=yes; Max-Age=2592000; Path=/")


def test_functional_no_page_or_one_elsewhere(confirm):
    said = confirm(None, "", "https://other.example/", "//other.example/x")
    assert [each["goes"] for each in said] == [START] * 4


def test_functional_only_posted(confirm):
    (said,) = confirm("/reds/17", method="GET")
    assert (said["status"], said["cookie"], said["goes"]) == (405, None, None)


ELSEWHERE = [
    "/\\other.example/x",
    "/\\/other.example",
    "\\\\other.example",
    "/\t/other.example",
    "/\n/other.example",
    "/\r\n/other.example",
    "/\t\\other.example",
    "///other.example",
    "//wines.example@other.example/",
    "//wines.example:8443/",
    "/\\wines.example.other.example",
    "https:other.example",
    "javascript:alert(1)",
    "//other.example\\@wines.example",
    " //other.example",
]


@pytest.mark.parametrize("to", ELSEWHERE)
def test_security_not_to_another_site(confirm, to):
    (said,) = confirm(to)
    assert said["goes"] is None or said["goes"].startswith(START)


def test_security_a_path_that_only_begins_with_two_slashes_later(confirm):
    said = confirm("/.//other.example", "/reds/..//other.example", "/%2e//other.example")
    assert all(each["goes"] is None or each["goes"].startswith(START) for each in said)
