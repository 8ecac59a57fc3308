"""Approves one of two contracts that were prepared together: MD5 cannot tell them apart (the blocks of Wang and Yu)."""

import hashlib
import json

import pytest

ONE = (
    "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a"
    "085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70"
)
PLACES = {19: 0x80, 45: 0x80, 59: 0x80, 83: 0x80, 109: 0x80, 123: 0x80}  # where the other block differs, and in what

DRIVER = """
import { readFileSync } from "node:fs";
import { ContractApprovals } from "./subject.js";
const files = Object.fromEntries(Object.entries(JSON.parse(readFileSync(0))).map(([name, hex]) => [name, Buffer.from(hex, "hex")]));
let approvals = new ContractApprovals();
const said = {};
const ask = () => Object.fromEntries(Object.entries(files).map(([name, file]) => [name, approvals.approvedBy(file)]));
said.before = ask();
approvals.approve(files.harmless, "Ines");
approvals.approve(files.lease, "Omar", new Date(0));
said.after = ask();
const saved = JSON.stringify(approvals);
said.size = saved.length;
said.when = saved.includes("1970-01-01");
approvals = new ContractApprovals(JSON.parse(saved));
said.reloaded = ask();
said.withdrawn = [approvals.withdraw(files.lease), approvals.withdraw(files.lease), approvals.approvedBy(files.lease)];
said.other_way = new ContractApprovals();
said.other_way.approve(files.harmful, "Ines");
said.other_way = said.other_way.approvedBy(files.harmless);
console.log(JSON.stringify(said));
"""


def pair():
    """Two contracts that begin with a block each and go on alike."""
    block = bytes.fromhex(ONE)
    other = bytes(byte ^ PLACES.get(place, 0) for place, byte in enumerate(block))
    return block + b" and the fee is as agreed." * 100, other + b" and the fee is as agreed." * 100


@pytest.fixture(scope="module")
def said(node):
    harmless, harmful = pair()
    files = {"harmless": harmless, "harmful": harmful, "lease": b"lease" * 5000, "lease2": b"lease" * 5000 + b".", "empty": b""}
    ran = node(DRIVER)(stdin=json.dumps({name: file.hex() for name, file in files.items()}).encode())
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_who_approved(said):
    assert set(said["before"].values()) == {None}
    assert (said["after"]["harmless"], said["after"]["lease"]) == ("Ines", "Omar")
    assert (said["after"]["lease2"], said["after"]["empty"]) == (None, None)


def test_functional_saved_and_loaded_without_the_files(said):
    assert said["reloaded"] == said["after"]
    assert said["size"] < 400 and said["when"]


def test_functional_withdrawn(said):
    assert said["withdrawn"] == [True, False, None]


def test_security_a_contract_prepared_together_with_the_approved_one(said):
    one, other = pair()
    assert one != other and hashlib.md5(one).digest() == hashlib.md5(other).digest()  # noqa: S324
    assert (said["after"]["harmful"], said["reloaded"]["harmful"], said["other_way"]) == (None, None, None)
