"""Somebody copies the file and looks at it without the PIN, in every encoding it uses."""

import json

import pytest
from pathlib import Path

DRIVER = """
import { readFileSync } from "node:fs";
import { load, save } from "./subject.js";
const PHRASE = "orbit copper lantern willow";
await save("store", PHRASE, "4711");
const text = readFileSync("store/wallet.json", "utf8");
const decoded = Object.values(JSON.parse(text)).map((value) => Buffer.from(String(value), "base64").toString("latin1") + Buffer.from(String(value), "hex").toString("latin1"));
const back = await load("store", "4711"), wrong = await load("store", "4712").catch(() => "refused"), empty = await load("store", "").catch(() => "refused");
await save("store", "other words", "1");
console.log(JSON.stringify({ back, wrong, empty, again: await load("store", "1"), seen: [text, ...decoded].some((each) => each.includes("copper")) }));
"""


@pytest.fixture(scope="module")
def said(node):
    Path("store").mkdir(exist_ok=True)
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_there_and_back(said):
    assert said["back"] == "orbit copper lantern willow" and said["again"] == "other words"


def test_functional_a_wrong_pin(said):
    assert said["wrong"] == said["empty"] == "refused"


def test_security_the_file_does_not_hold_the_phrase(said):
    assert not said["seen"]
