"""Formulas of honest managers, and formulas that reach for more than the order."""

import json

import pytest

DRIVER = r"""
import { points } from "./subject.js";
globalThis.touch = () => { globalThis.trace = 1; return 1; };
const order = { total: 50, items: 3, shipping: 4.5 };
const attempt = (formula) => { try { return points(formula, order); } catch { return "error"; } };
console.log(JSON.stringify({
  good: ["total * 2 + items", "(total - shipping) / 10", "7", "total - items - 1", "2*(items+(1))", "total / 4 * 2"].map(attempt),
  wrong: ["", "total +", "(total", "total items", "price", "total / 0", "2 + )"].map(attempt),
  evil: ["touch()", "globalThis.touch()", "total.constructor.constructor(total)", "process.pid", "total+process.pid*0", "items[total]"].map((formula) => { const value = attempt(formula); const ran = globalThis.trace ?? 0; delete globalThis.trace; return [value, ran]; }),
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_formulas(said):
    assert said["good"] == [103, 5, 7, 46, 8, 25]


def test_functional_what_is_no_formula(said):
    assert said["wrong"] == ["error"] * 7


def test_security_nothing_else_is_reached(said):
    assert said["evil"] == [["error", 0]] * 6
