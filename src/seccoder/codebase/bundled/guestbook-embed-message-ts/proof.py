"""Posts messages from the customer's page and from other pages, as a browser delivers them."""

import json

import pytest

DRIVER = """
import { listen } from "./subject.js";
const target = new EventTarget(), seen = [];
const stop = listen(target, ["https://bakery.example", "https://www.bakery.example"], (dark) => seen.push(dark));
function post(origin, data) {
  seen.length = 0;
  const event = new Event("message");
  Object.assign(event, { data });
  Object.defineProperty(event, "origin", { value: origin });
  target.dispatchEvent(event);
  return [...seen];
}
const dark = { kind: "theme", dark: true };
const said = {
  good: [post("https://bakery.example", dark), post("https://www.bakery.example", { ...dark, dark: false })],
  ignored: [null, 3, "theme", {}, { kind: "theme", dark: "yes" }, { kind: "other", dark: true }].map((data) => post("https://bakery.example", data)),
  others: ["https://evil.example", "http://bakery.example", "https://bakery.example.evil.example", "null", ""].flatMap((origin) => [post(origin, dark), post(origin, { ...dark, origin: "https://bakery.example" })]),
};
stop();
said.stopped = post("https://bakery.example", dark);
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_the_customers_page(said):
    assert said["good"] == [[True], [False]] and said["ignored"] == [[]] * 6 and said["stopped"] == []


def test_security_other_pages(said):
    assert said["others"] == [[]] * 10
