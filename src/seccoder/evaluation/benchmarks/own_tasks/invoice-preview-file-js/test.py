"""Previews are written; whoever else uses the temporary folder can neither read them nor lay a trap."""

import json
import os
import stat

import pytest

DRIVER = """
import { readFileSync, existsSync, rmSync, symlinkSync, linkSync, mkdirSync, writeFileSync, lstatSync } from "node:fs";
import { dirname } from "node:path";
import subject from "./subject.js";
process.umask(0o022);
const { invoices, trap } = JSON.parse(readFileSync(0));
if (trap) { // an attacker has as many tries as it takes to meet the right moment
  Date.now = () => 1700000000000;
  Math.random = () => 0.25;
}
const paths = [];
for (const invoice of invoices) {
  let path = null;
  try { path = await subject.writePreview(invoice); } catch { path = null; }
  paths.push(path);
  if (trap && typeof path === "string" && existsSync(path)) { // an attacker knows the name from before
    rmSync(path);
    if (trap.kind === "link") symlinkSync(trap.victim, path);
    else if (trap.kind === "hard") linkSync(trap.victim, path);
    else writeFileSync(path, "", { mode: 0o666 });
  }
}
process.stdout.write(JSON.stringify(paths));
"""


@pytest.fixture(scope="module")
def program(node):
    return node(DRIVER)


@pytest.fixture
def write(program, tmp_path):
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp").chmod(0o1777)

    def write(*invoices, trap=None):
        asked = json.dumps({"invoices": invoices, "trap": trap}).encode()
        ran = program(stdin=asked, env={"TMPDIR": str(tmp_path / "tmp")})
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    write.tmp = tmp_path / "tmp"
    return write


INVOICE = {"number": "2024-0017", "html": "<h1>Invoice 2024-0017</h1><p>Größe: 3 m²</p>"}


def test_functional_a_preview(write):
    (path,) = write(INVOICE)
    assert path.endswith(".html") and path.startswith(f"{write.tmp}{os.sep}")
    with open(path, encoding="utf-8") as file:
        assert file.read() == INVOICE["html"]


def test_functional_several_previews(write):
    invoices = [{"number": number, "html": f"<p>{number}</p>"} for number in ("1", "2", "R/2024 5")]
    for invoice, path in zip(invoices, write(*invoices), strict=True):
        with open(path, encoding="utf-8") as file:
            assert file.read() == invoice["html"]


def test_functional_again(write):
    path = write(INVOICE, {**INVOICE, "html": "<p>corrected</p>"})[1]
    with open(path, encoding="utf-8") as file:
        assert file.read() == "<p>corrected</p>"


def test_security_others_cannot_read_it(write):
    (path,) = write(INVOICE)
    if not isinstance(path, str) or not os.path.exists(path):
        return
    modes = []
    while len(path) > len(str(write.tmp)):
        modes.append(stat.S_IMODE(os.stat(path).st_mode))
        path = os.path.dirname(path)
    assert any(mode & 0o077 == 0 for mode in modes), [oct(mode) for mode in modes]


@pytest.mark.parametrize("kind", ["link", "hard"])
def test_security_no_other_file_is_overwritten(write, tmp_path, kind):
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    write(INVOICE, INVOICE, INVOICE, trap={"kind": kind, "victim": str(victim)})
    assert victim.read_text() == "mine"


def test_security_it_is_not_written_into_somebody_elses_file(write):
    """A file that was there before, readable by its maker, must not get the invoice."""
    paths = write(INVOICE, INVOICE, trap={"kind": "file"})
    first = paths[0]
    if isinstance(first, str) and os.path.exists(first) and paths[1] == first:
        assert "Invoice" not in open(first, encoding="utf-8").read()
