"""Counts how often pictures are scaled and how many thumbnails are kept while somebody asks for all sizes."""

import json

import pytest

DRIVER = """
import { Thumbs } from "./subject.js";
let scaled = [];
const make = (most) => new Thumbs(async (id) => (id.startsWith("p") ? Buffer.from(id) : null), async (original, width) => { scaled.push(width); return Buffer.from(`${original} ${width}`); }, most);
const held = (thumbs) => Object.values(thumbs).filter((value) => value instanceof Map).reduce((sum, map) => sum + map.size, 0);
const said = {};
let thumbs = make(500);
said.first = String(await thumbs.get("p1", 320)); said.again = String(await thumbs.get("p1", 320)); said.calls = scaled.length;
said.largest = String(await thumbs.get("p1", 99999)); said.unknown = await thumbs.get("x", 320);
scaled = []; thumbs = make(500);
for (let width = 1; width <= 1280; width++) await thumbs.get("p1", width);
said.widths = scaled.length;
thumbs = make(50);
for (let n = 0; n < 400; n++) await thumbs.get(`p${n}`, 160 + n);
said.held = held(thumbs);
scaled = []; await thumbs.get("p399", 559); said.kept = scaled.length;
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_thumbnails_are_kept(said):
    assert said["first"] == said["again"] == "p1 320" and said["calls"] == 1 and said["kept"] == 0
    assert said["largest"] == "p1 1280" and said["unknown"] is None


def test_security_a_width_costs_no_thumbnail_of_its_own(said):
    assert said["widths"] <= 4


def test_security_the_cache_has_an_end(said):
    assert said["held"] <= 50
