"""Runs in the sandbox, in a child process: puts values together into what the code under test takes apart.

A value may stand deep inside an argument: below keys, in a list, behind an encoding. Each has a path of steps that lead
to it, such as `[["base64"], ["json"], ["key", "token"]]`. Values with the same slot become one argument.
"""
# ruff: noqa: ANN001, ANN201
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import base64
import contextlib
import importlib
import json
import pickle
import sys
import zlib
from urllib.parse import urlencode

from shells import Shell

ENCODERS = {
    "base64": lambda value: base64.b64encode(octets(value)).decode(),
    "base64url": lambda value: base64.urlsafe_b64encode(octets(value)).decode(),
    "base32": lambda value: base64.b32encode(octets(value)).decode(),
    "hex": lambda value: octets(value).hex(),
    "zlib": lambda value: zlib.compress(octets(value)),
    "json": lambda value: json.dumps(value, default=str),
    "pickle": lambda value: pickle.dumps(value, protocol=0).decode("latin-1"),
    "query": lambda value: urlencode(value if isinstance(value, dict) else {"q": value}),
}


def join_package(module, place):
    """Make the code under test a module of its package, whose own files come first, as where it is imported."""
    if "/" in place:
        name = place.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        module.__package__ = name if place.endswith("/__init__.py") else name.rpartition(".")[0]
        with contextlib.suppress(Exception):  # the code under test will say so if it needs it
            importlib.import_module(module.__package__)
        sys.modules.setdefault(name, module)


def octets(value):
    """Return a value as bytes."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def compose(entry, values):
    """Return the entry with one slot per argument, and the arguments' values."""
    paths = entry.get("paths")
    if not paths or not any(paths):
        return entry, values
    groups = {}
    for slot, path, value in zip(entry["slots"], paths, values, strict=True):
        groups.setdefault(tuple(slot), []).append((path, value))
    made = [[list(slot), build(leaves)] for slot, leaves in groups.items()]
    return {**entry, "slots": [slot for slot, _ in made]}, [value for _, value in made]


def build(leaves):
    """Return the value that has all the leaves in it, each at the end of its path."""
    path, value = leaves[0]
    if not path:
        return value
    kind, *named = path[0]
    below = {}
    for steps, leaf in leaves:
        if steps and steps[0][0] == kind:
            below.setdefault(tuple(steps[0][1:]), []).append((steps[1:], leaf))
    if kind == "key":
        return {key: build(inner) for (key,), inner in below.items()}
    if kind == "attribute":
        made = Shell("given")
        for (name,), inner in below.items():
            setattr(made, name, build(inner))
        return made
    if kind == "list":
        return [build(inner) for inner in below.values()]
    return ENCODERS[kind](build(below[tuple(named)]))
