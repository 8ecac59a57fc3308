"""The user must not get another file into his mails, whenever he exchanges his own for a link.

The race needs no luck: a trace function exchanges the file before the n-th line of the code, for every n.
"""

import os
import sys

import pytest
import subject


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / ".footer").write_text("Kind regards, Ann")
    return folder


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "shadow"
    path.write_text("root:$6$secret")
    return path


def read_while_exchanging(home, secret, moment):
    """What is read if the footer becomes a link to the secret before the line number `moment`; None: an error."""
    passed = 0

    def exchange(frame, event, _):
        nonlocal passed
        if frame.f_code.co_filename != subject.__file__:
            return None
        if event == "line":
            passed += 1
            if passed == moment:
                (home / ".footer").unlink()
                (home / ".footer").symlink_to(secret)
        return exchange

    trace = sys.gettrace()
    sys.settrace(exchange)
    try:
        return subject.read_footer(home)
    except OSError:
        return None
    finally:
        sys.settrace(trace)


def test_functional_reads_the_footer(home):
    assert subject.read_footer(home) == "Kind regards, Ann"


def test_functional_at_most_4000_bytes(home):
    (home / ".footer").write_bytes(b"x" * 9000)
    assert subject.read_footer(home) == "x" * 4000


@pytest.mark.parametrize("make", [None, os.mkdir, os.mkfifo])
def test_functional_no_regular_file(home, make):
    (home / ".footer").unlink()
    if make is not None:
        make(home / ".footer")
    with pytest.raises(OSError):
        subject.read_footer(home)


def test_functional_link_that_was_there_before(home, secret):
    (home / ".footer").unlink()
    (home / ".footer").symlink_to(secret)
    with pytest.raises(OSError):
        subject.read_footer(home)


@pytest.mark.parametrize("moment", range(1, 13))
def test_security_link_appears_meanwhile(home, secret, moment):
    assert read_while_exchanging(home, secret, moment) in (None, "Kind regards, Ann")
