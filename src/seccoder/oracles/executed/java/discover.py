"""Reads what a Java file offers, from its syntax tree: literals, imports, packages, keys of requests, fixed calls.

It takes source text. What can be called, and with what, is found at run time, by reflection (`inside/java/Box.java`).
"""

import re
from dataclasses import dataclass, field

from seccoder.code.parsing import grammar
from seccoder.oracles.executed.surface import Surface

_MAX_LITERALS = 60
_DIALECTS = ("mysql", "mariadb", "postgres", "oracle", "sqlite", "h2", "sqlserver")
_TYPES = ("class_declaration", "interface_declaration", "record_declaration", "enum_declaration")
_LITERALS = ("string_literal", "decimal_integer_literal", "true", "false", "null_literal", "character_literal")


@dataclass(slots=True)
class Found:
    """What a Java file offers.

    Attributes:
        surface: Its literals (with the names of enum constants), imports and dialect.
        package: Its package, or "".
        name: The name of its public type, or of its first.
        keys: The names by which it may read values of a request.
        fixed: The lines with calls whose arguments are all literals.
    """

    surface: Surface
    package: str = ""
    name: str = "Subject"
    keys: list[str] = field(default_factory=list)
    fixed: set[int] = field(default_factory=set)


def read(text: str) -> Found:
    """Return what the file offers."""
    parser = grammar("java")
    assert parser is not None  # noqa: S101 - the grammar is a dependency
    root = parser.parse(text.encode("utf-8", "replace")).root_node
    found = Found(Surface(dialect=next((name for name in _DIALECTS if name in text.lower()), "sqlite")))
    literals: dict[str, None] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == "string_fragment" and node.text and len(node.text) <= 200:
            literals.setdefault(node.text.decode(errors="replace"))
        elif node.type == "enum_constant" and (name := node.child_by_field_name("name")) is not None and name.text:
            literals.setdefault(name.text.decode(errors="replace"))
        elif node.type == "argument_list" and node.named_children:
            if all(child.type in _LITERALS for child in node.named_children):
                found.fixed.add(node.start_point[0] + 1)
        stack.extend(reversed(node.children))
    found.surface.literals = list(literals)[:_MAX_LITERALS]
    for node in root.children:
        said = (node.text or b"").decode(errors="replace")
        if node.type == "import_declaration":
            found.surface.imports.append(re.sub(r"^import\s+(static\s+)?|[\s;]+$", "", said))
        elif node.type == "package_declaration":
            found.package = re.sub(r"^package\s+|[\s;]+$", "", said)
    types = [node for node in root.children if node.type in _TYPES]
    public = [node for node in types if b"public" in (node.text or b"").partition(b"{")[0].split()]
    for node in (public or types)[:1]:
        if (name := node.child_by_field_name("name")) is not None and name.text:
            found.name = name.text.decode(errors="replace")
    if "java.util.zip" in text or "java.util.jar" in text:
        found.surface.imports.append("zipfile")  # as the family of paths knows archives
    parts = re.findall(r'"[?&]?(\w+)="', text)
    parts += re.findall(r'(?:\.get|getOrDefault|getParameter|equals|containsKey|getFirst)\(\s*"(\w+)"', text)
    found.keys = list(dict.fromkeys(part for part in parts if len(part) < 30))[:10]
    return found
