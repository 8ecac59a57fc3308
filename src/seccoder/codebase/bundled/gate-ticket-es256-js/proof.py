"""Signs tickets with a fresh key pair, and forges them with what an attacker has: the public key and other tickets."""

import json

import pytest

DRIVER = """
import { createHmac, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { readTicket } from "./subject.js";
const pem = (key) => key.export({ type: "spki", format: "pem" });
const office = generateKeyPairSync("ec", { namedCurve: "P-256" });
const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PEM = pem(office.publicKey);
const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const CLAIMS = { sub: "A-17", nbf: 1000, exp: 2000 };
const es = (data, key = office.privateKey, dsaEncoding = "ieee-p1363") => sign("sha256", Buffer.from(data), { key, dsaEncoding }).toString("base64url");
const ticket = (header, claims, signer = es) => { const data = `${encode(header)}.${encode(claims)}`; return `${data}.${signer(data)}`; };
const hs = (secret) => (data) => createHmac("sha256", secret).update(data).digest("base64url");
const VIP = { ...CLAIMS, sub: "VIP" };
const ES = { alg: "ES256", typ: "JWT" };
const good = ticket(ES, CLAIMS);
const [header, payload, signature] = good.split(".");
const cases = {
  good: [good], early: [good, 999], late: [good, 2000], last: [good, 1999.5], two: [`${header}.${payload}`], word: ["ticket"],
  hmac_pem: [ticket({ alg: "HS256" }, VIP, hs(PEM))],
  hmac_trimmed: [ticket({ alg: "HS256" }, VIP, hs(PEM.trim()))],
  hmac_der: [ticket({ alg: "HS256" }, VIP, hs(office.publicKey.export({ type: "spki", format: "der" })))],
  hmac_empty: [ticket({ alg: "HS256" }, VIP, hs(""))],
  none: [ticket({ alg: "none" }, VIP, () => "")], None: [ticket({ alg: "None" }, VIP, () => "")],
  constructor: [ticket({ alg: "constructor" }, VIP, () => "AA")], proto: [ticket({ alg: "__proto__" }, VIP, () => "AA")],
  tostring: [ticket({ alg: "toString" }, VIP, () => "AA")], valueof: [ticket({ alg: "valueOf" }, VIP, () => "AA")],
  no_alg: [ticket({}, VIP, () => "")], array: [ticket({ alg: ["HS256"] }, VIP, hs(PEM))],
  other_key: [ticket(ES, VIP, (data) => es(data, other.privateKey))],
  own_jwk: [ticket({ ...ES, jwk: other.publicKey.export({ format: "jwk" }) }, VIP, (data) => es(data, other.privateKey))],
  changed: [`${header}.${encode(VIP)}.${signature}`], empty: [`${header}.${encode(VIP)}.`],
  zeros: [`${header}.${encode(VIP)}.${Buffer.alloc(64).toString("base64url")}`], four: [`${good}.x`],
  no_times: [ticket(ES, { sub: "A-17" })],
};
const answers = {};
for (const [name, [token, now = 1500]] of Object.entries(cases)) {
  try { answers[name] = readTicket(token, PEM, now).sub; } catch { answers[name] = null; }
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def read(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_a_ticket_in_its_time(read):
    assert (read["good"], read["last"]) == ("A-17", "A-17")
    assert (read["early"], read["late"], read["no_times"]) == (None, None, None)


def test_functional_no_ticket(read):
    assert (read["two"], read["word"]) == (None, None)


@pytest.mark.parametrize("forged", ["hmac_pem", "hmac_trimmed", "hmac_der", "hmac_empty", "array"])
def test_security_hmac_with_the_public_key(read, forged):
    assert read[forged] is None


@pytest.mark.parametrize("forged", ["none", "None", "no_alg", "constructor", "proto", "tostring", "valueof"])
def test_security_no_or_odd_algorithms(read, forged):
    assert read[forged] is None


@pytest.mark.parametrize("forged", ["other_key", "own_jwk", "changed", "empty", "zeros", "four"])
def test_security_signatures_of_something_else(read, forged):
    assert read[forged] is None
