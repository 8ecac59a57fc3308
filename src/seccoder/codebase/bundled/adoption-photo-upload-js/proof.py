"""Uploads photos, and things that only claim to be photos, and looks at what lies in the folder afterwards."""

import base64
import json
import re
import shutil
from pathlib import Path

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const { content, ...file } of JSON.parse(readFileSync(0)))
  answers.push(await subject.storePhoto("photos", { fieldname: "photo", ...file, buffer: Buffer.from(content, "base64") })
    .catch((error) => `refused: ${error.name}`));
console.log(JSON.stringify(answers));
"""
JPEG, PNG, WEBP = b"\xff\xd8\xff\xe0 lion", b"\x89PNG\r\n\x1a\n cat", b"RIFF\x10\0\0\0WEBPVP8 dog"
HTML = b"<script>alert(document.cookie)</script>"
NAME = re.compile(r"[0-9a-f-]{36}\.(jpg|jpeg|png|webp)")


@pytest.fixture(scope="module")
def program(node):
    return node(DRIVER)


@pytest.fixture
def store(program):
    shutil.rmtree("photos", ignore_errors=True)
    Path("photos").mkdir()

    def answers(*files):
        sent = [
            {"originalname": name, "mimetype": kind, "content": base64.b64encode(content).decode()}
            for name, kind, content in files
        ]
        ran = program(stdin=json.dumps(sent).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_photos_are_stored(store):
    photos = [("leo.jpg", "image/jpeg", JPEG), ("my cat.png", "image/png", PNG), ("rex.webp", "image/webp", WEBP)]
    names = store(*photos, photos[0])
    assert [Path(name).suffix for name in names] == [".jpg", ".png", ".webp", ".jpg"]
    assert len(set(names)) == 4
    assert [Path("photos", name).read_bytes() for name in names[:3]] == [JPEG, PNG, WEBP]


def test_functional_other_files_are_refused(store):
    big = JPEG + bytes(8 * 1024 * 1024)
    assert (
        store(("a.pdf", "application/pdf", b"%PDF-1.7"), ("a.html", "text/html", HTML), ("a.jpg", "image/jpeg", big))
        == ["refused: TypeError"] * 3
    )
    assert list(Path("photos").iterdir()) == []


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "image/webp"])
def test_security_content_that_is_no_photo(store, kind):
    contents = [HTML, b"<svg onload='alert(1)'/>", b"", b"\xff\xd8", b"GIF89a", b" \x89PNG\r\n\x1a\n", b"RIFF1234WEB"]
    assert store(*(("leo.jpg", kind, content) for content in contents)) == ["refused: TypeError"] * 7
    assert list(Path("photos").iterdir()) == []


@pytest.mark.parametrize("folder", ["", "../"])
def test_security_photo_with_another_ending(store, folder):
    endings = ["html", "HTM", "svg", "php", "shtml", "js", "jpg.html", "html;.jpg/x.xhtml", "", "htaccess"]
    for name in store(*((f"{folder}leo.{ending}", "image/jpeg", JPEG + HTML) for ending in endings)):
        assert name == "refused: TypeError" or NAME.fullmatch(name)
    assert all(NAME.fullmatch(file.name) for file in Path("photos").iterdir())


def test_security_the_ending_is_that_of_the_content(store):
    (name,) = store(("leo.jpg", "image/jpeg", PNG))
    assert name.startswith("refused") or name.endswith(".png")
