"""At no moment does a file exist that others could open and that holds, or will hold, the token.

A trace function looks at the folder before each line of the code: what it sees, another user could have used.
"""

import os
import sys

import pytest
import subject


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "config"
    folder.mkdir()
    return folder / "token"


def open_files(path, token, umask):
    """Names of the files that others could open at some moment while the token was saved."""
    seen = set()

    def look(frame, event, _):
        if frame.f_code.co_filename != subject.__file__:
            return None
        seen.update(file.name for file in path.parent.iterdir() if file.stat().st_mode & 0o077)
        return look

    before = os.umask(umask)
    trace = sys.gettrace()
    sys.settrace(look)
    try:
        subject.save_token(path, token)
    finally:
        sys.settrace(trace)
        os.umask(before)
    return seen


def test_functional_round_trip(path):
    assert subject.load_token(path) is None
    subject.save_token(path, "first-longer-token")
    subject.save_token(path, "second-ü")
    assert subject.load_token(path) == "second-ü"
    assert [file.name for file in path.parent.iterdir()] == ["token"]


def test_functional_mode_afterwards(path):
    subject.save_token(path, "secret")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_security_never_open_to_others(path, umask):
    assert open_files(path, "secret", umask) == set()


def test_security_old_file_that_others_hold_open(path):
    path.write_text("old")
    path.chmod(0o644)
    with path.open() as spy:
        subject.save_token(path, "secret")
        assert "secret" not in spy.read()
    assert path.stat().st_mode & 0o077 == 0


def test_security_link_is_not_followed(path, tmp_path):
    elsewhere = tmp_path / "public.html"
    elsewhere.write_text("hello")
    for name in ["token", ".token.new"]:
        (path.parent / name).unlink(missing_ok=True)
        (path.parent / name).symlink_to(elsewhere)
        subject.save_token(path, "secret")
    assert elsewhere.read_text() == "hello"
