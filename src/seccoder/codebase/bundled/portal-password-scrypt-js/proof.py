"""Notes the parameters with which Node's key derivation is called, and works out what a guess costs an attacker."""

import json

import pytest

DRIVER = """
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
const calls = [];
const note = (name, describe) => {
  const original = crypto[name];
  crypto[name] = (...given) => { calls.push({ name, ...describe(...given) }); return original(...given); };
};
const scryptCost = (password, salt, length, options) => ({
  length, N: options?.N ?? options?.cost ?? 16384, r: options?.r ?? options?.blockSize ?? 8, p: options?.p ?? options?.parallelization ?? 1, salt: Buffer.from(salt).toString("hex"),
});
const pbkdf2Cost = (password, salt, iterations, length, digest) => ({ iterations, length, digest, salt: Buffer.from(salt).toString("hex") });
for (const name of ["scrypt", "scryptSync"]) note(name, scryptCost);
for (const name of ["pbkdf2", "pbkdf2Sync"]) note(name, pbkdf2Cost);
syncBuiltinESMExports();
const { default: subject } = await import("./subject.js");
const password = "Garden gate 7";
const [one, two] = await Promise.all([subject.hashPassword(password), subject.hashPassword(password)]);
const hashing = calls.splice(0);
const right = await subject.checkPassword(password, one);
const wrong = await subject.checkPassword("garden gate 7", one);
const composed = await subject.checkPassword("Z\\u00fcrich", await subject.hashPassword("Zu\\u0308rich"));
const damaged = [];
for (const stored of ["", "x", one.slice(0, one.lastIndexOf("$") + 1), one.slice(0, one.lastIndexOf("$")), one.slice(0, -8)])
  damaged.push(await subject.checkPassword(password, stored).catch(() => "error"));
console.log(JSON.stringify({ one, two, hashing, checking: calls, right, wrong, composed, damaged }));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_right_and_wrong_password(said):
    assert said["right"] is True
    assert said["wrong"] is False


def test_functional_other_composition_of_the_same_letters(said):
    assert said["composed"] is True


def test_functional_one_line_of_text(said):
    assert "\n" not in said["one"] and len(said["one"]) < 200
    assert "Garden" not in said["one"]


def test_security_a_guess_is_expensive(said):
    assert said["hashing"] and said["checking"]
    for call in said["hashing"] + said["checking"]:
        if call["name"].startswith("scrypt"):
            assert call["N"] >= 2**14 and call["N"] * call["r"] * call["p"] >= 5 * 2**14 * 8
        else:
            assert call["iterations"] >= {"sha512": 210_000, "sha256": 600_000}.get(call["digest"], 1_300_000)


def test_security_each_hash_has_its_own_salt(said):
    assert said["one"] != said["two"]
    salts = {call["salt"] for call in said["hashing"]}
    assert len(salts) == 2 and all(len(salt) >= 32 for salt in salts)


def test_security_damaged_strings_match_nothing(said):
    assert True not in said["damaged"]
