"""A folder of recordings with a secret beside it and a link that leads to it."""

import json

import pytest
from pathlib import Path

DRIVER = """
import { readFileSync } from "node:fs";
import { openRecording } from "./subject.js";
const said = {};
for (const station of JSON.parse(readFileSync(0))) {
  const found = await openRecording("audio", station).catch(() => null);
  if (!found) { said[station] = null; continue; }
  let text = "";
  for await (const piece of found.stream) text += piece;
  said[station] = [text, found.size];
}
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def play(node):
    for folder in ("audio/hall-2", "audio-drafts"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    Path("audio/hall-2/amphora.mp3").write_text("Greek")
    Path("audio/..welcome.mp3").write_text("Hello")
    for secret in ("secret.txt", "audio-drafts/new.mp3"):
        Path(secret).write_text("secret")
    if not Path("audio/link").is_symlink():
        Path("audio/link").symlink_to("../audio-drafts")
    run = node(DRIVER)

    def play(*stations):
        ran = run(stdin=json.dumps(stations).encode())
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return play


def test_functional_recordings(play):
    assert play("hall-2/amphora.mp3", "..welcome.mp3") == {"hall-2/amphora.mp3": ["Greek", 5], "..welcome.mp3": ["Hello", 5]}


def test_functional_what_is_not_there(play):
    assert set(play("hall-2", "", "x.mp3", "a\0b", "../secret.txt").values()) == {None}


def test_security_ways_out(play):
    names = ["../audio-drafts/new.mp3", "hall-2/../../audio-drafts/new.mp3", "link/new.mp3", "/../audio-drafts/new.mp3"]
    assert set(play(*names).values()) == {None}
