"""Asks for pages inside and outside of the wiki's folder, by dots in many spellings, absolute paths and links."""

import json
from pathlib import Path

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { readPage } from "./subject.js";
const answers = [];
for (const [folder, page] of JSON.parse(readFileSync(0)))
  answers.push(await readPage(folder, page).catch((error) => `error: ${error.code}`));
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def read(node):
    run = node(DRIVER)
    for folder in ["wiki/guides", "wiki/..drafts", "wiki-private", "hr"]:
        Path(folder).mkdir(parents=True)
    Path("wiki/home.md").write_text("welcome")
    Path("wiki/guides/first-steps.md").write_text("# First")
    Path("wiki/..drafts/idea.md").write_text("later")
    Path("wiki/guides/today.md").symlink_to("first-steps.md")
    Path("wiki-private/plan.md").write_text("SECRET")
    Path("hr/salaries.md").write_text("SECRET")
    Path("wiki.md").write_text("SECRET")
    Path("wiki/leak.md").symlink_to("../hr/salaries.md")
    Path("wiki/out").symlink_to("../hr")

    def answers(*pages, folder="wiki"):
        ran = run(stdin=json.dumps([[folder, page] for page in pages]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_pages(read):
    assert read("home", "guides/first-steps", "guides/today", "..drafts/idea") == [
        "welcome",
        "# First",
        "# First",
        "later",
    ]


def test_functional_missing_pages(read):
    assert read("nothing", "guides", "home/x", "", "a\0b") == [None] * 5


def test_functional_folder_in_another_spelling(read):
    assert read("home", folder="./hr/../wiki/") == ["welcome"]


DOTS = [
    "../hr/salaries",
    "guides/../../hr/salaries",
    "....//hr/salaries",
    "..././hr/salaries",
    "guides/..././..././hr/salaries",
]


def test_security_dots(read):
    assert read(*DOTS) == [None] * len(DOTS)


def test_security_neighbour_with_the_same_beginning(read):
    assert read("../wiki-private/plan", "....//wiki-private/plan", "..", "../wiki", "....//wiki") == [None] * 5


def test_security_absolute_path(read):
    here = Path.cwd()
    assert read(f"{here}/hr/salaries", f"/{here}/hr/salaries", f"file://{here}/hr/salaries") == [None] * 3


def test_security_links_that_lead_out(read):
    assert read("leak", "out/salaries") == [None, None]
