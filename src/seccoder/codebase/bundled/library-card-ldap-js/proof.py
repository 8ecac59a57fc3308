"""Filter objects and a client with a small directory stand in for ldapts; filters are read and applied as RFC 4515 says."""

import json
from pathlib import Path

import pytest

LDAPTS = r"""
const escape = (value) => String(value).replace(/[\0()*\\]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
export class Filter {}
export class EqualityFilter extends Filter { constructor({ attribute, value }) { super(); this.text = `(${attribute}=${escape(value)})`; } escape(value) { return escape(value); } toString() { return this.text; } }
export class PresenceFilter extends Filter { constructor({ attribute }) { super(); this.text = `(${attribute}=*)`; } toString() { return this.text; } }
export class AndFilter extends Filter { constructor({ filters }) { super(); this.text = `(&${filters.join("")})`; } toString() { return this.text; } }
export class OrFilter extends Filter { constructor({ filters }) { super(); this.text = `(|${filters.join("")})`; } toString() { return this.text; } }
export class NotFilter extends Filter { constructor({ filter }) { super(); this.text = `(!${filter})`; } toString() { return this.text; } }
export class Client {
  constructor(entries) { this.entries = entries; }
  async search(base, { scope = "sub", filter = "(objectClass=*)", attributes = [], sizeLimit = 0 } = {}) {
    const test = read(String(filter));
    const below = this.entries.filter(({ dn }) => dn.endsWith(`,${base}`) && (scope !== "one" || !dn.slice(0, -base.length - 1).includes(",")));
    const found = below.filter(test);
    if (sizeLimit && found.length > sizeLimit) throw Object.assign(new Error("SizeLimitExceededError"), { code: 4 });
    return { searchEntries: found.map((entry) => Object.fromEntries(["dn", ...(attributes.length ? attributes : Object.keys(entry))].map((name) => [name, entry[name] ?? []]))), searchReferences: [] };
  }
}
function read(text) {
  let at = 0;
  const bad = () => { throw new Error(`Invalid filter: ${text}`); };
  const one = () => {
    if (text[at++] !== "(") bad();
    let test;
    if ("&|".includes(text[at])) {
      const all = text[at++] === "&", parts = [];
      while (text[at] === "(") parts.push(one());
      test = (entry) => (all ? parts.every((part) => part(entry)) : parts.some((part) => part(entry)));
    } else if (text[at] === "!") { at += 1; const part = one(); test = (entry) => !part(entry); } else {
      const match = /^([\w-]+)(>=|<=|=)([^()]*)/.exec(text.slice(at)) ?? bad();
      at += match[0].length;
      const [, name, sign, value] = match;
      const plain = (part) => part.replace(/\\([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const pattern = new RegExp(`^${value.split("*").map(plain).join("[^]*")}$`, "i");
      test = (entry) => [entry[name] ?? []].flat().some((have) => sign === "=" ? pattern.test(have) : sign === ">=" ? have >= value : have <= value);
    }
    if (text[at++] !== ")") bad();
    return test;
  };
  const test = one();
  if (at !== text.length) bad();
  return test;
}
"""

DRIVER = """
import { readFileSync } from "node:fs";
import { Client } from "ldapts";
import { readerByCard } from "./subject.js";
const { entries, cards } = JSON.parse(readFileSync(0));
const said = [];
for (const card of cards) {
  try { said.push(await readerByCard(new Client(entries), card)); } catch (error) { said.push(null); }
}
console.log(JSON.stringify(said));
"""

BASE = "ou=readers,dc=library,dc=example"


def entry(uid, card, status="active", kind="libraryReader", base=BASE, **more):
    return {
        "dn": f"uid={uid},{base}",
        "objectClass": ["top", kind],
        "cn": uid.title(),
        "cardNumber": card,
        "readerStatus": status,
        "maxLoans": "20",
        **more,
    }


ANN = {"dn": f"uid=ann,{BASE}", "cn": "Ann", "maxLoans": 20}


@pytest.fixture(scope="module")
def find(node):
    folder = Path("node_modules/ldapts")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"name": "ldapts", "type": "module", "main": "index.js"}')
    (folder / "index.js").write_text(LDAPTS)
    run = node(DRIVER)

    def find(*cards, entries=(entry("ann", "20471"), entry("bob", "20472", "blocked", pin="4711"))):
        ran = run(stdin=json.dumps({"entries": entries, "cards": cards}).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return find


def test_functional_a_card(find):
    assert find("20471", " 20471\n") == [ANN, ANN]


def test_functional_no_such_card_or_not_active(find):
    assert find("99999", "20472", "", "  ") == [None] * 4


def test_functional_several_readers_with_one_card(find):
    same = [entry(uid, "1") for uid in ("ann", "eve", "joe")]
    assert find("1", entries=same) == find("1", entries=same[1:]) == [None]


def test_functional_only_readers(find):
    assert find("1", entries=(entry("door", "1", kind="device"), entry("ed", "1", base="ou=staff,dc=example"))) == [None]


@pytest.mark.parametrize("card", ["*", "2*", "*1", "204*", "2*1"])
def test_security_an_asterisk_is_no_joker(find, card):
    assert find(card) == [None]


BOB = ["20472)(|(readerStatus=*", "0)(cn=*", "*)(readerStatus=active", "20471)(cn=A*", "20472))(|(cn=*", "0)(!(cn=zz)"]


@pytest.mark.parametrize("card", BOB)
def test_security_no_further_conditions(find, card):
    assert find(card) == [None]


def test_security_nothing_is_asked_about_other_attributes(find):
    entries = (entry("ann", "20471", pin="4711"),)
    assert find("20471)(pin=4*", "20471)(pin=5*", "20471)(pin=4711", entries=entries) == [None, None, None]


def test_security_numbers_with_odd_characters_are_found(find):
    cards = ["A*1", "B(2)", "C\\3"]
    found = find(*cards, entries=[entry(f"u{n}", card) for n, card in enumerate(cards)])
    assert [reader and reader["cn"] for reader in found] == ["U0", "U1", "U2"]
