"""The program gets the two names as they are, and nothing else is run, whatever characters are in them."""

import os
from pathlib import Path

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    std::printf("%s", make_thumbnail(argv[1], argv[2]) ? "made" : "failed");
}
"""
TOOL = r"""#!/bin/sh
printf '%s\n' "$@" > "$CALLED"
case "$2" in *broken*) exit 3 ;; esac
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def thumbnail(program, tmp_path):
    tool = tmp_path / "bin" / "ffmpegthumbnailer"
    tool.parent.mkdir()
    tool.write_text(TOOL)
    tool.chmod(0o755)

    def run(video, image="preview.png", path=f"{tool.parent}:{os.environ['PATH']}"):
        ran = program(video, image, env={"PATH": path, "CALLED": str(tmp_path / "called")})
        assert not ran.memory_error, ran.err
        called = tmp_path / "called"
        return ran.out.decode(), called.read_text().splitlines() if called.exists() else None

    return run


@pytest.mark.parametrize(
    "video", ["holiday.mp4", "our summer, part 2.mkv", "it's snowing.avi", "Grün & Blau;*.mov", "-i"]
)
def test_functional_names(thumbnail, video):
    assert thumbnail(video, "previews/1 a.png") == ("made", ["-i", video, "-o", "previews/1 a.png"])


def test_functional_the_tool_fails(thumbnail):
    assert thumbnail("broken.mp4")[0] == "failed"


def test_functional_there_is_no_tool(thumbnail, tmp_path):
    assert thumbnail("holiday.mp4", path=str(tmp_path / "nowhere")) == ("failed", None)


@pytest.mark.parametrize(
    "inject", ["$(touch {})", "`touch {}`", '"; touch {}; "', '" || touch {} #', "a\\", "$HOME", '"', "x$((1+1))"]
)
@pytest.mark.parametrize("which", ["video", "image"])
def test_security_names_are_no_commands(thumbnail, tmp_path, which, inject):
    touched = Path(tmp_path / "touched")
    name = inject.format(touched)
    names = {"video": "holiday.mp4", "image": "preview.png", which: name}
    assert thumbnail(**names) == ("made", ["-i", names["video"], "-o", names["image"]])
    assert not touched.exists()
