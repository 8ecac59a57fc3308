"""Reads what a JavaScript file offers, and rewrites the file so that Node can load it as a function.

It takes source text and returns two things. The first is a `Surface`: literals, imports, the names at the top, and the
dialect of a database that is handed in. The second is the code without `import` and `export`, which become `require`
and declarations, each still on its own line. What can be called, and with what, is read at run time
(`inside/javascript/arguments.js`).
"""

import re

from seccoder.oracles.executed.surface import Surface

_DIALECTS = {
    "mysql": "mysql",
    "mysql2": "mysql",
    "mariadb": "mysql",
    "pg": "postgres",
    "pg-promise": "postgres",
    "postgres": "postgres",
}
_CALLABLE = {"arrow_function", "function_expression", "function", "class", "generator_function"}
_MAX_LITERALS = 60


def read(text: str) -> tuple[Surface, str]:
    """Return what the file offers, and the code that Node is to load."""
    import tree_sitter
    import tree_sitter_javascript

    data = text.encode("utf-8", "replace")
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language()))
    root = parser.parse(data).root_node
    surface = Surface()
    literals: dict[str, None] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type in {"string_fragment", "regex_pattern"} and node.text and len(node.text) <= 200:
            literals.setdefault(node.text.decode(errors="replace"))
        elif node.type == "call_expression" and data[node.start_byte : node.start_byte + 8] == b"require(":
            surface.imports += re.findall(
                r"require\(\s*[\"'](?:node:)?([^\"']+)", data[node.start_byte : node.end_byte].decode(errors="replace")
            )
        stack.extend(reversed(node.children))
    surface.literals = list(literals)[:_MAX_LITERALS]
    changes: list[tuple[int, int, str]] = []
    for node in root.children:
        if node.type == "import_statement":
            changes.append((node.start_byte, node.end_byte, _as_require(node, surface)))
        elif node.type == "export_statement":
            changes += _without_export(node, surface)
        else:
            surface.names += _names(node)
    code = data
    for start, end, new in sorted(changes, reverse=True):
        lines = data[start:end].count(b"\n") - new.count("\n")
        code = code[:start] + new.encode() + b"\n" * lines + code[end:]
    plain = re.sub(
        r"\bimport\.meta\b",
        '({url: "file:///box/app/app.js", dirname: "/box/app", filename: "/box/app/app.js"})',
        code.decode(errors="replace"),
    )
    plain = re.sub(r"(?<![\w$.])import\(", "(async (name) => require(name))(", plain)
    surface.dialect = next(
        (_DIALECTS[name.partition("/")[0]] for name in surface.imports if name.partition("/")[0] in _DIALECTS), ""
    )
    surface.dialect = surface.dialect or ("postgres" if re.search(r"\$\d\b|\$\$\{|`\$\$", plain) else "sqlite")
    if plain.startswith("#!"):
        plain = "//" + plain
    return surface, plain


def with_names(code: str, names: list[str]) -> str:
    """Return the code with names that it nowhere defines, on its first line: the driver knows what they stand for."""
    return f"var {{{', '.join(names)}}} = __elsewhere; {code}" if names else code


def _text(node: object) -> str:
    found = getattr(node, "text", None)
    return found.decode(errors="replace") if found else ""


def _as_require(node: object, surface: Surface) -> str:
    """Return the `require` that stands in place of an import statement."""
    children = getattr(node, "children", [])
    name = next((_text(child).strip("\"'`") for child in children if child.type == "string"), "")
    surface.imports.append(name.removeprefix("node:"))
    made = f"require({name!r})"
    clause = next((child for child in children if child.type == "import_clause"), None)
    if clause is None:
        return f"{made};"
    parts = []
    for child in clause.children:
        if child.type == "identifier":
            parts.append(f"const {_text(child)} = {made};")
        elif child.type == "namespace_import":
            parts.append(f"const {_text(child.children[-1])} = {made};")
        elif child.type == "named_imports":
            for one in child.children:
                if one.type == "import_specifier":
                    named = [_text(part) for part in one.children if part.type in {"identifier", "string", "default"}]
                    what = made if named[0] == "default" else f"{made}[{named[0]!r}]"
                    parts.append(f"const {named[-1]} = {what};")
    return " ".join(parts)


def _without_export(node: object, surface: Surface) -> list[tuple[int, int, str]]:
    """Return the replacements that leave an export statement's declaration, or an assignment for a nameless default."""
    children = getattr(node, "children", [])
    start, end = int(getattr(node, "start_byte", 0)), int(getattr(node, "end_byte", 0))
    declared = getattr(node, "child_by_field_name", lambda _: None)("declaration")
    if declared is not None:
        if names := _names(declared):
            surface.names += names
            surface.exported += names
        elif any(child.type == "default" for child in children):
            return [(start, int(declared.start_byte), "module.exports.default = ")]
        return [(start, int(declared.start_byte), "")]
    value = getattr(node, "child_by_field_name", lambda _: None)("value")
    if value is not None:
        return [(start, int(value.start_byte), "module.exports.default = ")]
    return [(start, end, "")]


def _has_methods(value: object) -> bool:
    """Say whether an object in the text has functions as members."""
    for child in getattr(value, "children", []):
        if child.type == "method_definition":
            return True
        if child.type == "pair" and (inner := child.child_by_field_name("value")) and inner.type in _CALLABLE:
            return True
    return False


def _names(node: object) -> list[str]:
    """Return the functions, classes and objects with methods that a statement at the top level declares."""
    kind = getattr(node, "type", "")
    if kind in {"function_declaration", "class_declaration", "generator_function_declaration"}:
        name = getattr(node, "child_by_field_name", lambda _: None)("name")
        return [_text(name)] if name is not None else []
    found = []
    if kind in {"lexical_declaration", "variable_declaration"}:
        for child in getattr(node, "children", []):
            if child.type == "variable_declarator":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                if (
                    name is not None
                    and name.type == "identifier"
                    and value is not None
                    and (value.type in _CALLABLE or (value.type == "object" and _has_methods(value)))
                ):
                    found.append(_text(name))
    return found
