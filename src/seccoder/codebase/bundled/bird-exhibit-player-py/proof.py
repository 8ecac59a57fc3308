"""A socket pair: the other end reads lines as the player does."""

import socket
from pathlib import Path

import pytest
from subject import play_recording

BIRDS = Path("birds")
BIRDS.mkdir(exist_ok=True)
for bird in ("Robin", "Wren of Orkney"):
    (BIRDS / f"{bird}.ogg").write_bytes(b"OggS")


def sent(name):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        try:
            play_recording(ours, BIRDS, name)
        except ValueError:
            return None
        ours.shutdown(socket.SHUT_WR)
        return theirs.makefile("r", newline="").read().replace("\r", "\n").split("\n")


@pytest.mark.parametrize("bird", ["Robin", " Wren of Orkney "])
def test_functional_a_recording(bird):
    assert sent(bird) == ["clear", f"add birds/{bird.strip()}.ogg", "play", ""]


@pytest.mark.parametrize("name", ["", "  ", "Dodo", "../Robin", "robin", "*"])
def test_functional_no_recording(name):
    assert sent(name) is None


@pytest.mark.parametrize("name", ["Robin\nvolume 320\nadd x", "Robin\rpause", "Robin\r\nclear\r\n#", "Robin\x0bpause"])
def test_security_no_other_command(name):
    assert sent(name) in (None, ["clear", "add birds/Robin.ogg", "play", ""])
