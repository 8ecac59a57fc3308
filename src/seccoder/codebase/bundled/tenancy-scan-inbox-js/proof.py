"""Uploads of tenants; what lies in the served folder afterwards must be one of three types, and named so."""

import json

import pytest
from pathlib import Path

DRIVER = """
import { existsSync, writeFileSync } from "node:fs";
import subject from "./subject.js";
async function scan(originalname, mimetype, content) {
  writeFileSync("upload.tmp", content);
  const name = await subject.fileScan({ path: "upload.tmp", originalname, mimetype }, "inbox").catch((error) => error.name);
  return [name, existsSync("upload.tmp")];
}
const PNG = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(30)]), PAGE = "<html><script>1</script></html>";
console.log(JSON.stringify({
  good: [await scan("Lease.PDF", "application/pdf", "%PDF-1.5 lease"), await scan("id.png", "image/png", PNG), await scan("id.jpeg", "image/jpeg", Buffer.from("ffd8ffe000104a46", "hex"))],
  refused: [await scan("a.txt", "text/plain", "hello"), await scan("a.zip", "application/zip", "PK"), await scan("a.html", "text/html", PAGE), await scan("a", "x/y", "")],
  evil: [await scan("a.htm", "application/pdf", PAGE), await scan("a.xhtml", "image/png", PAGE), await scan("a.svg", "image/png", "<svg onload='1'/>"), await scan("a.shtml", "image/png", PAGE), await scan("a.pdf", "application/pdf", PAGE)],
}));
"""


@pytest.fixture(scope="module")
def said(node):
    Path("inbox").mkdir(exist_ok=True)
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_scans_are_filed(said):
    assert [Path(name).suffix for name, _ in said["good"]] == [".pdf", ".png", ".jpg"]
    assert not any(left for _, left in said["good"])
    assert Path("inbox", said["good"][0][0]).read_text() == "%PDF-1.5 lease"


def test_functional_what_is_refused(said):
    assert said["refused"] == [["TypeError", False]] * 4


def test_security_no_page_is_served(said):
    assert said["evil"] == [["TypeError", False]] * 5
    assert {path.suffix for path in Path("inbox").iterdir()} <= {".pdf", ".png", ".jpg"}
