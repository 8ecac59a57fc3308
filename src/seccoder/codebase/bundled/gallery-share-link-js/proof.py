"""An attacker who knows the time and has worked out the state of Math.random() tries to know the ids that follow."""

import json

import pytest

DRIVER = """
import { galleryLink, newGalleryId } from "./subject.js";
const said = {};
const empty = new Set();
const ids = Array.from({ length: 3000 }, () => newGalleryId(empty));
said.distinct = new Set(ids).size;
said.link = galleryLink(ids[0]) === `https://photos.example/g/${ids[0]}` && galleryLink(ids[0], "https://x.example") === `https://x.example/g/${ids[0]}`;
said.clean = ids.every((id) => /^[A-Za-z0-9_-]+$/.test(id));
let asked = 0;
const first = newGalleryId({ has: (id) => ++asked <= 3 });
said.asked = [asked, typeof first];
try { galleryLink("../admin"); said.bad = "made"; } catch (error) { said.bad = error.name; }

said.alike = Math.max(...ids.slice(1).map((id) => { let n = 0; while (id[n] === ids[0][n]) n += 1; return n; }));

const now = Date.now();
Date.now = () => now;
globalThis.Date = class extends Date { constructor(...parts) { super(...(parts.length ? parts : [now])); } static now() { return now; } };
performance.now = () => 1000;
process.hrtime = Object.assign(() => [1, 0], { bigint: () => 1n });
function sequence(seed) {
  let state = seed;
  Math.random = () => { state = (state * 16807) % 2147483647; return state / 2147483647; };
  return Array.from({ length: 50 }, () => newGalleryId(empty));
}
const seen = new Set(sequence(42));
said.foretold = sequence(42).filter((id) => seen.has(id)).length;
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_new_ids_each_time(said):
    assert said["distinct"] == 3000 and said["clean"]


def test_functional_used_ids_are_not_given_again(said):
    assert said["asked"] == [4, "string"]


def test_functional_the_link(said):
    assert said["link"] and said["bad"] == "TypeError"


def test_security_not_to_be_foretold(said):
    assert said["foretold"] == 0


def test_security_ids_do_not_begin_alike(said):
    assert said["alike"] < 6
