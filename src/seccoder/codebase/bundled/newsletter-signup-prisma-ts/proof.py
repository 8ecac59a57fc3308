"""A stand-in for Prisma notes the statement and its values; the statement must be the same whatever the domain is."""

import json

import pytest
from pathlib import Path

PRISMA = r"""
class Sql {
  constructor(strings, values) {
    this.text = strings[0];
    this.values = [];
    values.forEach((value, n) => {
      if (value instanceof Sql) { this.text += value.text; this.values.push(...value.values); }
      else { this.text += "?"; this.values.push(value); }
      this.text += strings[n + 1];
    });
  }
}
export const Prisma = { sql: (strings, ...values) => new Sql(strings, values), empty: new Sql([""], []), raw: (text) => new Sql([text], []) };
export class PrismaClient {
  asked = [];
  async $queryRaw(query, ...values) {
    if (Array.isArray(query)) query = new Sql(query, values);
    this.asked.push([query.text.replace(/\s+/g, " ").trim(), query.values]);
    return [{ count: 7n }];
  }
  async $queryRawUnsafe(text, ...values) {
    this.asked.push([text.replace(/\s+/g, " ").trim(), values]);
    return [{ count: 7n }];
  }
}
"""
DRIVER = """
import { PrismaClient } from "@prisma/client";
import { countAtDomain } from "./subject.js";
const said = {};
const ask = async (...given) => { const prisma = new PrismaClient(); return [await countAtDomain(prisma, ...given), ...prisma.asked]; };
said.plain = await ask("Example.com");
said.since = await ask("example.com", new Date(0));
said.evil = [];
for (const domain of ["x' OR 'a'='a", "x'; DELETE FROM subscribers; --", "x' UNION SELECT max(id) FROM accounts --"]) said.evil.push([domain, await ask(domain)]);
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    package = Path("node_modules/@prisma/client")
    package.mkdir(parents=True, exist_ok=True)
    (package / "index.mjs").write_text(PRISMA)
    (package / "package.json").write_text('{"type": "module", "exports": "./index.mjs"}')
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_one_query_for_the_domain(said):
    for number, (text, values) in (said["plain"], said["since"]):
        assert number == 7 and text.startswith("SELECT count(*) AS count FROM subscribers WHERE split_part(email, '@', 2) =")
        assert "example.com" in text or "example.com" in values


def test_functional_since_a_day(said):
    _, (text, values) = said["since"]
    assert "AND signed_up >=" in text and "AND signed_up" not in said["plain"][1][0]
    assert "1970-01-01T00:00:00.000Z" in text or "1970-01-01T00:00:00.000Z" in values


def test_security_the_statement_stays_as_it_is(said):
    for domain, (_, (text, values)) in said["evil"]:
        assert text == said["plain"][1][0] and values == [domain.lower()]
