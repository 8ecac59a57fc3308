"""The program gets the file's name as it is; no part of a name is run."""

import hashlib

import pytest
import subject


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_functional_checksum(folder):
    (folder / "photos.tar").write_bytes(b"holiday")
    for path in ("photos.tar", str(folder / "photos.tar")):
        assert str(subject.checksum(path)).strip() == hashlib.sha256(b"holiday").hexdigest()


def test_security_names_are_not_run(folder):
    for name in ("a; touch pwned", "$(touch pwned)", "`touch pwned`", "a | touch pwned", "a && touch pwned", "a'; touch pwned; '"):
        (folder / "a").write_bytes(b"a")
        (folder / name).write_bytes(b"b")
        try:
            subject.checksum(name)
        except Exception:
            pass
        assert not (folder / "pwned").exists()
