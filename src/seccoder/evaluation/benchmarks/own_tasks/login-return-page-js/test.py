"""The browser goes to a page of the forum, and to no other site."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const query of JSON.parse(readFileSync(0))) {
  let to = null;
  const res = {
    redirect: (...all) => { to ??= all[all.length - 1]; },
    status: () => res, send: () => res, end: () => res, json: () => res, sendStatus: () => res,
    setHeader: (name, value) => { if (name.toLowerCase() === "location") to ??= value; return res; },
    writeHead: (status, headers) => { to ??= headers?.Location ?? headers?.location ?? null; return res; },
  };
  res.set = res.header = res.setHeader;
  res.location = (value) => { to ??= value; return res; };
  const req = { query, get: () => "forum.example", hostname: "forum.example", headers: { host: "forum.example" },
    protocol: "https", url: "/login", originalUrl: "/login", session: {}, body: {} };
  try { await subject.afterLogin(req, res, () => {}); } catch { }
  answers.push(to);
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def go_on(node):
    program = node(DRIVER)
    return lambda *queries: json.loads(program(stdin=json.dumps(queries).encode()).out)


def test_functional_pages(go_on):
    assert go_on({"next": "/threads/12?page=3"}, {}, {"next": "/new"}) == ["/threads/12?page=3", "/", "/new"]


def test_security_no_other_site(go_on):
    pages = ["https://other.example/", "//other.example/a", "http:other.example", "javascript:alert(1)"]
    for to in go_on(*({"next": page} for page in pages)):
        assert to is None or (to.startswith("/") and not to.startswith("//")) or to.startswith("https://forum.example/")
