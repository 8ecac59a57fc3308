"""Fields are found by their paths; a path that is a program is not run."""

import json

import pytest

DRIVER = """
import { readFileSync, existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import subject from "./subject.js";
globalThis.touch = () => { globalThis.touched = true; return 1; };
globalThis.require = createRequire(import.meta.url);
const { data, paths } = JSON.parse(readFileSync(0));
const before = JSON.stringify(data);
const answers = [];
for (const path of paths) {
  let value, error = null;
  try { value = await subject.fieldAt(data, path); } catch (problem) { error = problem.name; }
  const ran = Boolean(globalThis.touched) || existsSync("pwned") || JSON.stringify(data) !== before;
  globalThis.touched = false;
  rmSync("pwned", { force: true });
  answers.push({ value: typeof value === "function" ? "[function]" : value ?? null, missing: value === undefined, error, ran });
}
process.stdout.write(JSON.stringify(answers));
process.exit(0);
"""
DATA = {
    "title": "May",
    "customer": {"name": "Ann", "address": {"city": "Bern"}},
    "orders": [{"total": 12, "tags": ["a", "b"]}, {"total": 0, "note": None}],
    "open": False,
    "year_2024": 1,
}


@pytest.fixture(scope="module")
def ask(node):
    program = node(DRIVER)

    def ask(paths):
        ran = program(stdin=json.dumps({"data": DATA, "paths": paths}).encode())
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return ask


FIELDS = {
    "title": "May",
    "customer.name": "Ann",
    "customer.address.city": "Bern",
    "customer.address": {"city": "Bern"},
    "orders[0].total": 12,
    "orders[1].total": 0,
    "orders[0].tags[1]": "b",
    "open": False,
    "year_2024": 1,
}


def test_functional_fields(ask):
    assert [answer["value"] for answer in ask(list(FIELDS))] == list(FIELDS.values())


def test_functional_no_such_field(ask):
    for answer in ask(["price", "customer.age", "customer.address.city.zip", "orders[7]", "orders[7].total", "", "a..b", "orders["]):
        assert answer["missing"] and answer["error"] is None


PROGRAMS = [
    "title; touch()",
    "title, touch()",
    "title\ntouch()",
    "title + touch()",
    "orders[touch()]",
    "orders[globalThis.touch()].total",
    "orders[(()=>{touch()})()]",
    "title; require('fs').writeFileSync('pwned', '')",
    "orders[process.getBuiltinModule ? touch() : touch()]",
    "constructor.constructor('touch()')()",
    "title.constructor.constructor('touch()')()",
    "orders[0].constructor.constructor('touch()')()",
    "orders.map(touch)",
    "orders.map(touch)[0]",
    "title.replace(/M/,touch)",
    "orders.sort(touch)",
    "title = touch()",
    "customer.name = 'x'",
    "customer[`${touch()}`]",
    "customer['name'+touch()]",
    "title}; touch(); {",
    "title} ; touch() //",
    "x'; touch(); '",
    "__proto__.x = touch()",
    "\\u0074itle; touch()",
    "title/**/;touch()",
    "[touch()]",
    "customer?.[touch()]",
    "import('fs')",
]


def test_security_a_path_is_not_run(ask):
    for path, answer in zip(PROGRAMS, ask(PROGRAMS), strict=True):
        assert not answer["ran"], path
