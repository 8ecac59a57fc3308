"""Puts entries into JSON with comments and takes them out again; everything else stays as it is, to the character.

Settings of editors are JSON that people write by hand: with comments, with a comma after the last entry, with their own
indentation. So the text is never written anew. A small reader finds where each value begins and ends, and an entry is
put in as text. What `put` and `append` put in, `take_out` and `take_from` take out; an object or list that is empty
afterwards, without a comment in it, goes as well.

Not guaranteed: that an object which was there, and empty, stays once an entry was put into it and taken out.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from seccoder.errors import UsageError

_SPACE = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_REST_OF_LINE = re.compile(r"(?:[^\S\r\n]|/\*[^\r\n]*?\*/)*(?://[^\r\n]*)?(?=\r?\n)")
_SCALAR = re.compile(r'"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null')
_DEPTH = 100


@dataclass(slots=True)
class _Node:
    """A value: where it begins and ends, and what is in it. The key of a list's item is ""."""

    start: int
    end: int
    value: Any
    entries: "list[_Entry]" = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    """One entry of an object or a list. `comma` is where the comma behind it ends, or None if there is none."""

    key: str
    start: int
    node: _Node
    comma: int | None = None


def read(text: str) -> Any:
    """Return the value of a text; None for one that holds nothing but white space and comments.

    Raises:
        UsageError: If it is no JSON, also with comments and with commas after the last entries.
    """
    root = _read(text)
    return root.value if root else None


def put(text: str, keys: Sequence[str], value: Any) -> str:
    """Return the text with a value under these keys; objects that are not there are made.

    Raises:
        UsageError: If the text is no such JSON, or what is under one of the keys is no object.
    """
    *outer, last = keys
    return _insert(text, outer, {}, last, value)


def append(text: str, keys: Sequence[str], value: Any) -> str:
    """Return the text with a value at the end of the list under these keys; the list is made if it is not there.

    Raises:
        UsageError: If the text is no such JSON, or what is under the keys is no list.
    """
    return _insert(text, keys, [], "", value)


def take_out(text: str, keys: Sequence[str]) -> str:
    """Return the text without what is under these keys, and without objects that are empty then."""
    *outer, last = keys
    return _remove(text, outer, lambda entry: entry.key == last)


def take_from(text: str, keys: Sequence[str], is_ours: Callable[[Any], bool]) -> str:
    """Return the text without those items of the list under these keys, and without what is empty then."""
    while (fewer := _remove(text, keys, lambda entry: is_ours(entry.node.value))) != text:
        text = fewer
    return text


# --- reading --------------------------------------------------------------------------------------------------------


def _read(text: str) -> _Node | None:
    begin = _skip(text, 1 if text.startswith("\ufeff") else 0)
    if begin == len(text):
        return None
    root = _value(text, begin, 0)
    if _skip(text, root.end) != len(text):
        raise _wrong(text, _skip(text, root.end))
    return root


def _value(text: str, at: int, depth: int) -> _Node:
    if text[at : at + 1] in {"{", "["} and depth < _DEPTH:
        return _container(text, at, depth)
    found = _SCALAR.match(text, at)
    if found is None:
        raise _wrong(text, at)
    try:
        return _Node(at, found.end(), json.loads(found[0]))
    except ValueError:
        raise _wrong(text, at) from None


def _container(text: str, start: int, depth: int) -> _Node:
    is_object = text[start] == "{"
    entries: list[_Entry] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != ("}" if is_object else "]"):
        if entries and entries[-1].comma is None:
            raise _wrong(text, at)
        begin, key = at, ""
        if is_object:
            name = _value(text, at, depth)
            at = _skip(text, name.end)
            if not isinstance(name.value, str) or text[at : at + 1] != ":":
                raise _wrong(text, at)
            key, at = name.value, _skip(text, at + 1)
        node = _value(text, at, depth + 1)
        at = _skip(text, node.end)
        comma = at + 1 if text[at : at + 1] == "," else None
        entries.append(_Entry(key, begin, node, comma))
        at = _skip(text, comma or at)
    values = [entry.node.value for entry in entries]
    whole = dict(zip((entry.key for entry in entries), values, strict=True)) if is_object else values
    return _Node(start, at + 1, whole, entries)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _wrong(text: str, at: int) -> UsageError:
    return UsageError(f"no JSON (line {text.count(chr(10), 0, at) + 1})")


