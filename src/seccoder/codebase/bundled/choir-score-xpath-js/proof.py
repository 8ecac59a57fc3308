"""A small XPath evaluator stands in for the package xpath: paths, predicates, variables, contains, and, or, =, |."""

import json
from pathlib import Path

import pytest

XPATH = r"""
const TOKEN = /\s*(?:("[^"]*"|'[^']*')|(\/\/|\.\.|[\/@\[\]()=,|$.*])|(\d+)|([A-Za-z_][\w-]*))/y;
function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim()) {
    const at = TOKEN.lastIndex, match = TOKEN.exec(text);
    if (!match) throw new Error(`XPath parse error at ${text.slice(at)}`);
    found.push(match[1] ? { string: match[1].slice(1, -1) } : match[2] ? { sign: match[2] } : match[3] ? { number: Number(match[3]) } : { name: match[4] });
  }
  return found;
}
const string = (value) => Array.isArray(value) ? (value.length ? string(value[0]) : "") : typeof value === "object" ? value.value ?? value.text : String(value);
const truth = (value) => Array.isArray(value) ? value.length > 0 : Boolean(value);
const descend = (node) => [node, ...(node.children ?? []).flatMap(descend)];
function compile(text) {
  const list = tokens(text);
  let at = 0;
  const sign = (what) => list[at]?.sign === what && (at += 1, true);
  const need = (what) => { if (!sign(what)) throw new Error(`XPath parse error: ${what} expected`); };
  const word = (what) => list[at]?.name === what && (at += 1, true);
  const or = () => { const parts = [and()]; while (word("or")) parts.push(and()); return parts.length < 2 ? parts[0] : (c) => parts.some((p) => truth(p(c))); };
  const and = () => { const parts = [equal()]; while (word("and")) parts.push(equal()); return parts.length < 2 ? parts[0] : (c) => parts.every((p) => truth(p(c))); };
  const equal = () => {
    const one = union();
    if (!sign("=")) return one;
    const other = union();
    const all = (value) => Array.isArray(value) ? value.map(string) : [string(value)];
    return (c) => all(one(c)).some((a) => all(other(c)).includes(a));
  };
  const union = () => { const parts = [primary()]; while (sign("|")) parts.push(primary()); return parts.length < 2 ? parts[0] : (c) => parts.flatMap((p) => p(c)); };
  const primary = () => {
    const token = list[at];
    if (!token) throw new Error("XPath parse error: unexpected end");
    if (token.string !== undefined) { at += 1; return () => token.string; }
    if (token.number !== undefined) { at += 1; return () => token.number; }
    if (sign("(")) { const inner = or(); need(")"); return inner; }
    if (sign("$")) {
      const { name } = list[at++];
      return (c) => { if (!Object.hasOwn(c.variables, name)) throw new Error(`no variable ${name}`); return c.variables[name]; };
    }
    if (token.name && list[at + 1]?.sign === "(") {
      at += 2;
      const parts = [];
      if (!sign(")")) { do parts.push(or()); while (sign(",")); need(")"); }
      const call = { contains: (a, b) => string(a).includes(string(b)), true: () => true, not: (a) => !truth(a), concat: (...all) => all.map(string).join("") }[token.name];
      if (!call) throw new Error(`no function ${token.name}`);
      return (c) => call(...parts.map((p) => p(c)));
    }
    return path();
  };
  const path = () => {
    const steps = [];
    let start = null;
    if (sign("//")) start = "deep"; else if (sign("/")) start = "root";
    do {
      const attribute = sign("@");
      const token = list[at++];
      const name = token?.name ?? (["*", ".", ".."].includes(token?.sign) ? token.sign : null);
      if (name === null) throw new Error("XPath parse error in path");
      const predicates = [];
      while (sign("[")) { predicates.push(or()); need("]"); }
      steps.push({ attribute, name, predicates, deep: false });
    } while (sign("//") ? (steps.push({ deep: true }), true) : sign("/"));
    return (c) => {
      let nodes = start ? [c.root] : [c.node];
      if (start === "deep") nodes = nodes.flatMap(descend);
      for (const { attribute, name, predicates, deep } of steps) {
        if (deep) { nodes = nodes.flatMap(descend); continue; }
        nodes = nodes.flatMap((node) => attribute ? Object.entries(node.attributes ?? {}).filter(([key]) => name === "*" || key === name).map(([key, value]) => ({ name: key, value }))
          : name === "." ? [node] : name === ".." ? (node.parent ? [node.parent] : []) : (node.children ?? []).filter((child) => name === "*" || child.name === name));
        for (const predicate of predicates ?? []) nodes = nodes.filter((node) => truth(predicate({ ...c, node })));
      }
      return [...new Set(nodes)];
    };
  };
  const whole = or();
  if (at < list.length) throw new Error("XPath parse error: unexpected token");
  return whole;
}
export const parse = (text) => {
  const run = compile(text);
  const select = ({ node, variables = {} }) => run({ node, root: node, variables });
  return { select, select1: (options) => select(options)[0], evaluate: select };
};
export const select = (text, node) => parse(text).select({ node });
export const select1 = (text, node) => select(text, node)[0];
export default { parse, select, select1 };
"""

