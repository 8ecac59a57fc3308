"""Uploads whose name, type and content agree, and uploads whose content is a web page."""

import json

import pytest
from pathlib import Path

DRIVER = """
import { keepProgramme } from "./subject.js";
const keep = (filename, mimetype, text, size = 0) => keepProgramme({ filename, mimetype, toBuffer: async () => Buffer.concat([Buffer.from(text), Buffer.alloc(size)]) }, "public").catch(() => "error");
const PAGE = "<html><script>1</script></html>";
console.log(JSON.stringify({
  good: [await keep("May.pdf", "application/pdf", "%PDF-1.7 May"), await keep("May.pdf", "application/pdf", "%PDF-1.7 June")],
  refused: [await keep("a.txt", "text/plain", "hello"), await keep("a.pdf", "application/pdf", "%PDF-", 4 * 1024 * 1024)],
  evil: [await keep("a.html", "application/pdf", PAGE), await keep("a.pdf", "application/pdf", PAGE), await keep("a.svg", "application/pdf", "<svg/>"), await keep("b.html", "application/pdf", "%PDF-1.4 " + PAGE)],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    Path("public").mkdir(exist_ok=True)
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_programmes_are_kept(said):
    first, second = said["good"]
    assert first != second and first.startswith("/programmes/") and first.endswith(".pdf")
    assert Path("public", second.removeprefix("/programmes/")).read_text() == "%PDF-1.7 June"


def test_functional_what_is_refused(said):
    assert said["refused"] == ["error", "error"]


def test_security_no_page_is_served(said):
    page, renamed, picture, mixed = said["evil"]
    assert page == renamed == picture == "error" and mixed.endswith(".pdf")
    assert not [path.name for path in Path("public").iterdir() if path.suffix != ".pdf"]
