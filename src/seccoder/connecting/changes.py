"""Makes one change in one file of settings, and takes it back: an entry in JSON, marked lines, or a file of our own.

A change is a value that says what stands where; `made` and `undone` take the text of the file and return the new text.
They touch nothing else: comments, order and spacing stay. A file that cannot be read as what it is, and an entry of
ours that is there already, are left alone with a message. `write` replaces the file as a whole, with its permissions
and behind its links, and removes it when nothing is left in it.
"""

import json
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from seccoder.code.files import replacing
from seccoder.connecting import jsonc
from seccoder.errors import UsageError

_MISSING = object()
_BEGIN, _END = "# seccoder connect: begin", "# seccoder connect: end"


class InTheWay(UsageError):
    """Something of somebody else's stands where ours would be.

    Args:
        what: What stands there.
        ours: What we would write.
    """

    def __init__(self, what: str, ours: str) -> None:
        super().__init__(f"{what} is there already and stays; add what --print shows")
        self.ours = ours


class Change(Protocol):
    """One change of one file."""

    @property
    def path(self) -> Path:
        """The file."""
        ...

    def made(self, text: str) -> str:
        """Return the file's text with the change; the same text if it is there already.

        Raises:
            UsageError: If the text cannot be changed; the message says why.
        """
        ...

    def undone(self, text: str) -> str:
        """Return the file's text without the change; the same text if it is not there.

        Raises:
            UsageError: If the text cannot be changed; the message says why.
        """
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A value under keys of a JSON file, which may have comments.

    Attributes:
        path: The file.
        keys: Where the value stands.
        value: The value.
        needed_by: A key of the file whose entries need this one too; as long as it is there, this one stays.
    """

    path: Path
    keys: tuple[str, ...]
    value: Any
    needed_by: str = ""

    def made(self, text: str) -> str:
        """Return the text with the entry. An object of this name stays as it is; so does another value, with a word."""
        there = _value_at(jsonc.read(text), self.keys)
        if there is _MISSING:
            return jsonc.put(text, self.keys, self.value)
        if not self.needed_by and not isinstance(self.value, dict) and there != self.value:
            raise InTheWay(f"{'.'.join(self.keys)} {there!r}", f"{self.value!r}\n")
        return text

    def undone(self, text: str) -> str:
        """Return the text without the entry. An object is ours by its name, another value only if it is the same."""
        whole = jsonc.read(text)
        needed = bool(self.needed_by) and _value_at(whole, (self.needed_by,)) is not _MISSING
        ours = not needed and (isinstance(self.value, dict) or _value_at(whole, self.keys) == self.value)
        return jsonc.take_out(text, self.keys) if ours else text


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list in a JSON file. What has `mark` in it is ours.

    Attributes:
        path: The file.
        keys: Where the list stands.
        value: The item.
        mark: A text that only our item has in it.
    """

    path: Path
    keys: tuple[str, ...]
    value: Any
    mark: str

    def made(self, text: str) -> str:
        """Return the text with the item at the end of the list."""
        there = jsonc.take_from(text, self.keys, self._is_ours) != text
        return text if there else jsonc.append(text, self.keys, self.value)

    def undone(self, text: str) -> str:
        """Return the text without the item."""
        return jsonc.take_from(text, self.keys, self._is_ours)

    def _is_ours(self, item: Any) -> bool:
        return self.mark in json.dumps(item, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines at the end of a TOML or YAML file, between two comments that mark them.

    Attributes:
        path: The file.
        lines: The lines.
        keys: What they define. If the file has it already, somebody else wrote it, and it is left alone.
    """

    path: Path
    lines: tuple[str, ...]
    keys: tuple[str, ...]

    def made(self, text: str) -> str:
        """Return the text with the lines."""
        if f"{_BEGIN}\n" in text:
            return text
        if _value_at(self._read(text), self.keys) is not _MISSING:
            raise InTheWay(".".join(self.keys), self.block())
        whole = text + ("" if not text or text.endswith("\n") else "\n") + self.block()
        self._read(whole)
        return whole

    def undone(self, text: str) -> str:
        """Return the text without the marked lines."""
        before, begun, rest = text.partition(f"{_BEGIN}\n")
        _, ended, after = rest.partition(f"{_END}\n")
        return before + after if begun and ended else text

    def block(self) -> str:
        """Return the lines with their marks."""
        return "".join(f"{line}\n" for line in (_BEGIN, *self.lines, _END))

    def _read(self, text: str) -> Any:
        import yaml

        try:
            return tomllib.loads(text) if self.path.suffix == ".toml" else yaml.safe_load(text) or {}
        except (tomllib.TOMLDecodeError, yaml.YAMLError) as error:
            raise UsageError(f"cannot be read ({' '.join(str(error).split())[:120]})") from None


@dataclass(frozen=True, slots=True)
class Own:
    """A file that is ours alone."""

    path: Path
    text: str

    def made(self, text: str) -> str:
        """Return the text of the file."""
        if text not in ("", self.text):
            raise InTheWay("another text", self.text)
        return self.text

    def undone(self, text: str) -> str:
        """Return nothing; a file that somebody changed stays."""
        return "" if text == self.text else text


def _value_at(value: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return _MISSING
        value = value[key]
    return value


def read(path: Path) -> str:
    """Return a file's text; "" if there is none.

    Raises:
        UsageError: If it is no text.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UsageError("is not UTF-8") from None


def write(path: Path, text: str, root: Path) -> None:
    """Write a file; without text in it, remove it, and the folders below root that are empty then."""
    empty = not text.strip() or (path.suffix in {".json", ".jsonc"} and text.split() in (["{", "}"], ["{}"]))
    if not empty:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as fresh:
            with fresh.open("w", encoding="utf-8", newline="") as stream:
                stream.write(text)
            if path.exists():
                shutil.copymode(path, fresh)
        return
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root or not folder.is_relative_to(root) or any(folder.iterdir()):
            return
        folder.rmdir()
