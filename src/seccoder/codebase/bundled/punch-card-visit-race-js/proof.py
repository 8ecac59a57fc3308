"""A stand-in for the pool runs each statement at once as a whole, and lets others have their turn in between."""

import json

import pytest

DRIVER = r"""
import { readFileSync } from "node:fs";
import { punch } from "./subject.js";

function database(cards) {
  const visits = [];
  const column = (name) => ({ card_id: "cardId", gate: "gate" })[name];
  function number(text, card, values) {
    const match = /^(visits_left|\$\d+|\d+)(?:\s*-\s*(\d+))?$/.exec(text.trim());
    if (!match) throw new Error(`not understood: ${text}`);
    const base = match[1] === "visits_left" ? card.visits_left : match[1][0] === "$" ? values[match[1].slice(1) - 1] : Number(match[1]);
    return base - Number(match[2] ?? 0);
  }
  function rowsWhere(condition, values) {
    return Object.values(cards).filter((card) => condition.split(/\s+AND\s+/i).every((part) => {
      const [, name, operator, value] = /^\s*(\w+)\s*(=|>=|>)\s*(\$?\d+)\s*$/.exec(part);
      const right = value[0] === "$" ? values[value.slice(1) - 1] : Number(value);
      return operator === "=" ? card[name] === right : operator === ">" ? card[name] > right : card[name] >= right;
    }));
  }
  function run(text, values) {
    let match;
    if ((match = /^SELECT visits_left FROM cards WHERE (.+)$/is.exec(text)))
      return rowsWhere(match[1], values).map(({ visits_left }) => ({ visits_left }));
    if ((match = /^UPDATE cards SET visits_left = (.+?) WHERE (.+?)( RETURNING visits_left)?$/is.exec(text))) {
      const rows = rowsWhere(match[2], values);
      for (const card of rows) card.visits_left = number(match[1], card, values);
      return match[3] ? rows.map(({ visits_left }) => ({ visits_left })) : [];
    }
    if (/^INSERT INTO visits \(card_id, gate\) VALUES \(\$1, \$2\)$/i.test(text)) { visits.push(values); return []; }
    throw new Error(`not understood: ${text}`);
  }
  let turn = 0;
  const pool = { query: async (text, values) => {
    for (let wait = 0; wait < 1 + (turn++ % 3); wait++) await new Promise((done) => setImmediate(done));
    return { rows: run(text.replace(/\s+/g, " ").trim(), values) };
  } };
  return { pool, cards, visits };
}

const answers = [];
for (const { left, punches, together } of JSON.parse(readFileSync(0))) {
  const { pool, cards, visits } = database({ 1: { id: 1, visits_left: left }, 2: { id: 2, visits_left: 50 } });
  const results = [];
  if (together) results.push(...await Promise.all(punches.map((card, n) => punch(pool, card, `gate ${n}`))));
  else for (const [n, card] of punches.entries()) results.push(await punch(pool, card, `gate ${n}`));
  answers.push({ results, left: cards[1].visits_left, other: cards[2].visits_left, visits });
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def play(node):
    run = node(DRIVER)

    def answer(left, punches, together=False):
        ran = run(stdin=json.dumps([{"left": left, "punches": punches, "together": together}]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)[0]

    return answer


def test_functional_one_after_the_other(play):
    answer = play(2, [1, 1, 1])
    assert answer["results"] == [1, 0, None] and answer["left"] == 0
    assert answer["visits"] == [[1, "gate 0"], [1, "gate 1"]]


def test_functional_unknown_and_other_cards(play):
    answer = play(5, [9, 2])
    assert answer["results"] == [None, 49]
    assert (answer["left"], answer["other"]) == (5, 49)


@pytest.mark.parametrize("left", [1, 2, 5])
def test_security_ten_at_the_same_time(play, left):
    answer = play(left, [1] * 10, together=True)
    assert len([result for result in answer["results"] if result is not None]) == left
    assert len(answer["visits"]) == left and answer["left"] == 0


def test_security_each_number_is_given_once(play):
    answer = play(20, [1] * 10, together=True)
    assert sorted(answer["results"]) == list(range(10, 20))
    assert answer["left"] == 10


def test_security_an_empty_card_stays_empty(play):
    answer = play(0, [1] * 5, together=True)
    assert answer == {"results": [None] * 5, "left": 0, "other": 50, "visits": []}
