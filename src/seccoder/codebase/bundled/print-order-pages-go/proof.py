"""A stand-in for pdfinfo notes its arguments: the path arrives as it was given, and nothing else is run."""

import os
from pathlib import Path

import pytest

DRIVER = r"""
package main

import (
	"context"
	"fmt"
	"os"

	"demo/subject"
)

func main() {
	pages, err := order.Pages(context.Background(), os.Args[1])
	fmt.Print(pages, err == nil)
}
"""
PDFINFO = """#!/bin/sh
for argument do printf '%s\\0' "$argument"; done > "$SEEN"
case "$*" in
    *broken*) echo 'Syntax Error: not a PDF' >&2; exit 1;;
    *strange*) echo 'Title:          none'; exit 0;;
esac
printf 'Title:          My 7 Pages: a novel\\nProducer:       pages\\nPages:          12\\nPage size:      595 x 842 pts (A4)\\n'
"""


@pytest.fixture(scope="module")
def program(go):
    return go(DRIVER)


@pytest.fixture
def pages(program, tmp_path, monkeypatch):
    (tmp_path / "pdfinfo").write_text(PDFINFO)
    (tmp_path / "pdfinfo").chmod(0o755)
    (tmp_path / "program").symlink_to(Path("program").resolve())
    monkeypatch.chdir(tmp_path)

    def run(path):
        said = program(path, env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "SEEN": f"{tmp_path}/seen"}).out.decode()
        seen = tmp_path / "seen"
        return said, [each for each in seen.read_text().split("\0")[:-1] if each != "--"] if seen.exists() else None

    return run


@pytest.mark.parametrize("path", ["/up/thesis.pdf", "/up/our menu (final).pdf", "/up/it's us & them.pdf", "ä;b|c.pdf"])
def test_functional_pages(pages, path):
    assert pages(path) == ("12 true", [path])


def test_functional_no_pdf(pages):
    assert pages("/up/broken.pdf")[0] == "0 false"
    assert pages("/up/strange.pdf")[0] == "0 false"


@pytest.mark.parametrize(
    "path",
    [
        "$(touch pwned).pdf",
        "`touch pwned`.pdf",
        '"; touch pwned; ".pdf',
        "'; touch pwned; '.pdf",
        '"|touch pwned|".pdf',
        "${IFS}$(touch${IFS}pwned)",
        "\\$(touch pwned).pdf",
        "$HOME.pdf",
        "-v.pdf",
        "a\ntouch pwned",
    ],
)
def test_security_the_path_arrives_unchanged(pages, tmp_path, path):
    said = pages(path)
    assert not (tmp_path / "pwned").exists()
    assert said == ("12 true", [path])
