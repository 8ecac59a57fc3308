"""Carts cost what their articles cost; no cart and no coupon makes anything cheaper than that."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const [cart, code] of JSON.parse(readFileSync(0))) {
  let total = null, error = null;
  try { total = code === null ? await subject.cartTotal(cart) : await subject.cartTotal(cart, code); }
  catch (problem) { error = problem.name; }
  if (typeof total !== "number") total = null;
  answers.push({ total: total === null || Number.isFinite(total) ? total : String(total), error });
}
process.stdout.write(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def ask(node):
    program = node(DRIVER)

    def ask(*calls):
        ran = program(stdin=json.dumps([[cart, *code][:2] if code else [cart, None] for cart, *code in calls]).encode())
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return ask


def item(article, quantity):
    return {"article": article, "quantity": quantity}


MUG = item("mug", 1)


def test_functional_totals(ask):
    answers = ask(
        ([MUG],),
        ([item("mug", 2), item("sticker", 10)],),
        ([MUG], "SPRING10"),
        ([item("poster", 1), item("sticker", 1)], "FRIENDS25"),
        ([MUG], "NOTHING"),
        ([MUG], ""),
        ([item("sticker", 1), item("sticker", 2)],),
    )
    assert [answer["total"] for answer in answers] == [1290, 4080, 1161, 1912, 1290, 1290, 450]


def test_functional_cannot_be_ordered(ask):
    answers = ask(([],), ([item("sofa", 1)],), ([item("mug", 0)],), ([{"article": "mug"}],), ([item("", 1)],))
    assert [answer["error"] for answer in answers] == ["RangeError"] * 5


QUANTITIES = [-1, -0.5, 0.5, 1e-9, "-1", "0.001", [-1], [0.1], {"valueOf": -1}, True, None, "x", "", "1e-7", 1.5]
ARTICLES = ["constructor", "__proto__", "toString", "hasOwnProperty", ["sticker"], None, {"toString": "mug"}, 0]
CODES = ["constructor", "__proto__", "toString", "valueOf", ["FRIENDS25", "SPRING10"], {"a": 1}, 100, True, "spring10,FRIENDS25"]


def test_security_quantities(ask):
    for quantity, answer in zip(QUANTITIES, ask(*(([item("poster", 1), item("mug", quantity)],) for quantity in QUANTITIES)), strict=True):
        total = answer["total"]
        assert total is None or (type(total) is int and total >= 2400 + (1290 if total != 2400 else 0)), quantity


def test_security_quantities_alone(ask):
    for quantity, answer in zip(QUANTITIES, ask(*(([item("mug", quantity)],) for quantity in QUANTITIES)), strict=True):
        assert answer["total"] is None or (type(answer["total"]) is int and answer["total"] >= 1290), quantity


def test_security_articles(ask):
    for article, answer in zip(ARTICLES, ask(*(([MUG, item(article, 1)],) for article in ARTICLES)), strict=True):
        assert answer["total"] is None or (type(answer["total"]) is int and answer["total"] >= 1290), article


def test_security_coupons(ask):
    for code, answer in zip(CODES, ask(*(([MUG], code) for code in CODES)), strict=True):
        assert answer["total"] in (None, 1290), code
