"""Entries are kept, and nobody else can read them."""

import os
import stat

import subject


def test_functional_entry(tmp_path):
    for name, text in (("monday", "It rained."), ("tuesday", "Süß\nand sour")):
        subject.save_entry(str(tmp_path / name), text)
        assert (tmp_path / name).read_text(encoding="utf-8").rstrip("\n") == text


def test_security_for_the_user_alone(tmp_path):
    os.umask(0o022)
    path = tmp_path / "entry"
    try:
        subject.save_entry(str(path), "secret")
    except Exception:
        pass
    assert not path.exists() or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
