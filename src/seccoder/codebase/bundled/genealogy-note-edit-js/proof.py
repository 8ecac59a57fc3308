"""A few lines stand in for knex over two tables; editors of one tree try the notes of the other."""

import json

import pytest

DRIVER = """
import { updateNote } from "./subject.js";
function database() {
  const tables = { notes: [{ id: 1, tree_id: 10, text: "a" }, { id: 2, tree_id: 20, text: "b" }], tree_editors: [{ tree_id: 10, user_id: "ann" }, { tree_id: 20, user_id: "bo" }, { tree_id: 20, user_id: "cy" }, { tree_id: 10, user_id: "cy" }] };
  const knex = (name) => ({
    conditions: [], column: null,
    select(column) { this.column = column; return this; },
    where(wanted) { this.conditions.push((row) => Object.entries(wanted).every(([key, value]) => row[key] === value)); return this; },
    whereIn(key, among) { const values = Array.isArray(among) ? among : among.rows().map((row) => row[among.column]); this.conditions.push((row) => values.includes(row[key])); return this; },
    rows() { return tables[name].filter((row) => this.conditions.every((fits) => fits(row))); },
    async update(changes) { const rows = this.rows(); rows.forEach((row) => Object.assign(row, changes)); return rows.length; },
    then(done) { done(this.rows()); },
  });
  return { knex, texts: () => tables.notes.map(({ text }) => text) };
}
const said = {};
for (const user of ["ann", "bo", "cy", "eve"]) for (const note of [1, 2, 9]) {
  const { knex, texts } = database();
  said[`${user} ${note}`] = [await updateNote(knex, user, note, "new"), texts().join()];
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_own_trees(said):
    assert said["ann 1"] == said["cy 1"] == [True, "new,b"] and said["bo 2"] == said["cy 2"] == [True, "a,new"]
    assert said["ann 9"] == said["eve 1"] == said["eve 2"] == [False, "a,b"]


def test_security_trees_of_others(said):
    assert said["ann 2"] == said["bo 1"] == [False, "a,b"]
