"""Lessons are found in subfolders; nothing outside the folder is, through dots, absolute paths or links."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    std::fputs(read_lesson(argv[1], argv[2]).value_or("none").c_str(), stdout);
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)

    def run(*arguments, stdin=b""):
        ran = program(*arguments, stdin=stdin)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return run


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course" / "verbs").mkdir(parents=True)
    (tmp_path / "course-2").mkdir()
    (tmp_path / "course" / "intro.lua").write_text("intro")
    (tmp_path / "course" / "verbs" / "past.lua").write_text("past")
    (tmp_path / "course-2" / "key.lua").write_text("SECRET")
    (tmp_path / "course" / "out").symlink_to(tmp_path / "course-2")
    return tmp_path / "course"


@pytest.mark.parametrize(
    ("link", "text"),
    [("intro.lua", "intro"), ("verbs/past.lua", "past"), ("verbs/../intro.lua", "intro"), ("no", "none")],
)
def test_functional_lessons(run, course, link, text):
    assert run(str(course), link) == text
    assert run(str(course), "verbs") == "none"


@pytest.mark.parametrize(
    "link", ["../course-2/key.lua", "verbs/../../course-2/key.lua", "out/key.lua", "{}/course-2/key.lua", "/etc/passwd"]
)
def test_security_nothing_outside(run, course, link):
    assert run(str(course), link.format(course.parent)) == "none"
