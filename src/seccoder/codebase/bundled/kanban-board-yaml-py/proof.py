"""A small YAML (columns with lists of scalars, and PyYAML's tags for Python objects) stands beside the code. As in
PyYAML, Loader and UnsafeLoader construct whatever a tag names, FullLoader only names of loaded modules, SafeLoader
nothing."""

import importlib
from pathlib import Path

import pytest

YAML = r"""
import importlib
import json
import re
import sys


class YAMLError(Exception):
    pass


class SafeLoader:
    pass


class FullLoader(SafeLoader):
    pass


class Loader(FullLoader):
    pass


class UnsafeLoader(FullLoader):
    pass


def construct(text, loader):
    tag = re.fullmatch(r"!!python/(name|object/apply|object/new|module):([\w.]+)\s*(.*)", text)
    if tag is None:
        if text.startswith("!"):
            raise YAMLError("could not determine a constructor for the tag")
        if re.fullmatch(r"-?\d+", text):
            return int(text)
        return text.strip("\"'")
    kind, name, rest = tag.groups()
    module, _, attribute = name.rpartition(".")
    if not issubclass(loader, FullLoader) or loader is FullLoader and (kind != "name" or module not in sys.modules):
        raise YAMLError("could not determine a constructor for the tag")
    if kind == "module":
        return importlib.import_module(name)
    value = getattr(importlib.import_module(module), attribute)
    return value if kind == "name" else value(*json.loads(rest or "[]"))


def load(stream, Loader):
    text = stream.decode() if isinstance(stream, bytes) else stream
    lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        return None
    if len(lines) == 1 and ": " not in lines[0].split("!")[0] and not lines[0].endswith(":"):
        return construct(lines[0], Loader)
    board, cards = {}, None
    for line in lines:
        if line.lstrip().startswith("- ") and cards is not None:
            cards.append(construct(line.lstrip()[2:].strip(), Loader))
        elif match := re.fullmatch(r"([^:!]+):(?: (.+))?", line):
            cards = construct(match[2], Loader) if match[2] else []
            board[construct(match[1].strip(), Loader)] = cards
        else:
            raise YAMLError("mapping values are not allowed here")
    return board


def safe_load(stream):
    return load(stream, SafeLoader)


def full_load(stream):
    return load(stream, FullLoader)


def unsafe_load(stream):
    return load(stream, UnsafeLoader)
"""
Path("yaml.py").write_text(YAML)
importlib.invalidate_caches()

import subject  # noqa: E402

BOARD = """# our board
To do:
  - Paint the fence
  - "Order 7 hooks"
Doing:
Done:
- 42
"""


def test_functional_board():
    board = subject.import_board(BOARD.encode())
    assert board == {"To do": ["Paint the fence", "Order 7 hooks"], "Doing": [], "Done": ["42"]}
    assert list(board) == ["To do", "Doing", "Done"]


@pytest.mark.parametrize("upload", [b"", b"hello", b"42", b"To do: nothing", b"1:\n- x", b"a\nb: c: d", b"{nonsense"])
def test_functional_not_a_board(upload):
    with pytest.raises(ValueError):
        subject.import_board(upload)


CALLS = [
    '!!python/object/apply:os.system ["touch pwned"]',
    '!!python/object/apply:subprocess.getoutput ["touch pwned"]',
    '!!python/object/new:os.system ["touch pwned"]',
    "!!python/object/apply:builtins.exec [\"open('pwned', 'w').close()\"]",
    '!!python/object/apply:pathlib.os.popen ["touch pwned; sleep 0.2"]',
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("file", ["{}", "To do:\n- {}", "To do:\n- x\nDone: {}"])
def test_security_no_function_is_called(tmp_path, monkeypatch, file, call):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError):
        subject.import_board(file.format(call).encode())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "tag", ["!!python/name:os.environ", "!!python/module:os", "!!python/name:subject.__builtins__"]
)
def test_security_no_object_is_named(tag):
    with pytest.raises(ValueError):
        subject.import_board(f"To do:\n- {tag}".encode())
