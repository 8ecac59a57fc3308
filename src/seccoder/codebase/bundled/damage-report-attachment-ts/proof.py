"""Sends files whose name and type say something else than their content."""

import base64
import json
from pathlib import Path

import pytest

DRIVER = """
import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { keepAttachment } from "./subject.js";
const said = [];
for (const [name, type, content, times] of JSON.parse(readFileSync(0))) {
  const folder = mkdtempSync("public-");
  const bytes = Buffer.from(content, "base64");
  const file = new File(Array(times).fill(bytes), name, { type });
  const kept = await keepAttachment(file, folder).catch((error) => ({ error: error.name }));
  const there = readdirSync(folder);
  said.push({ kept, there, content: there.length === 1 ? readFileSync(join(folder, there[0])).subarray(0, 40).toString("base64") : null });
}
console.log(JSON.stringify(said));
"""
PDF = b"%PDF-1.7\n%more"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00rest"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture(scope="module")
def keep(node):
    run = node(DRIVER)

    def keep(name, kind, content, times=1):
        ran = run(stdin=json.dumps([[name, kind, base64.b64encode(content).decode(), times]]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)[0]

    return keep


FILES = [
    ("report.pdf", "application/pdf", PDF, {".pdf"}),
    ("IMG 1.JPG", "image/jpeg", JPEG, {".jpg", ".jpeg"}),
    ("wall.jpeg", "image/jpeg", JPEG, {".jpg", ".jpeg"}),
    ("wall.png", "image/png", PNG, {".png"}),
]


@pytest.mark.parametrize(("name", "kind", "content", "extensions"), FILES)
def test_functional_kept_under_a_new_name(keep, name, kind, content, extensions):
    said = keep(name, kind, content)
    assert said["there"] == [said["kept"]] and Path(said["kept"]).suffix in extensions
    assert base64.b64decode(said["content"]) == content
    assert Path(name).stem not in said["kept"]


def test_functional_names_differ(keep):
    assert keep(*FILES[0][:3])["kept"] != keep(*FILES[0][:3])["kept"]


def test_functional_too_large_empty_or_of_another_kind(keep):
    for said in (
        keep("a.pdf", "application/pdf", PDF + b"." * 1_000_000, 11),
        keep("a.pdf", "application/pdf", b""),
        keep("a.html", "text/html", PAGE),
    ):
        assert said == {"kept": {"error": "RangeError"}, "there": [], "content": None}


PAGES = [
    ("a.html", "image/png", PAGE),
    ("a.svg", "image/png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ("a.php", "application/pdf", b"<?php system($_GET['c']);"),
    ("a.js", "image/jpeg", b"alert(1)"),
    ("a.pdf", "application/pdf", PAGE),
    ("a.png", "image/png", b"\x89PNX" + PAGE),
]


@pytest.mark.parametrize(("name", "kind", "content"), PAGES)
def test_security_only_by_content(keep, name, kind, content):
    assert keep(name, kind, content)["there"] == []


MIXED = ["a.html", "a.php", "a.png.svg", "a", "a.", "a.pdf/../b.xhtml", "a.html\0.png", "a.HTM"]


@pytest.mark.parametrize("name", MIXED)
def test_security_the_extension_is_that_of_the_content(keep, name):
    said = keep(name, "image/png", PNG + PAGE)
    assert [Path(each).suffix for each in said["there"]] in ([], [".png"])
