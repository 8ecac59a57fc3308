"""Reads the record as a receiving mail server does, and measures the keys."""

import json

import pytest

DRIVER = """
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { makeDkimKey } from "./subject.js";
const said = [];
for (const [selector, domain] of [["s1", "orchard.example"], ["mail2026", "rail.example"]]) {
  const { privateKey, name, strings } = await makeDkimKey(selector, domain);
  const value = strings.map((string) => string.slice(1, -1)).join("");
  const p = value.match(/^v=DKIM1; k=rsa; p=([A-Za-z0-9+/]+=*)$/)[1];
  const published = createPublicKey({ key: Buffer.from(p, "base64"), format: "der", type: "spki" });
  const secret = createPrivateKey(privateKey);
  const signature = sign("sha256", Buffer.from("from:ann@orchard.example"), secret);
  said.push({
    name, p,
    quoted: strings.every((string) => /^"[^"]{1,255}"$/.test(string)),
    fits: verify("sha256", Buffer.from("from:ann@orchard.example"), published, signature),
    type: published.asymmetricKeyType,
    published: published.asymmetricKeyDetails.modulusLength,
    secret: secret.asymmetricKeyDetails.modulusLength,
    exponent: Number(published.asymmetricKeyDetails.publicExponent),
  });
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_the_name_of_the_record(said):
    assert [each["name"] for each in said] == ["s1._domainkey.orchard.example", "mail2026._domainkey.rail.example"]


def test_functional_receivers_can_verify_with_the_record(said):
    assert all(each["quoted"] and each["fits"] and each["type"] == "rsa" for each in said)


def test_functional_each_domain_has_its_own(said):
    assert said[0]["p"] != said[1]["p"]


def test_security_long_enough(said):
    assert all(each["published"] >= 2048 and each["secret"] >= 2048 for each in said)


def test_security_the_usual_exponent(said):
    assert all(each["exponent"] == 65537 for each in said)
