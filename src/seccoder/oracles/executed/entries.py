"""Turns what a source offers into entry points, and gives each of its slots the value that its name asks for.

A slot is one value that comes in: a route's parameter or request key, a function's parameter, an argument of a program.
An entry point is one thing that can be called with a value for each of its slots.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from seccoder.oracles.executed.attempts import APP, Tokens
from seccoder.oracles.executed.surface import Function, Surface

ROOTS = ("folder", "connection", "cursor", "callable", "request", "self")  # these are no place for a hostile text
_INNER = {"parameter", "owner"}  # these slots are filled by a caller in the same program
_NUMERIC = set("age amount count id index k limit n num number offset page port price qty quantity size year".split())
_KINDS = {
    "host": ("host", "addr", "domain", "server", "target"),
    "url": ("url", "uri", "link", "website"),
    "email": ("email", "mail"),
    "file": ("file", "path", "img", "image", "doc", "name", "page", "template", "photo", "report", "attachment", "key"),
    "folder": ("root", "base", "folder", "directory", "dir"),
}
_IP = re.compile(r"(?i:(^|_|client|remote|user|source|src|peer)ip(v[46])?(_|$))|[a-z]I[pP]($|[A-Z_])")  # no recipe


@dataclass(slots=True)
class Entry:
    """Describes one thing that can be called.

    Attributes:
        kind: `route`, `function`, `script`, `wsgi` or `handler`.
        label: How it is named in findings.
        slots: Kind and name of each value that it takes, and the parameter that holds it, if that is not the value.
        notes: The annotation of each slot's parameter, or "".
        line: The line on which it begins.
        end: The line on which it ends.
        details: What else the box has to know to call it.
        paths: For each slot the steps that lead to the value inside the argument; most often there are none.
    """

    kind: str
    label: str
    slots: list[list[Any]]
    notes: list[str]
    line: int | None = None
    end: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    paths: list[list[list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.paths = self.paths or [[] for _ in self.slots]

    def to_json(self) -> dict[str, Any]:
        """Return what the box is told of it."""
        plain = {"kind": self.kind, "label": self.label, "slots": self.slots, "notes": self.notes, "paths": self.paths}
        return {**self.details, **plain, "line": self.line}

    def holds(self, line: int, statement: Mapping[int, int]) -> bool:
        """Say whether a line, the first of its statement, stands in this entry point, as far as its lines are known."""
        if self.line is None or self.end is None:
            return True
        return statement.get(self.line, self.line) <= line <= self.end

    def own_choice(self, slot: int) -> bool:
        """Say whether a slot is filled by a caller in the same program, and not by somebody outside."""
        return str(self.slots[slot][0]) in _INNER

    def with_whole_documents(self, values: list[str]) -> tuple["Entry", list[str]]:
        """Return the entry with documents as values, not what is in them, and one value for each."""
        cut = []
        for path in self.paths:
            end = next((i for i, step in enumerate(path) if step[0] in {"json", "pickle"}), len(path))
            cut.append(path[:end])
        kept = [
            i for i, path in enumerate(cut) if (self.slots[i], path) not in [(self.slots[j], cut[j]) for j in range(i)]
        ]
        if len(kept) == len(self.slots) and cut == self.paths:
            return self, values
        slots, notes = [self.slots[i] for i in kept], [self.notes[i] for i in kept]
        return replace(self, slots=slots, notes=notes, paths=[cut[i] for i in kept]), [values[i] for i in kept]

    def fixed(self, slot: int) -> bool:
        """Say whether no text belongs in a slot, because it is on or off."""
        return bool(self.slots[slot][0] == "flag")


def words(tokens: Tokens, literals: Sequence[str] = ()) -> dict[str, str]:
    """Return the benign value for each kind of slot; documents have the elements that the source's literals name."""
    return {
        "xml": document(literals, tokens.word),
        "upload": tokens.inside,
        "word": tokens.word,
        "number": str(tokens.a % 7 + 1),
        "host": f"{tokens.word}.example.com",
        "url": f"{tokens.word}.example.com",
        "email": f"{tokens.word}@example.com",
        "file": f"{tokens.word}.txt",
        "folder": f"{APP}/files",
        "request-folder": f"{tokens.word}d",
        "object": f'{{"{tokens.word}":"{tokens.word}"}}',
    }


def document(literals: Sequence[str], word: str) -> str:
    """Return an XML document in which the elements that path expressions name hold a word, one below the other."""
    names = [name for text in literals if "/" in text for name in re.findall(r"[A-Za-z_][\w.-]*", text)]
    names = list(dict.fromkeys(names))[:8]
    leaves = "".join(f"<{name}>{word}</{name}>" for name in names)
    return f"<r>{''.join(f'<{name}>{leaves}</{name}>' for name in names)}</r>"


def kind_of(name: str, annotation: str, *, files: bool) -> str:
    """Guess from a slot's name what it wants.

    Args:
        name: The slot's name.
        annotation: The annotation of its parameter, or "".
        files: Whether files are attacked, so that every name that may be a file's is taken for one.
    """
    lowered = name.lower()
    if annotation == "object":
        return "object"
    if lowered == "xml" or lowered.endswith(("_xml", "xml_text")):
        return "xml"
    if (
        annotation in {"int", "float"}
        or lowered in _NUMERIC
        or lowered.endswith(("_id", "count", "quantity", "number"))
    ):
        return "number"
    if lowered.endswith(_KINDS["folder"]) or lowered in {"dest", "destination", "dst", "extract_to", "extract_path"}:
        return "folder"
    for kind, parts in _KINDS.items():
        if kind == "file" and not files and not any(part in lowered for part in ("file", "path")):
            continue
        if kind == "folder" and not lowered.endswith(_KINDS["folder"]) and not lowered.startswith(_KINDS["folder"]):
            continue
        if any(part in lowered for part in parts) or (kind == "host" and _IP.search(name)):
            return kind
    return "folder" if annotation.rpartition(".")[2] == "Path" else "word"


