"""Differences are shown; a revision's name is neither a command nor an option."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const [folder, ...pairs] = JSON.parse(readFileSync(0));
const answers = [];
for (const [before, after] of pairs) {
  try { answers.push(await subject.revisionDiff(folder, before, after)); } catch { answers.push(null); }
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def program(node):
    return node(DRIVER)


@pytest.fixture
def page(tmp_path):
    folder = tmp_path / "wiki" / "page"
    folder.mkdir(parents=True)
    (tmp_path / "wiki" / "secret.txt").write_text("the s3cr3t\n")
    (folder / "1.md").write_text("a\nb\nc\n")
    return folder


@pytest.fixture
def diff(program, page, tmp_path):
    def diff(*pairs):
        ran = program(stdin=json.dumps([str(page), *pairs]).encode(), env={"PWNED": str(tmp_path / "pwned")})
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    return diff


def test_functional_differences(diff, page):
    names = ["2.md", "2024-03-01 Ann's edit.md", "second (new) & better; really.md", "été #2.md", "50%.md"]
    for name in names:
        (page / name).write_text("a\nB\nc\n")
    for name, answer in zip(names, diff(*(["1.md", name] for name in names)), strict=True):
        lines = answer.splitlines()
        assert lines[3:] == [" a", "-b", "+B", " c"] and lines[2].startswith("@@"), name


def test_functional_nothing_changed(diff, page):
    (page / "2.md").write_text((page / "1.md").read_text())
    assert diff(["1.md", "2.md"]) == [""]


def test_functional_no_such_revision(diff):
    assert diff(["1.md", "2.md"], ["0.md", "1.md"]) == [None, None]


NAMES = [
    "2.md; touch $PWNED",
    '2.md"; touch $PWNED; "',
    "2.md'; touch $PWNED; '",
    "$(touch $PWNED)",
    "`touch $PWNED`",
    "2.md & touch $PWNED &",
    "2.md | touch $PWNED",
    "2.md\ntouch $PWNED\n",
    '2.md\\"; touch $PWNED; \\"',
    "2.md'\"; touch $PWNED; \"'",
    "${IFS}$(touch$IFS$PWNED)",
    "-e$(touch $PWNED)",
]


@pytest.mark.parametrize("exist", [True, False])
def test_security_names_run_nothing(diff, page, tmp_path, exist):
    for name in NAMES if exist else ():
        (page / name).write_text("b\n")
    diff(*(["1.md", name] for name in NAMES), *([name, "1.md"] for name in NAMES))
    assert not (tmp_path / "pwned").exists()


def test_security_names_are_no_options(diff):
    options = ["--to-file=../secret.txt", "--from-file=../secret.txt"]
    answers = diff(*(["1.md", option] for option in options), *([option, "1.md"] for option in options))
    assert "s3cr3t" not in json.dumps(answers)
