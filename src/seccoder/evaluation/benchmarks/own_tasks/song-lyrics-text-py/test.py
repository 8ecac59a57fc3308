"""The lyrics of a song are read; no other file is."""

import pytest
import subject


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "songs").mkdir()
    (tmp_path / "songs" / "Yesterday.txt").write_text("All my\ntroubles")
    (tmp_path / "songs" / "Let it be.txt").write_text("When I find")
    (tmp_path / "private.txt").write_text("salaries")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_functional_lyrics():
    assert subject.lyrics("Yesterday") == "All my\ntroubles"
    assert subject.lyrics("Let it be") == "When I find"


def test_security_no_other_file(folder):
    for title in ("../private", "./../private", f"{folder}/private", "../songs/../private"):
        try:
            text = subject.lyrics(title)
        except Exception:
            continue
        assert "salaries" not in str(text)
