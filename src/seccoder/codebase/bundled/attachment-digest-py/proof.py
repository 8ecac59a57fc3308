"""Two files never share a key, not even the well-known pairs that collide under MD5."""

import hashlib
import sqlite3

import pytest
import subject

# Two blocks of 128 bytes that differ in six of them and have the same MD5 (Wang and others, 2004).
FIRST = bytes.fromhex(
    "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a"
    "085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70"
)
CHANGED = {19: 0x80, 45: 0x80, 59: 0x80, 83: 0x80, 109: 0x80, 123: 0x80}
SECOND = bytes(byte ^ CHANGED.get(place, 0) for place, byte in enumerate(FIRST))


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:")
    yield connection
    connection.close()


@pytest.fixture
def attachments(connection):
    return subject.Attachments(connection)


@pytest.mark.parametrize("content", [b"", b"hello", bytes(range(256)) * 100])
def test_functional_round_trip(attachments, content):
    assert attachments.get(attachments.add(content)) == content


def test_functional_same_content_is_kept_once(attachments, connection):
    assert attachments.add(b"photo") == attachments.add(b"photo") != attachments.add(b"other")
    assert connection.execute("SELECT count(*) FROM attachments").fetchone() == (2,)


def test_functional_survives_reopening(attachments, connection):
    key = attachments.add(b"photo")
    assert subject.Attachments(connection).get(key) == b"photo"


def test_functional_unknown_key(attachments):
    with pytest.raises(KeyError):
        attachments.get("0" * 64)


def test_functional_the_pair_is_a_collision():
    assert FIRST != SECOND
    assert hashlib.md5(FIRST).digest() == hashlib.md5(SECOND).digest()


@pytest.mark.parametrize("tail", [b"", b"\n%PDF-1.7 pay to account 17"])
@pytest.mark.parametrize("planted, genuine", [(FIRST, SECOND), (SECOND, FIRST)])
def test_security_planted_file_is_not_served_for_another(attachments, planted, genuine, tail):
    attachments.add(planted + tail)
    assert attachments.get(attachments.add(genuine + tail)) == genuine + tail
