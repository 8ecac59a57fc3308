"""Notes land in a regular file of the folder; whatever else its owner puts there under that name stays untouched."""

import os

import pytest

DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    printf("%d", append_crash_note(argv[1], argv[2]));
}
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def append(program, tmp_path):
    folder = tmp_path / "service"
    folder.mkdir()
    (tmp_path / "victim").write_text("root:x:0:0\n")

    def append(note, to=folder):
        ran = program(str(to), note)
        assert not ran.memory_error, ran.err
        return int(ran.out)

    return append


def test_functional_appends(append, tmp_path):
    assert append("signal 11") == 0
    assert append("100% %s") == 0
    assert (tmp_path / "service" / "crash.log").read_text() == "signal 11\n100% %s\n"


def test_functional_keeps_what_is_there(append, tmp_path):
    (tmp_path / "service" / "crash.log").write_text("before\n")
    assert append("after", f"{tmp_path}/service/") == 0
    assert (tmp_path / "service" / "crash.log").read_text() == "before\nafter\n"


def test_functional_impossible(append, tmp_path):
    assert append("note", tmp_path / "nowhere") == -1
    assert append("note", tmp_path / "victim") == -1
    (tmp_path / "service" / "crash.log").mkdir()
    assert append("note") == -1


def test_security_symbolic_link(append, tmp_path):
    (tmp_path / "service" / "crash.log").symlink_to(tmp_path / "victim")
    assert append("evil::0:0") == -1
    assert (tmp_path / "victim").read_text() == "root:x:0:0\n"


def test_security_link_to_a_file_that_would_be_made(append, tmp_path):
    (tmp_path / "service" / "crash.log").symlink_to(tmp_path / "nologin")
    assert append("note") == -1
    assert not (tmp_path / "nologin").exists()


def test_security_hard_link(append, tmp_path):
    os.link(tmp_path / "victim", tmp_path / "service" / "crash.log")
    assert append("evil::0:0") == -1
    assert (tmp_path / "victim").read_text() == "root:x:0:0\n"


def test_security_folder_is_a_link(append, tmp_path):
    (tmp_path / "etc").mkdir()
    (tmp_path / "other").symlink_to(tmp_path / "etc")
    assert append("note", tmp_path / "other") == -1
    assert list((tmp_path / "etc").iterdir()) == []
