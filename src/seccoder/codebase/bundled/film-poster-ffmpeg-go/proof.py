"""A stand-in for ffmpeg notes its arguments: they arrive as they were given, and nothing else is run."""

import os
from pathlib import Path

import pytest

DRIVER = r"""
package main

import (
	"os"

	"demo/subject"
)

func main() {
	if err := poster.Make(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		os.Stdout.WriteString(err.Error())
	}
}
"""
FFMPEG = """#!/bin/sh
for argument do printf '%s\\0' "$argument"; done > "$SEEN"
case "$*" in *broken*) echo 'no video stream' >&2; exit 1;; esac
"""


@pytest.fixture(scope="module")
def program(go):
    return go(DRIVER)


@pytest.fixture
def make(program, tmp_path, monkeypatch):
    (tmp_path / "ffmpeg").write_text(FFMPEG)
    (tmp_path / "ffmpeg").chmod(0o755)
    (tmp_path / "program").symlink_to(Path("program").resolve())
    monkeypatch.chdir(tmp_path)
    path = f"{tmp_path}:{os.environ['PATH']}"

    def run(film="a.mp4", second="12.5", picture="a.jpg"):
        said = program(film, second, picture, env={"PATH": path, "SEEN": f"{tmp_path}/seen"}).out.decode()
        seen = tmp_path / "seen"
        return said, seen.read_text().split("\0")[:-1] if seen.exists() else None

    return run


def wanted(film="a.mp4", second="12.5", picture="a.jpg"):
    return ["-nostdin", "-y", "-ss", second, "-i", f"file:{film}", "-frames:v", "1", f"file:{picture}"]


@pytest.mark.parametrize(
    "film", ["a.mp4", "our holiday (final).mp4", "it's us & them.mov", "-y.mp4", "späti.mkv", "a;b|c.mp4"]
)
def test_functional_arguments(make, film):
    assert make(film=film) == ("", wanted(film=film))


def test_functional_failure_is_reported(make):
    said, _ = make(film="broken.mp4")
    assert said.startswith("ffmpeg: exit status 1") and "no video stream" in said


ATTACKS = [
    "$(touch pwned).mp4",
    "`touch pwned`.mp4",
    '"; touch pwned; ".mp4',
    'x"$(touch pwned)".mp4',
    "${IFS}$(touch${IFS}pwned)",
    "\\$(touch pwned).mp4",
    "$HOME.mp4",
    "a\ntouch pwned",
    "' ; touch pwned ; '",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", ["film", "second", "picture"])
def test_security_arguments_arrive_unchanged(make, tmp_path, place, attack):
    said, seen = make(**{place: attack})
    assert not (tmp_path / "pwned").exists()
    assert (said, seen) == ("", wanted(**{place: attack}))
