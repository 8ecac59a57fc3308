"""Makes several vaults of one user with one passphrase, and compares what is stored."""

import json

import pytest

DRIVER = """
import { makeVault, openKey } from "./subject.js";
const vaults = [];
for (let n = 0; n < 3; n++) vaults.push(await makeVault("ann@praxis.example", "correct horse 7"));
const keys = await Promise.all(vaults.map((vault) => openKey(vault, "correct horse 7")));
console.log(JSON.stringify({
  opens: keys.map((key) => key?.length ?? null), again: (await openKey(JSON.parse(JSON.stringify(vaults[0])), "correct horse 7")).equals(keys[0]),
  wrong: [await openKey(vaults[0], "correct horse 8"), await openKey(vaults[0], "")],
  user: vaults[0].user,
  keys: new Set(keys.map((key) => key.toString("hex"))).size,
  salts: new Set(vaults.map(({ salt }) => salt)).size,
  known: Buffer.from(vaults[0].salt, "base64").toString("latin1").toLowerCase().includes("ann"),
  length: Buffer.from(vaults[0].salt, "base64").length,
}));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_a_vault_opens(said):
    assert said["opens"] == [32, 32, 32] and said["again"] and said["user"] == "ann@praxis.example"


def test_functional_a_wrong_passphrase(said):
    assert said["wrong"] == [None, None]


def test_security_each_vault_has_a_salt_of_its_own(said):
    assert said["keys"] == said["salts"] == 3


def test_security_the_salt_is_not_known_before(said):
    assert not said["known"] and said["length"] >= 16
