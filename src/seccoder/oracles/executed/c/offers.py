"""Finds what of a C or C++ file without `main` can be entered: its interface, and what makes, uses and ends objects.

It takes a `Surface` and the text from which it was read, and goes by types and names.
"""

import re
from dataclasses import dataclass

from seccoder.oracles.executed.c.discover import Function, Surface

_MAKES = re.compile(
    r"(^|_)(new|create|make|alloc|init|open|build|from|dup|copy|clone|parse|load|setup|start|begin|construct|default)"
    r"|(New|Create|Make|Alloc|Init|Open|Build|Parse|Load)",
    re.I,
)
_BORROWS = re.compile(
    r"(^|_)(find|get|search|next|prev|at|lookup|peek|first|last|top|front|back|head|tail|parent)|Find|Get|Search"
)
STARTS = re.compile(
    r"(^|_)(init|initialize|initialise|setup|new|create|open|start|begin|construct)(_|$)|Init(_|$|[A-Z])|Create", re.I
)
ENDS = re.compile(
    r"(^|_)(free|destroy|delete|dispose|release|close|cleanup|deinit|fini|finish|drop|shutdown|teardown|unref|term|kill|done|end)"
    r"(_|$)|(Free|Destroy|Delete|Release|Close)"
)
_MOST_ENTRIES = 24


@dataclass(frozen=True, slots=True)
class Offers:
    """Answers questions about the functions of one file."""

    surface: Surface
    text: str
    cpp: bool

    def roots(self) -> list[Function]:
        """Return the functions that are an interface: those that are not static, and those that nobody calls."""
        defined = [f for f in self.surface.functions if f.name != "main"]
        unused = [f for f in defined if len(re.findall(rf"\b{re.escape(f.name)}\s*\(", self.text)) < 2]
        return [f for f in defined if not f.static] or unused or defined

    def makers_of(self, kind: str) -> list[Function]:
        """Return the functions that make an object of a type without being given one."""
        found = []
        for f in self.roots():
            plain, depth = self.surface.resolved(f.result)
            if self.cpp and (plain.startswith("std::unique_ptr<") or plain.startswith("std::shared_ptr<")):
                plain, depth = plain.partition("<")[2].rstrip(">").strip(), 1
            takes = {self.surface.resolved(p)[0] for p in f.parameters}
            foreign = takes & set(self.surface.structures)
            if plain == kind and depth == 1 and kind not in takes and (not foreign or _MAKES.search(f.name)):
                if not (_BORROWS.search(f.name) and not _MAKES.search(f.name)) and not f.result.constant:
                    found.append(f)
        return found

    def initialisers_of(self, kind: str) -> list[Function]:
        """Return the functions that turn memory into an object of a type."""
        return [
            f
            for f in self.roots()
            if f.parameters
            and self.surface.resolved(f.parameters[0]) == (kind, 1)
            and not f.parameters[0].constant
            and STARTS.search(f.name)
            and not ENDS.search(f.name)
        ]

    def users_of(self, kind: str) -> list[Function]:
        """Return the functions that work on an object of a type. Those that end its life come last."""
        makers = {f.name for f in self.initialisers_of(kind)}
        found = []
        for f in self.roots():
            first = next((p for p in f.parameters if self.surface.resolved(p)[0] == kind), None)
            if first is not None and f.name not in makers and self.surface.resolved(first)[1] <= 2:
                found.append(f)
        return sorted(found, key=self.ends_life)

    def ends_life(self, f: Function) -> bool:
        """Say whether a function ends the life of the object that it is given."""
        return ENDS.search(f.name) is not None and len(f.parameters) == 1

    def entries(self) -> list[tuple[str, str]]:
        """Return what can be entered, as kind (`call`, `sequence`, `method`, `mixed`) and name."""
        roots = self.roots()
        found = [("call", str(index)) for index, _ in enumerate(roots)]
        for name, structure in self.surface.structures.items():
            if structure.abstract or name.startswith("("):
                continue
            if len(self.users_of(name)) + len(structure.methods) > (0 if structure.methods else 1):
                found.append(("sequence", name))
        if len(roots) > 1 and len(found) == len(roots):
            found.append(("mixed", ""))
        # sequences show most, so they come first
        return sorted(found, key=lambda entry: entry[0] == "call")[:_MOST_ENTRIES]

    def returns_object(self, f: Function, name: str) -> bool:
        """Say whether a function's result replaces the object that it was given."""
        return (
            not self.cpp
            and self.surface.resolved(f.result) == (name, 1)
            and not f.result.constant
            and not _BORROWS.search(f.name)
            and any(self.surface.resolved(p) == (name, 1) for p in f.parameters)
        )
