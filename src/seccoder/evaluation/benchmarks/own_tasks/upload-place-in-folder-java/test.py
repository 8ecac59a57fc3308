"""Uploads have their place in the folder, or none."""

import os

import pytest

DRIVER = """
import static given.Said.show;

import java.nio.file.Path;

public class Driver {
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            show("" + i, () -> Songs.place(Path.of("/data/songs"), name));
        }
    }
}
"""


@pytest.fixture(scope="module")
def places(java):
    program = java(DRIVER)
    return lambda *names: list(program(*names).said.values())


def test_functional_places(places):
    assert places("hey.mp3", "my song.ogg") == ["/data/songs/hey.mp3", "/data/songs/my song.ogg"]


def test_security_no_place_outside(places):
    for place in places("../config", "a/../../config", "/data/config", "../songs2/a.mp3"):
        there = os.path.normpath(place or ".")
        assert not there.startswith(("/", "..")) or there.startswith("/data/songs/")
