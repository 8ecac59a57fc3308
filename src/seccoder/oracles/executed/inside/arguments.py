"""Runs in the box, in the child: makes what a function or constructor is given out of texts.

A parameter's annotation decides, then its shape (what its use in the source tells), then its name; anything else is
given the text itself.
"""
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN204, D102
# (a script of its own inside the box, never imported by the package)
# mypy: ignore-errors

import pathlib
import typing

import shims

CONNECTIONS = {"db", "conn", "connection", "database", "con"}
CURSORS = {"cursor", "cur"}


class Request:
    """What frameworks other than Flask hand to a view: every kind of value by its usual names."""

    def __init__(self, parts):
        for name, kind in (
            ("args", "query"), ("GET", "query"), ("query_params", "query"), ("form", "form"), ("POST", "form"),
            ("cookies", "cookie"), ("COOKIES", "cookie"), ("headers", "header"),
        ):  # fmt: skip
            setattr(self, name, parts[kind])
        self.values = {**parts["query"], **parts["form"]}
        self.json = self.data = parts["json"]
        self.method = "POST" if parts["form"] or parts["json"] else "GET"
        self.session, self.path, self.user = parts["session"], "/", shims.Shell("user")

    def get_json(self, *_, **__):
        return self.json


def given(name, annotation, shape, value, dialect):
    """A value of the type a parameter asks for."""
    lowered, written = name.lower(), annotation.replace(" ", "")
    if shape == "connection" or (not shape and lowered in CONNECTIONS):
        return shims.Connection(dialect)
    if shape == "cursor" or (not shape and lowered in CURSORS):
        return shims.Connection(dialect).cursor()
    if shape == "callable":
        return lambda *_, **__: value
    if written.startswith(("Path", "pathlib.Path")) or (shape == "path" and not written.startswith("str")):
        return pathlib.Path(value)
    if "bytes" in written:
        return value.encode()
    if written in {"int", "float"}:
        return int(value) if written == "int" else float(value)
    if written.startswith(("list", "List", "Sequence", "Iterable", "tuple", "set")) or shape == "list":
        return [value]
    if lowered in {"argv", "args"} and not written:
        return ["app.py", value]
    return value


def owner(entry, values, dialect):
    """Arguments of the constructor: its own slots if there are any, otherwise what was fixed."""
    set_ = {slot[1]: value for slot, value in zip(entry["slots"], values, strict=False) if slot[0] == "owner"}
    return {
        name: given(name, note, entry["shapes"].get(name, ""), set_.get(name, word), dialect)
        for name, note, word in entry["owner"]
    }


def arguments(entry, values, dialect):
    """Arguments of the function."""
    by_name, items = {}, {}
    parts = {kind: {} for kind in ("query", "form", "json", "cookie", "header", "session", "file", "body")}
    for slot, value in zip(entry["slots"], values, strict=False):
        if slot[0] == "parameter":
            by_name[slot[1]] = value
        elif slot[0] == "item":
            items.setdefault(slot[2], {})[slot[1]] = value
        elif slot[0] in parts:
            parts[slot[0]][slot[1]] = value
    found = {}
    for name, note, word in entry["parameters"]:
        shape = entry["shapes"].get(name, "")
        if shape == "request":
            found[name] = Request(parts)
        elif name in items:
            found[name] = items[name]
        else:
            found[name] = given(name, note, shape, by_name.get(name, word), dialect)
    return found


def for_class(target, entry, values, dialect, module):
    """An instance to call a method on; what a constructor wants of the module's own classes is made the same way."""
    chosen = owner(entry, values, dialect)
    for name, note, _ in entry["owner"]:
        kind = vars(module).get(note)
        if isinstance(kind, type) and kind.__module__ == module.__name__:
            hints = typing.get_type_hints(kind.__init__) if hasattr(kind, "__init__") else {}
            hints.pop("return", None)
            chosen[name] = kind(**{n: given(n, getattr(t, "__name__", ""), "", n, dialect) for n, t in hints.items()})
    return target(**chosen)
