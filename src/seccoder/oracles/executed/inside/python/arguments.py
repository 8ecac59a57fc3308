"""Runs in the sandbox, in a child process: makes the arguments of functions and constructors out of texts.

A parameter's annotation decides first, then its shape (what its use in the source tells), then its name. Any other
parameter is given the text itself.
"""
# ruff: noqa: C901, E501, ANN001, ANN002, ANN003, ANN201, ANN204, D102
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import dataclasses
import datetime
import decimal
import enum
import io
import os
import pathlib
import re
import typing
import uuid

from databases import handed
from shells import Shell

CONNECTIONS = {"db", "conn", "connection", "database", "con"}
CURSORS = {"cursor", "cur"}


def stream(value):
    """Return a file to read from: one of that name if there is one, otherwise one with that content."""
    return open(value, "rb") if os.path.isfile(value) else io.BytesIO(value.encode("utf-8", "replace"))


MADE = {  # how to make a value, by the last part of its annotation
    "date": lambda _: datetime.date(2024, 1, 2), "datetime": lambda _: datetime.datetime(2024, 1, 2), "Decimal": lambda _: decimal.Decimal(7),
    "timedelta": lambda _: datetime.timedelta(1), "BinaryIO": stream, "IO[bytes": stream, "BytesIO": stream, "BufferedReader": stream, "TextIO": io.StringIO, "StringIO": io.StringIO,
    "Environment": lambda _: __import__("jinja2").Environment(autoescape=True), "UUID": lambda _: uuid.UUID(int=7),
}  # fmt: skip


def own(module, annotation, value, dialect, depth=0):
    """Return an object of a class that the source declares, or a list of them. None: the annotation names no class."""
    listed = re.fullmatch(
        r"(?:list|List|Sequence|Iterable|tuple|set)\[(\w+)(?:, ?\.\.\.)?\]", annotation.replace("typing.", "")
    )
    kind = vars(module).get(listed[1] if listed else annotation.removesuffix(" | None"))
    if not isinstance(kind, type) or kind.__module__ != module.__name__ or depth > 3:
        return None
    if issubclass(kind, enum.Enum):
        made = next(iter(kind))
    else:
        hints = dict(getattr(kind, "__annotations__", {}))
        if not dataclasses.is_dataclass(kind) and not hasattr(kind, "_fields") and not issubclass(kind, dict):
            if kind.__init__ is object.__init__:
                hints = {}
            else:
                hints = dict(getattr(kind.__init__, "__annotations__", {}))
        hints.pop("return", None)
        words = {
            name: note if isinstance(note, str) else getattr(note, "__name__", str(note))
            for name, note in hints.items()
        }
        try:
            made = kind(
                **{
                    name: own(module, word, value, dialect, depth + 1) or given(name, word, "", value, dialect)
                    for name, word in words.items()
                }
            )
        except (TypeError, ValueError):
            return None
    return [made] if listed else made


class Request:
    """Stands in for the request of frameworks other than Flask: it has every kind of value under its usual names."""

    def __init__(self, parts):
        for name, kind in (
            ("args", "query"), ("GET", "query"), ("query_params", "query"), ("form", "form"), ("POST", "form"),
            ("cookies", "cookie"), ("COOKIES", "cookie"), ("headers", "header"),
        ):  # fmt: skip
            setattr(self, name, parts[kind])
        self.values = {**parts["query"], **parts["form"]}
        self.json = self.data = parts["json"]
        self.method = "POST" if parts["form"] or parts["json"] else "GET"
        self.session, self.path, self.user = parts["session"], "/", Shell("user")

    def get_json(self, *_, **__):
        return self.json


