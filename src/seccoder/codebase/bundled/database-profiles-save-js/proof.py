"""Looks at the modes as the other users of the machine meet them, under several umasks."""

import json

import pytest

DRIVER = """
import fs, { chmodSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syncBuiltinESMExports } from "node:module";
const during = [];
const { rename } = fs.promises;
fs.promises.rename = async (from, to) => { during.push(statSync(from).mode & 0o777); return rename(from, to); };
syncBuiltinESMExports();
const { loadProfiles, saveProfiles } = await import("./subject.js");
const PROFILES = { shop: { host: "db.example", user: "ann", password: "pl\\u00fcm" }, wiki: { host: "localhost", user: "w", password: "w" } };
const mode = (...parts) => statSync(join(...parts)).mode & 0o777;
const said = { modes: {} };
const folder = () => mkdtempSync("profiles-");
for (const umask of [0o022, 0o002, 0o000, 0o077]) {
  process.umask(umask);
  const config = join(folder(), "config", "sqlclient");
  await saveProfiles(config, PROFILES);
  said.modes[umask.toString(8)] = [mode(config), mode(config, "profiles.json")];
  said.loaded = JSON.stringify(await loadProfiles(config)) === JSON.stringify(PROFILES);
}
process.umask(0o022);
said.during = during;
const old = folder();
chmodSync(old, 0o755);
said.none = await loadProfiles(old);
said.no_folder = await loadProfiles(join(old, "missing"));
writeFileSync(join(old, "profiles.json"), "{}");
chmodSync(join(old, "profiles.json"), 0o644);
await saveProfiles(old, PROFILES);
said.replaced = [Object.keys(await loadProfiles(old)), mode(old, "profiles.json"), readdirSync(old)];
await saveProfiles(old, { one: PROFILES.wiki });
said.again = Object.keys(await loadProfiles(old));
const blocked = folder();
mkdirSync(join(blocked, "profiles.json"));
said.failed = [await saveProfiles(blocked, PROFILES).then(() => "saved", () => "error"), readdirSync(blocked)];
writeFileSync(join(folder(), "x"), "");
const broken = folder();
writeFileSync(join(broken, "profiles.json"), "{");
said.broken = await loadProfiles(broken).catch((error) => error.name);
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_saved_and_loaded(said):
    assert said["loaded"] and said["again"] == ["one"]
    assert (said["none"], said["no_folder"], said["broken"]) == ({}, {}, "SyntaxError")


def test_functional_an_older_file_is_replaced(said):
    assert said["replaced"][0] == ["shop", "wiki"] and said["replaced"][2] == ["profiles.json"]


def test_functional_nothing_is_left_behind_after_an_error(said):
    assert said["failed"] == ["error", ["profiles.json"]]


@pytest.mark.parametrize("umask", ["22", "2", "0", "77"])
def test_security_only_the_user_reads_the_file(said, umask):
    assert said["modes"][umask][1] & 0o077 == 0


@pytest.mark.parametrize("umask", ["22", "2", "0", "77"])
def test_security_only_the_user_enters_the_folder(said, umask):
    assert said["modes"][umask][0] & 0o077 == 0


def test_security_not_even_while_it_is_written(said):
    assert [mode & 0o077 for mode in said["during"]] == [0] * len(said["during"])


def test_security_an_older_file_that_was_open_to_all(said):
    assert said["replaced"][1] & 0o077 == 0
