"""Entries are shown as they were typed, and are no markup."""

import json
import re

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((entries) => String(subject.entriesList(entries)))));
"""


@pytest.fixture(scope="module")
def lists(node):
    program = node(DRIVER)
    return lambda *calls: json.loads(program(stdin=json.dumps(calls).encode()).out or "[]")


def test_functional_list(lists):
    some, none = (re.sub(r"\s*(<[^>]*>)\s*", r"\1", text) for text in lists(["Lovely!", "We will be back"], []))
    assert re.fullmatch(r"<ul[^>]*><li[^>]*>Lovely!</li><li[^>]*>We will be back</li></ul>", some)
    assert re.fullmatch(r"<ul[^>]*></ul>", none)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "a <img src=x onerror=alert(1)>", "</li></ul><iframe src=x>"])
def test_security_entries_are_no_markup(lists, typed):
    for text in lists(["fine", typed]):
        assert not re.search(r"<(script|img|iframe)", text, re.I)