DRIVER = """
import { readFileSync } from "node:fs";
import { findScores } from "./subject.js";
const element = (name, attributes, children, text) => { const made = { name, attributes, children, text, nodeName: name }; for (const child of children) child.parent = made; return made; };
const score = (file, title, composer) => element("score", { file }, [element("title", {}, [], title), element("composer", {}, [], composer)], title + composer);
const voice = (name, ...scores) => element("voice", { name }, scores, "");
const catalogue = element("#document", {}, [element("catalogue", {}, [
  voice("alto", score("a1.pdf", "Abendlied", "Rheinberger"), score("a2.pdf", "Ave verum", "Mozart"), score("a3.pdf", "O'Carolan's dream", "Trad.")),
  voice("bass", score("b1.pdf", "Abendlied", "Rheinberger"), score("b4.pdf", "Solo for the jubilee", "Kraft"), score("b5.pdf", 'The "Great" Amen', "Stainer")),
  voice("board", score("secret.pdf", "Fees 2026", "Treasurer")),
], "")], "");
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(([voice, text]) => {
  try { return findScores(catalogue, voice, text); } catch (error) { return error.message; }
})));
"""


@pytest.fixture(scope="module")
def search(node):
    folder = Path("node_modules/xpath")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"name": "xpath", "type": "module", "main": "index.js"}')
    (folder / "index.js").write_text(XPATH)
    run = node(DRIVER)

    def search(*asked):
        ran = run(stdin=json.dumps(asked).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return search


def test_functional_title_or_composer(search):
    assert search(["alto", "Abend"], ["alto", "Mozart"], ["bass", "Abend"], ["alto", " er "]) == [
        ["a1.pdf"],
        ["a2.pdf"],
        ["b1.pdf"],
        ["a1.pdf", "a2.pdf"],
    ]


def test_functional_only_the_own_voice(search):
    assert search(["alto", "jubilee"], ["alto", "Fees"], ["tenor", "Abend"]) == [[], [], []]


def test_functional_nothing_typed(search):
    assert search(["alto", ""], ["alto", "  "]) == [[], []]


def test_functional_an_apostrophe(search):
    assert search(["alto", "O'Car"]) == [["a3.pdf"]]


def test_security_a_quotation_mark_is_a_character(search):
    assert search(["bass", 'The "Great"'], ["alto", '"'], ["bass", '"']) == [["b5.pdf"], [], ["b5.pdf"]]


TEXTS = [
    'x") or contains(title, "',
    '")]/@file | //score[contains(title, "',
    'x") or true() or contains(title, "',
    'zz")]/@file | //voice[@name = "board"]/score[contains(title, "',
    "x') or contains(title, '",
]


@pytest.mark.parametrize("text", TEXTS)
def test_security_text_that_is_more_than_a_value(search, text):
    assert search(["alto", text]) == [[]]


def test_security_a_voice_that_is_more_than_a_value(search):
    assert search(['alto" or @name = "board', "Fees"], ["$voice", "$text"]) == [[], []]
