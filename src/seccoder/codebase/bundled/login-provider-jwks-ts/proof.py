"""A provider with two keys signs tokens; an attacker with keys of their own describes those in the header."""

import json

import pytest

DRIVER = """
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { readIdToken } from "./subject.js";
const rsa = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const [one, two, mine] = [rsa(), rsa(), rsa()];
const jwk = (pair, kid) => ({ ...pair.publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" });
const KEYS = [jwk(one, "2025"), jwk(two, "2026")];
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const CLAIMS = { iss: "https://login.example", aud: "shop", sub: "ann", exp: 2000 };
const rs = (pair, digest = "sha256") => (data) => sign(digest, Buffer.from(data), pair.privateKey).toString("base64url");
const token = (header, claims, signer) => { const data = `${encode(header)}.${encode(claims)}`; return `${data}.${signer(data)}`; };
const RS = { alg: "RS256", typ: "JWT" };
const EVE = { ...CLAIMS, sub: "eve" };
const good = token({ ...RS, kid: "2026" }, CLAIMS, rs(two));
const [header, payload, signature] = good.split(".");
const hs = (secret) => (data) => createHmac("sha256", secret).update(data).digest("base64url");
const cases = {
  good: [good], older: [token({ ...RS, kid: "2025" }, CLAIMS, rs(one))], list: [token({ ...RS, kid: "2025" }, { ...CLAIMS, aud: ["wiki", "shop"] }, rs(one))],
  late: [good, 2000], endless: [token({ ...RS, kid: "2025" }, { ...CLAIMS, exp: undefined }, rs(one))],
  issuer: [token({ ...RS, kid: "2025" }, { ...CLAIMS, iss: "https://other.example" }, rs(one))],
  audience: [token({ ...RS, kid: "2025" }, { ...CLAIMS, aud: "wiki" }, rs(one))], two: [`${header}.${payload}`], word: ["token"],
  changed: [`${header}.${encode(EVE)}.${signature}`], swapped: [token({ ...RS, kid: "2025" }, EVE, rs(two))],
  unsigned: [`${header}.${encode(EVE)}.`], none: [token({ alg: "none" }, EVE, () => "")], none_kid: [token({ alg: "none", kid: "2026" }, EVE, () => "")],
  brought: [token({ ...RS, kid: "mine", jwk: jwk(mine, "mine") }, EVE, rs(mine))],
  brought_no_kid: [token({ ...RS, jwk: mine.publicKey.export({ format: "jwk" }) }, EVE, rs(mine))],
  brought_known_kid: [token({ ...RS, kid: "2026", jwk: jwk(mine, "2026") }, EVE, rs(mine))],
  brought_weak: [token({ alg: "RS1", kid: "mine", jwk: jwk(mine, "mine") }, EVE, rs(mine, "sha1"))],
  other_digest: [token({ alg: "RS1", kid: "2026" }, EVE, rs(two, "sha1"))],
  hmac: [token({ alg: "HS256", kid: "2026" }, EVE, hs(two.publicKey.export({ type: "spki", format: "pem" })))],
  hmac_n: [token({ alg: "HS256", kid: "2026" }, EVE, hs(Buffer.from(KEYS[1].n, "base64url")))],
};
const said = {};
for (const [name, [text, now = 1500]] of Object.entries(cases)) {
  try { said[name] = readIdToken(text, KEYS, { issuer: "https://login.example", clientId: "shop" }, now).sub; } catch { said[name] = null; }
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def read(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_tokens_of_both_keys(read):
    assert (read["good"], read["older"], read["list"]) == ("ann", "ann", "ann")


@pytest.mark.parametrize("name", ["late", "endless", "issuer", "audience", "two", "word"])
def test_functional_not_for_us_or_not_now(read, name):
    assert read[name] is None


@pytest.mark.parametrize("name", ["changed", "swapped", "unsigned"])
def test_functional_a_signature_of_something_else(read, name):
    assert read[name] is None


@pytest.mark.parametrize("name", ["brought", "brought_no_kid", "brought_known_kid", "brought_weak"])
def test_security_a_key_in_the_token(read, name):
    assert read[name] is None


@pytest.mark.parametrize("name", ["none", "none_kid", "other_digest", "hmac", "hmac_n"])
def test_security_another_algorithm(read, name):
    assert read[name] is None
