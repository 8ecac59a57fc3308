"""Progress is read as it was written; a file from somebody else runs nothing."""

import os
import pickle

import subject

PROGRESS = {"name": "Zoë", "level": 7, "best": [120, 95.5], "done": ["a", "b"]}


class Exploit:
    def __reduce__(self):
        return os.mkdir, ("pwned",)


def test_functional_progress(tmp_path):
    path = str(tmp_path / "game.sav")
    for progress in (PROGRESS, {}, {**PROGRESS, "level": 8}):
        subject.save_progress(path, progress)
        assert subject.load_progress(path) == progress


def test_security_files_of_others(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = "__import__('os').mkdir('pwned')"
    for content in (pickle.dumps(Exploit()), pickle.dumps(Exploit(), 0), code.encode(), f"!!python/object/apply:os.mkdir [pwned]".encode()):
        with open("other.sav", "wb") as file:
            file.write(content)
        try:
            subject.load_progress("other.sav")
        except Exception:
            pass
        assert not os.path.exists("pwned")
