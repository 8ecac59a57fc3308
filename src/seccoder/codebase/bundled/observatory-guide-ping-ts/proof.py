"""The link cuts what is sent into lines, as the program at its other end does."""

import json

import pytest

DRIVER = r"""
import { seeObject } from "./subject.js";
async function see(name) {
  const lines = [];
  const link = { ask: async (text) => { lines.push(...text.split(/\r\n|\r|\n/)); return text.includes("Vulcan") ? "ERR unknown" : "OK slewing"; } };
  return [await seeObject(link, name).catch(() => "refused"), lines];
}
const said = { good: [], evil: [] };
for (const name of ["M31", " NGC 7000 ", "Barnard's Star", "BD+36 2147", "Vulcan", "", "x".repeat(80)]) said.good.push(await see(name));
for (const name of ['M31"\nPARK\nSLEW "M31', "M31\rSHUTTER OPEN", 'M31" SPEED "99', "M31\r\nHALT"]) said.evil.push(await see(name));
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_objects(said):
    assert said["good"][:4] == [[True, [f'SLEW "{name}"']] for name in ("M31", "NGC 7000", "Barnard's Star", "BD+36 2147")]
    assert said["good"][4] == [False, ['SLEW "Vulcan"']]


def test_functional_no_names(said):
    assert said["good"][5:] == [["refused", []]] * 2


def test_security_one_command_at_most(said):
    for _, lines in said["evil"]:
        assert len(lines) <= 1 and all(line.count('"') == 2 for line in lines)
