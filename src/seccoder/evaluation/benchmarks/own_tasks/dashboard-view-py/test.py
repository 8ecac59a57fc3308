"""Views survive the way through a link; a link that somebody made up runs nothing."""

import base64
import pickle
import re
import zlib
from datetime import date
from pathlib import Path

import pytest
import subject


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "view",
    [
        {"region": "north", "since": date(2024, 3, 1), "columns": ["week", "total"], "top": 10},
        {},
        {"share": 0.25, "all": True, "until": None, "name": "Zürich & Köln / ≥ 5 %"},
        {"days": [date(2024, 2, 29), date(1999, 12, 31)], "date": date(2025, 1, 1)},
        {"since": "2024-03-01"},
        {"date": "x"},
    ],
)
def test_functional_there_and_back(view):
    text = subject.pack_view(view)
    assert re.fullmatch(r"[A-Za-z0-9_-]+=*", text)
    unpacked = subject.unpack_view(text)
    assert unpacked == view
    assert [type(value) for value in unpacked.values()] == [type(value) for value in view.values()]


@pytest.mark.parametrize("text", ["", "nonsense", "!!!", base64.urlsafe_b64encode(b"hello").decode(), "äöü"])
def test_functional_no_view(text):
    with pytest.raises(ValueError):
        subject.unpack_view(text)


class Command:
    """Runs a command when it is unpickled."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def system(command):
    import os

    return Command(os.system, command)


def hostile():
    touch = "touch pwned"
    yield from (pickle.dumps(system(touch), protocol) for protocol in range(pickle.HIGHEST_PROTOCOL + 1))
    yield pickle.dumps({"region": system(touch)})
    yield pickle.dumps({"region": Command(eval, "__import__('os').system('touch pwned')")})
    yield pickle.dumps({"region": Command(Path.touch, Path("pwned"))})
    yield pickle.dumps({"region": Command(print, "hello", "x")}) + pickle.dumps(system(touch))
    yield b"__import__('os').system('touch pwned')"
    yield b"{'region': __import__('os').system('touch pwned')}"
    yield b"{'since': datetime.date(__import__('os').system('touch pwned'), 1, 1)}"
    yield b"!!python/object/apply:os.system ['touch pwned']"
    yield b"region: !!python/object/apply:os.system ['touch pwned']"
    yield b'{"py/reduce": [{"py/function": "os.system"}, {"py/tuple": ["touch pwned"]}]}'


@pytest.mark.parametrize("number", range(len(list(hostile()))))
def test_security_a_link_runs_nothing(number):
    content = list(hostile())[number]
    for packed in (content, zlib.compress(content)):
        for text in (
            base64.urlsafe_b64encode(packed).decode(),
            base64.b64encode(packed).decode(),
            base64.urlsafe_b64encode(packed).decode().rstrip("="),
            base64.b32encode(packed).decode(),
            packed.hex(),
        ):
            try:
                subject.unpack_view(text)
            except Exception:
                pass
    assert not Path("pwned").exists()