def given(name, annotation, shape, value, dialect, module=None):
    """Return a value of the type that a parameter asks for."""
    if not isinstance(value, str):
        return value  # it was put together
    plain = annotation.replace(" ", "").removesuffix("|None").removeprefix("Optional[").rstrip("]").rpartition(".")[2]
    if module is not None and (made := own(module, annotation, value, dialect)) is not None:
        return made
    if plain in MADE:
        return MADE[plain](value)
    if annotation.startswith(("dict", "Dict", "Mapping", "MutableMapping", "typing.Mapping")) and shape != "dict":
        return {value: 7.0 if "float" in annotation or "int" in annotation.partition(",")[2] else value}
    lowered, written = name.lower(), annotation.replace(" ", "")
    if shape == "connection" or (not shape and lowered in CONNECTIONS):
        return handed(dialect)
    if shape == "cursor" or (not shape and lowered in CURSORS):
        return handed(dialect).cursor()
    if shape == "self":
        made = Me("self")
        object.__setattr__(made, "dialect", dialect)
        return made
    if shape == "callable":
        return lambda *_, **__: value
    if written.startswith(("Path", "pathlib.Path")) or (shape == "path" and not written.startswith("str")):
        return pathlib.Path(value)
    if "bytes" in written:
        return stream(value).read() if os.path.isabs(value) else value.encode()
    if written in {"int", "float"}:
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            value = "7"  # a caller would give this, whatever the other values are
        return int(float(value)) if written == "int" else float(value)
    if written.startswith(("list[dict", "List[Dict")):
        return [{value: value, "name": value}]
    if written.startswith(("list", "List", "Sequence", "Iterable", "tuple", "set", "Collection")) or shape == "list":
        return [value]
    if lowered in {"argv", "args"} and not written:
        return ["app.py", value]
    return value


class Me(Shell):
    """Stands in for `self` where a method stands without its class."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = unknown(name, self.dialect)
        setattr(self, name, made)
        return made


def unknown(name, dialect):
    """Return a stand-in for something that the code under test uses and that is not there, by its name."""
    lowered = name.lower().strip("_")
    if lowered in CONNECTIONS or lowered.endswith(("_db", "connection", "_conn")):
        return handed(dialect)
    if lowered in CURSORS or lowered.endswith("cursor"):
        return handed(dialect).cursor()
    if re.search(r"(root|base|folder|director(y|ies)|dir|path)$", lowered) and not name.endswith("()"):
        return "/box/app/files"
    return Shell(name)


def owner(entry, values, dialect):
    """Return the arguments of the constructor: its own slots if there are any, otherwise what was fixed."""
    set_ = {slot[1]: value for slot, value in zip(entry["slots"], values, strict=False) if slot[0] == "owner"}
    return {
        name: given(name, note, entry["shapes"].get(name, ""), set_.get(name, word), dialect)
        for name, note, word in entry["owner"]
    }


def arguments(entry, values, dialect, module=None):
    """Return the arguments of the function."""
    by_name, items, flags = {}, {}, {}
    parts = {kind: {} for kind in ("query", "form", "json", "cookie", "header", "session", "file", "body")}
    for slot, value in zip(entry["slots"], values, strict=False):
        if slot[0] == "parameter":
            by_name[slot[1]] = value
        elif slot[0] == "flag":
            flags[slot[1]] = value == "1"
        elif slot[0] == "item":
            items.setdefault(slot[2], {})[slot[1]] = value
        elif slot[0] in parts:
            parts[slot[0]][slot[1]] = value
    found = {}
    for name, note, word in entry["parameters"]:
        shape = entry["shapes"].get(name, "")
        if by_name.get(name) == "\0":
            continue  # it is not given
        if shape == "request":
            found[name] = Request(parts)
        elif name in items:
            found[name] = items[name]
        else:
            found[name] = given(name, note, shape, by_name.get(name, word), dialect, module)
    return found | flags


def for_class(target, entry, values, dialect, module):
    """Return an instance on which to call a method. Objects of the module's classes that it needs are made likewise."""
    chosen = owner(entry, values, dialect)
    for name, note, _ in entry["owner"]:
        kind = vars(module).get(note)
        if isinstance(kind, type) and kind.__module__ == module.__name__:
            hints = typing.get_type_hints(kind.__init__) if hasattr(kind, "__init__") else {}
            hints.pop("return", None)
            chosen[name] = kind(**{n: given(n, getattr(t, "__name__", ""), "", n, dialect) for n, t in hints.items()})
    return target(**chosen)
