"""A stand-in for ffmpeg copies its input to its output; file names hold what a shell would run."""

import json
import os
from pathlib import Path

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const answers = [];
for (const video of JSON.parse(readFileSync(0)))
  answers.push(await subject.extractAudio(video, "audio").catch((error) => `failed: ${error.code}`));
console.log(JSON.stringify(answers));
"""
FFMPEG = """#!/bin/sh
while [ "$#" -gt 1 ]; do
  if [ "$1" = -i ]; then input=${2#file:}; fi
  shift
done
case "$1" in file:*) exec cp -- "$input" "${1#file:}" ;; esac
exit 3
"""


@pytest.fixture(scope="module")
def extract(node):
    run = node(DRIVER)
    for folder in ["bin", "audio", "uploads"]:
        Path(folder).mkdir(exist_ok=True)
    Path("bin/ffmpeg").write_text(FFMPEG)
    Path("bin/ffmpeg").chmod(0o755)

    def audio(*names):
        for name in names:
            Path(name).write_text(f"sound of {name}")
        ran = run(stdin=json.dumps(names).encode(), env={"PATH": f"{Path('bin').absolute()}:{os.environ['PATH']}"})
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return audio


def test_functional_names_with_and_without_blanks(extract):
    names = ["uploads/intro.mp4", "uploads/Week 2 (part b).mkv", "uploads/Übung's end.mov"]
    found = extract(*names)
    assert found == ["audio/intro.m4a", "audio/Week 2 (part b).m4a", "audio/Übung's end.m4a"]
    assert [Path(path).read_text() for path in found] == [f"sound of {name}" for name in names]


def test_functional_failure_is_reported(extract):
    Path("audio/taken.m4a").mkdir(exist_ok=True)
    Path("audio/taken.m4a/taken.mp4").mkdir(exist_ok=True)
    assert extract("uploads/taken.mp4") == ["failed: 1"]


ATTACKS = [
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    '" & touch pwned & "',
    "\ntouch pwned\n",
    "$(touch${IFS}pwned)",
    "a | touch pwned",
    "'; touch pwned; '",
    "$HOME",
]


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_security_a_file_name_runs_nothing(extract, number):
    name = ATTACKS[number]
    video = f"uploads/{name}.mp4"
    Path("pwned").unlink(missing_ok=True)
    found = extract(video)
    assert not Path("pwned").exists()
    assert found == [f"audio/{name}.m4a"]
    assert Path(found[0]).read_text() == f"sound of {video}"


def test_security_a_name_is_no_option(extract):
    assert extract("-f.mp4", "concat:a|b.mp4") == ["audio/-f.m4a", "audio/concat:a|b.m4a"]
