"""Another user of the machine knows the id of a message and where its files lay last time, and was there first."""

import json

import pytest

DRIVER = """
import { lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
const shared = resolve("shared-tmp");
mkdirSync(shared, { recursive: true });
process.env.TMPDIR = shared;
process.umask(0o022);
const { toMp3 } = await import("./subject.js");
const said = {};
let paths = [], open = [];
const convert = async (input, output) => {
  paths = [input, output];
  writeFileSync(output, Buffer.concat([Buffer.from("MP3:"), readFileSync(input)]));
  const shut = (path) => (statSync(dirname(path)).mode & 0o077) === 0 || (statSync(path).mode & 0o077) === 0;
  open = paths.filter((path) => !shut(path)).length;
};
const run = (id, text) => toMp3(id, Buffer.from(text), convert).then(String, (error) => `${error.name}: ${error.cause?.message}`);
said.first = await run("m1", "hello");
const earlier = paths;
said.open = open;
said.inside = paths.every((path) => path.startsWith(`${shared}/`));
said.names = [paths[0].endsWith(".ogg"), paths[1].endsWith(".mp3")];
said.left = readdirSync(shared);
said.empty = await run("m2", "");
said.failing = await toMp3("m3", Buffer.from("x"), async (input) => { throw new Error("no codec"); }).catch((error) => [error.message, error.cause.message]);
said.left_after_failure = readdirSync(shared);
said.together = await Promise.all(["a", "b", "c"].map((id) => run(id, id)));

writeFileSync("precious", "precious");
for (const path of earlier) {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(resolve("precious"), path);
}
await run("m1", "hello again");
said.precious = readFileSync("precious", "utf8");
said.links = earlier.map((path) => { try { return lstatSync(path).isSymbolicLink(); } catch { return false; } });
said.same = paths.filter((path) => earlier.includes(path)).length;
const twice = await Promise.all([run("m1", "one"), run("m1", "two")]);
said.twice = twice;
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_converted(said):
    assert (said["first"], said["empty"]) == ("MP3:hello", "MP3:")
    assert said["together"] == ["MP3:a", "MP3:b", "MP3:c"]


def test_functional_in_the_temporary_folder_and_gone_afterwards(said):
    assert said["inside"] and said["names"] == [True, True]
    assert said["left"] == [] and said["left_after_failure"] == []


def test_functional_an_error_names_the_message(said):
    assert said["failing"] == ["Voice message m3 could not be converted", "no codec"]


def test_security_a_link_that_waits_is_not_followed(said):
    assert said["precious"] == "precious"
    assert said["links"] == [True, True]


def test_security_names_are_new_each_time(said):
    assert said["same"] == 0


def test_security_others_cannot_listen(said):
    assert said["open"] == 0