def kinds(entry: Entry, *, files: bool) -> list[str]:
    """Return what each slot of an entry wants."""
    return [
        "flag" if slot[0] == "flag" else kind_of(slot[1], note, files=files)
        for slot, note in zip(entry.slots, entry.notes, strict=True)
    ]


def usual(entry: Entry, known: Mapping[str, str], *, files: bool) -> list[str]:
    """Return the first benign values, which are what each slot's name asks for."""
    found = []
    for index, kind in enumerate(kinds(entry, files=files)):
        if kind == "flag":
            found.append(entry.notes[index])
        else:
            found.append(known["request-folder" if kind == "folder" and not entry.own_choice(index) else kind])
    return found


def python_entries(
    surface: Surface,
    routes: Sequence[Mapping[str, Any]],
    factories: Sequence[str],
    known: Mapping[str, str],
    *,
    files: bool,
) -> Iterator[Entry]:
    """Yield everything that can be called in a Python source, with the routes that it turned out to have."""
    functions = {function.name: function for function in surface.functions}
    by_view = {name.rpartition(".")[2]: function for name, function in functions.items()} | functions
    shared = [key for function in functions.values() if not function.decorated for key in function.keys]
    views = set()
    for route in routes:
        function = by_view.get(str(route["view"]))
        views.add(id(function))
        yield from _routes(route, function, shared, known)
    for function in functions.values():
        if routes and (function.decorated or id(function) in views or function.name in factories):
            continue
        yield _callable(function, known, files=files)
    if surface.argv or surface.stdin or (surface.script and not surface.functions):
        given = surface.arguments
        count = len(given) or (surface.argv if surface.argv > 0 else max(1, surface.stdin))
        flags = [flag for _, flag in given] or [""] * count
        names = [name for name, _ in given] or [f"argument{index}" for index in range(1, count + 1)]
        yield Entry("script", "script", [["argument", n] for n in names], [""] * count, details={"flags": flags})


def _routes(
    route: Mapping[str, Any], function: Function | None, shared: Sequence[tuple[str, str]], known: Mapping[str, str]
) -> Iterator[Entry]:
    """Yield the entries of a route, one for each method; a method that cannot carry what the view reads comes last."""
    keys = (function.keys if function else []) or shared
    slots: list[list[Any]] = [["path", str(name)] for name in route["path"]]
    slots += [list(key) for key in keys]
    wants_body = any(kind in {"form", "json", "body", "file"} for kind, _ in keys)
    methods = sorted(route["methods"], key=lambda method: (method != "GET") != wants_body)
    notes = ["int" if route["path"].get(slot[1]) == "IntegerConverter" else "" for slot in slots]
    line, end = (function.line, function.end) if function else (None, None)
    for method in methods[:2]:
        details = {"rule": route["rule"], "method": method, "raw": False, "upload": known["upload"]}
        yield Entry("route", f"{method} {route['rule']}", slots, notes, line, end, details)


def _callable(function: Function, known: Mapping[str, str], *, files: bool) -> Entry:
    """Return a function's or method's entry. Parameters that can hold a text are slots; the others are made for it."""
    shapes = function.shapes

    def word(name: str, note: str) -> list[str]:
        kind = "folder" if shapes.get(name) == "folder" else kind_of(name, note, files=files)
        return [name, note, known[kind]]

    names = [name for name, _ in function.parameters]
    slots: list[list[Any]] = []
    notes: list[str] = []
    for name, note in function.parameters:
        if shapes.get(name) == "dict":
            mine = [key for parameter, key in function.items if parameter == name]
            slots += [["item", key, name] for key in mine]
            notes += [""] * len(mine)
        elif shapes.get(name) not in ROOTS:
            slots.append(["parameter", name])
            notes.append(note)
    slots += [["flag", name] for name, _ in function.flags]
    notes += ["1" if on else "" for _, on in function.flags]
    wsgi = names[1:] == ["start_response"]
    if "request" in shapes.values() or wsgi or function.handler:
        slots += [list(key) for key in function.keys]
        notes += [""] * len(function.keys)
    owner = function.owner or []
    if not slots and not function.handler:  # a method without parameters works with the values that made its object
        for name, note in owner:
            if shapes.get(name) not in ROOTS and kind_of(name, note, files=files) != "folder":
                slots.append(["owner", name])
                notes.append(note)
    details = {
        "name": function.name,
        "parameters": [word(name, note) for name, note in function.parameters],
        "owner": None if function.owner is None else [word(name, note) for name, note in owner],
        "shapes": shapes,
        "options": function.options,
        "optional": function.optional,
        "decorated": function.decorated,
        "makers": function.makers,
    }
    kind = "wsgi" if wsgi else "handler" if function.handler else "function"
    return Entry(kind, f"{function.name}()", slots, notes, function.line, function.end, details)


def javascript_entries(routes: Sequence[Mapping[str, Any]]) -> Iterator[Entry]:
    """Yield the entry points that the driver in the box found in a JavaScript source."""
    for route in [route for route in routes if isinstance(route, dict)][:40]:
        slots = [list(slot) for slot in route["slots"]]
        notes = [str(note) for note in route.get("notes", [])] or [""] * len(slots)
        yield Entry(str(route["kind"]), str(route["label"]), slots, notes, route.get("line"), route.get("end"), route)
