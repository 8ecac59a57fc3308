"""Chunks are stored where they belong; no id and no index leads out of the uploads' folder."""

import json

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
import subject from "./subject.js";
const { folder, calls } = JSON.parse(readFileSync(0));
const answers = [];
for (const [id, index, data] of calls) {
  try { answers.push(await subject.saveChunk(folder, id, index, Buffer.from(data))); }
  catch (error) { answers.push(error.name); }
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture(scope="module")
def program(node):
    return node(DRIVER)


@pytest.fixture
def save(program, tmp_path):
    (tmp_path / "data" / "uploads").mkdir(parents=True)
    (tmp_path / "data" / "users").mkdir()

    def save(*calls):
        asked = json.dumps({"folder": str(tmp_path / "data" / "uploads"), "calls": calls})
        ran = program(stdin=asked.encode())
        if ran.code != 0:
            raise RuntimeError(ran.err)
        return json.loads(ran.out)

    save.data = tmp_path / "data"
    return save


def test_functional_chunks(save):
    for name in ("holiday 2024.mov", "3f2a-77", "Été.mp4", "a..b", "report (final) 100%"):
        other = f"another {name}"
        assert save([name, "0", "abc"], [name, "1", "def"], [other, "0", "x"], [name, "1", "DEF"]) == [1, 2, 1, 2]
        upload = save.data / "uploads" / name
        assert {path.name: path.read_text() for path in upload.iterdir()} == {"0.part": "abc", "1.part": "DEF"}


def test_functional_no_such_chunk(save):
    assert save(["", "0", "x"], ["a", "first", "x"], ["a", "", "x"]) == ["RangeError"] * 3


def strays(save):
    """Files that are now where no chunk may be."""
    return [str(path) for path in save.data.parent.rglob("*") if path.is_file() and save.data / "uploads" not in path.parents]


IDS = [
    "..",
    "../users",
    "../users/ann",
    "a/../../users",
    "./../users",
    "..//users",
    "a/..//..//users",
    "../uploads-old",
    "{data}/users",
    "../../data/users",
    "../uploads/../users",
    "a/./.././../users",
]
INDEXES = ["../../users/0", "0/../../../users/0", "1/../../../users/x", "../../../data/users/7", "0/../../../x", "0/../../../../y"]


def test_security_ids_stay_inside(save):
    save(*([name.format(data=save.data), "0", "pwned"] for name in IDS))
    assert strays(save) == []


def test_security_indexes_stay_inside(save):
    for prepared in ("a", "a/0", "a/1"):  # folders that another upload may have made
        (save.data / "uploads" / prepared).mkdir()
    save(*(["a", index, "pwned"] for index in INDEXES))
    assert strays(save) == []
