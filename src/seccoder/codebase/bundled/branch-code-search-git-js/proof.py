"""Searches a real repository; neither the text nor the branch may become an option of git."""

import json
import os
import subprocess
from pathlib import Path

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { searchBranch } from "./subject.js";
const answers = [];
for (const [branch, text] of JSON.parse(readFileSync(0)))
  answers.push(await searchBranch("repository", branch, text).catch((error) => error.message));
console.log(JSON.stringify(answers));
"""
ENV = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": ".", "GIT_PAGER": "cat"}


@pytest.fixture(scope="module")
def search(node):
    run = node(DRIVER)
    folder = Path("repository")
    (folder / "lib").mkdir(parents=True)
    (folder / "main.js").write_text("let a = 1;\nuse(a.b);\nuse(axb); // main\n")
    (folder / "lib" / "-e.js").write_text("use(2); // -e main\n")

    def git(*arguments):
        who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
        env = {**os.environ, **ENV}
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, env=env)

    git("init", "-q")
    git("checkout", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("branch", "old")

    def answers(*requests):
        ran = run(stdin=json.dumps(requests).encode(), env=ENV)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answers


def test_functional_hits(search):
    one, both, none = search(["main", "a.b"], ["old", "// "], ["main", "nowhere"])
    assert one == [{"file": "main.js", "line": 2, "content": "use(a.b);"}]
    assert [(hit["file"], hit["line"]) for hit in both] == [("lib/-e.js", 1), ("main.js", 3)]
    assert none == []


def test_functional_unknown_branch(search):
    assert search(["nope", "use"]) == ['Cannot search the branch "nope"']


def test_functional_shell_characters_mean_nothing(search):
    search(["main", "$(touch ../pwned)"], ["main; touch ../pwned", "use"])
    assert not Path("pwned").exists()


@pytest.mark.parametrize(
    "text",
    [
        "-O../evil.sh",
        "-n\n-O../evil.sh",
        "--open-files-in-pager=../evil.sh",
        "--open-files-in-pager=touch ../pwned",
        "-f../secret",
        "--no-index",
    ],
)
def test_security_the_text_is_no_option(search, text):
    assert search(["main", text]) == [[]]


def test_security_no_program_is_started(search):
    Path("evil.sh").write_text("#!/bin/sh\ntouch ../pwned\n")
    Path("evil.sh").chmod(0o755)
    search(["main", "-O../evil.sh"], ["main", "--open-files-in-pager=../evil.sh"], ["-O../evil.sh", "use"])
    assert not Path("pwned").exists()


def test_security_a_text_that_begins_with_a_dash_is_found(search):
    assert [hit["file"] for hit in search(["main", "-e main"])[0]] == ["lib/-e.js"]


@pytest.mark.parametrize(
    "branch", ["-Otouch", "--open-files-in-pager=../evil.sh", "-v", "--", "main.js", "--cached", ""]
)
def test_security_the_branch_is_no_option(search, branch):
    assert search([branch, "use"]) == [f"Cannot search the branch {json.dumps(branch)}"]
