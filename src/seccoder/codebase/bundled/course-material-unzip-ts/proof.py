"""Unpacks lists of entries; whatever they are called, nothing is written outside of the course's folder."""

import json
import shutil
from pathlib import Path

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import { unpackCourse } from "./subject.js";
const answers = [];
for (const [folder, names] of JSON.parse(readFileSync(0))) {
  async function* entries() {
    for (const name of names) yield { name, read: async () => new TextEncoder().encode(`of ${name}`) };
  }
  answers.push(await unpackCourse(entries(), folder).catch((error) => ({ error: error.message })));
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def program(node):
    return node(DRIVER)


@pytest.fixture
def unpack(program):
    shutil.rmtree("school", ignore_errors=True)
    Path("school/course-1").mkdir(parents=True)
    Path("school/grades.csv").write_text("ann;1")

    def answer(*names, folder="school/course-1"):
        ran = program(stdin=json.dumps([[folder, names]]).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)[0]

    return answer


def outside():
    return {str(p.relative_to("school")) for p in Path("school").rglob("*") if p.parts[1] != "course-1"}


def test_functional_files_and_folders(unpack):
    names = ["plan.pdf", "slides/", "slides/week 1.odp", "data/2024/a.csv", ".nojekyll", "notes..txt"]
    assert unpack(*names) == [name for name in names if name != "slides/"]
    assert Path("school/course-1/data/2024/a.csv").read_text() == "of data/2024/a.csv"


def test_functional_new_folder_with_slash_at_the_end(unpack):
    assert unpack("a.txt", folder="school/course-2/") == ["a.txt"]


def test_functional_plain_ways_out_are_refused(unpack):
    assert "error" in unpack("../evil")
    assert "error" in unpack("/tmp/evil-course")


def test_functional_nothing_is_overwritten(unpack):
    assert "error" in unpack("a.txt", "a.txt")
    assert Path("school/course-1/a.txt").read_text() == "of a.txt"


ATTACKS = [
    "slides/../../evil",
    "./../evil",
    ".//../evil",
    "a/b/../../../evil",
    "slides/../../course-10/evil",
    "./../course-1.bak",
    "x/../../new-folder/",
    "./..",
    "a/../../grades.csv",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_no_entry_leaves_the_folder(unpack, attack):
    answer = unpack("first.txt", attack, "last.txt")
    assert outside() == {"grades.csv"}
    assert Path("school/grades.csv").read_text() == "ann;1"
    assert "error" in answer


def test_security_the_folder_itself_is_no_file(unpack):
    assert "error" in unpack("x/..")
    assert outside() == {"grades.csv"}