def _find(root: _Node, keys: Sequence[str]) -> tuple[_Node, list[str]]:
    """Return the innermost node that is there on the way, and the keys that are left."""
    node, left = root, list(keys)
    while left and (inner := [entry.node for entry in node.entries if entry.key == left[0] != ""]):
        node = inner[-1]
        left.pop(0)
    return node, left


# --- writing --------------------------------------------------------------------------------------------------------


def _insert(text: str, keys: Sequence[str], empty: Any, last: str, value: Any) -> str:
    root = _read(text)
    if root is None:
        text, root = text + "{}\n", _Node(len(text), len(text) + 2, {})
    node, left = _find(root, keys)
    wanted = type(empty) if not left else dict
    if not isinstance(node.value, wanted):
        raise UsageError(f"{'.'.join(keys)} is no {'object' if wanted is dict else 'list'} there")
    value = {last: value} if last else [value]
    for key in reversed(left):
        value = {key: value}
    return _put_in(text, node, value)


def _put_in(text: str, node: _Node, entry: Any) -> str:
    """Put the one entry of an object or a list at the end of a node."""
    newline = "\r\n" if "\r\n" in text else "\n"
    around = _indentation(text, node.start)
    inside = _indentation(text, node.entries[-1].start) if node.entries else around + _unit(text)
    one_line = bool(node.entries) and "\n" not in text[node.start : node.end]
    written = json.dumps(entry, indent=None if one_line else _unit(text), ensure_ascii=False)[1:-1].strip()
    if one_line:
        at = node.entries[-1].node.end
        return f"{text[:at]}, {written}{text[at:]}"
    written = (newline + inside).join(written.split("\n" + _unit(text)))
    if not node.entries:
        at = node.start + 1
        while comment := re.compile(r"\s*(?://[^\n]*|/\*.*?\*/)", re.DOTALL).match(text, at, node.end - 1):
            at = comment.end()
        closing = "" if "\n" in text[at : node.end] else newline + around
        return text[:at] + newline + inside + written + closing + text[at:]
    final = node.entries[-1]
    behind = final.comma or final.node.end
    rest = _REST_OF_LINE.match(text, behind)
    at = rest.end() if rest and rest.end() < node.end else behind
    new = newline + inside + written + ("," if final.comma else "")
    separator = "" if final.comma else ","
    return text[:behind] + separator + text[behind:at] + new + text[at:]


def _remove(text: str, keys: Sequence[str], is_it: Callable[[_Entry], bool]) -> str:
    root = _read(text)
    if root is None:
        return text
    node, left = _find(root, keys)
    found = [index for index, entry in enumerate(node.entries) if is_it(entry)] if not left else []
    if not found:
        return text
    index = found[-1]
    entry = node.entries[index]
    begin = entry.start
    while begin > 0 and text[begin - 1] in " \t":
        begin -= 1
    if text[begin - 1 : begin] == "\n":
        begin -= 2 if text[begin - 2 : begin] == "\r\n" else 1
    end = entry.comma or entry.node.end
    if begin == entry.start and entry.comma:  # it stood right behind the bracket
        end += len(text[end:]) - len(text[end:].lstrip(" \t"))
    if index and index == len(node.entries) - 1 and entry.comma is None:
        before = node.entries[index - 1].comma or 0
        fewer = text[: before - 1] + text[before:begin] + text[end:]
    else:
        fewer = text[:begin] + text[end:]
    if len(node.entries) == 1 and keys and not (text[node.start + 1 : begin] + text[end : node.end - 1]).strip():
        return _remove(fewer, keys[:-1], lambda outer: outer.key == keys[-1])
    return fewer


def _indentation(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _unit(text: str) -> str:
    """Return what one step of indentation is in a text."""
    found = re.search(r"\n([ \t]+)\S", text)
    return ("\t" if found[1].startswith("\t") else found[1]) if found else "  "
