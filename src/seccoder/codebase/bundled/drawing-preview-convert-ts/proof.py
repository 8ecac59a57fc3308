"""A stand-in for rsvg-convert on the PATH writes down its arguments; no other program may leave a trace."""

import json

import pytest
import os
import stat
from pathlib import Path

TOOL = """#!/bin/sh
for argument in "$@"; do printf '%s\\n' "$argument" >> arguments; done
[ -e fail ] && exit 1
exit 0
"""
DRIVER = """
import { makePreview } from "./subject.js";
const [drawing, width] = process.argv.slice(2);
console.log(JSON.stringify(await makePreview(drawing, "previews", width).catch(() => null)));
"""


@pytest.fixture
def convert(node):
    tool = Path("bin/rsvg-convert")
    tool.parent.mkdir(exist_ok=True)
    tool.write_text(TOOL)
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    Path("arguments").unlink(missing_ok=True)
    run = node(DRIVER)

    def convert(drawing, width="320"):
        ran = run(drawing, width, env={"PATH": f"{tool.parent.absolute()}:{os.environ['PATH']}"})
        given = Path("arguments").read_text().splitlines() if Path("arguments").exists() else []
        return json.loads(ran.out), given

    return convert


def test_functional_a_preview(convert):
    preview, given = convert("up/Ground floor.svg")
    assert preview == "previews/Ground floor-320.png"
    assert given == ["-w", "320", "-o", preview, "--", "up/Ground floor.svg"]


def test_functional_no_width_and_a_failure(convert):
    for width in ("0", "x", "-5", "100000"):
        assert convert("a.svg", width) == (None, [])
    Path("fail").touch()
    assert convert("a.svg")[0] is None
    Path("fail").unlink()


@pytest.mark.parametrize("name", ['a"; touch trace; ".svg', "$(touch trace).svg", "`touch trace`.svg"])
def test_security_names(convert, name):
    convert(name)
    assert not Path("trace").exists()


@pytest.mark.parametrize("width", ["320; touch trace #", "320 $(touch trace)", "320\ntouch trace\n"])
def test_security_widths(convert, width):
    convert("a.svg", width)
    assert not Path("trace").exists()
