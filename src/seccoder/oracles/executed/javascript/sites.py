"""Finds the sensitive operations that stand in a JavaScript source, whether or not anything reaches them.

It takes the code that Node loads, and returns lines by family. A call counts if its text is one of the table's, and if
something in its arguments is not a constant. It knows names only: an operation that is handed over as a value is not
seen here (but it is where it runs).
"""
# ruff: noqa: E501 - a table

import re
from collections.abc import Iterator
from typing import Any

_CALLS = {
    "sql": r"(.*\.)?(query|execute|raw|\$queryRawUnsafe|\$executeRawUnsafe|whereRaw|orderByRaw|run|all|prepare)",
    "commands": r"(.*\.)?(exec|execSync|spawn|spawnSync|execFile|execFileSync|fork)",
    "paths": r"(fs|fsp|fsPromises|promises|fs\.promises)\.\w+|(readFile|writeFile|createReadStream|createWriteStream|unlink|readdir|mkdir)(Sync)?|(.*\.)?(sendFile|download)",
    "code_js": r"eval|Function|setTimeout|setInterval|vm\.\w+|(.*\.)?(runInNewContext|runInThisContext|runInContext|compileFunction)",
    "ssrf": r"fetch|axios(\.\w+)?|got(\.\w+)?|(https?|request|needle|superagent|undici)\.(get|request|post|put|fetch)",
    "redirects": r"(res|response|reply|ctx)\.redirect",
    "regexes": r"(.*\.)?(test|match|matchAll|exec|replace|replaceAll|search|split)",
    "filters": r"(.*\.)?(find|findOne|updateOne|updateMany|deleteOne|deleteMany|aggregate|search|select)",
    "headers": r"(res|response|reply|ctx)\.(setHeader|set|header|writeHead|append|cookie)",
}
_COMPILED = {name: re.compile(f"(?:{pattern})\\Z") for name, pattern in _CALLS.items()}
_CONSTANT = {"string", "number", "true", "false", "null", "undefined", "regex", "arrow_function", "function_expression"}


def sites(code: str) -> tuple[dict[str, set[int]], dict[int, int]]:
    """Return the first lines of the statements that hold an operation, by family, and each line's statement."""
    import tree_sitter
    import tree_sitter_javascript

    data = code.encode("utf-8", "replace")
    root = tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language())).parse(data).root_node
    found: dict[str, set[int]] = {}
    first: dict[int, int] = {}
    for node, line in _walk(root, 1):
        if node.type in {"call_expression", "new_expression"}:
            called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
            given = node.child_by_field_name("arguments")
            name = re.sub(r"\s", "", called.text.decode(errors="replace")) if called is not None else ""
            if (
                given is None
                or given.type != "arguments"
                or all(_constant(argument) for argument in given.named_children)
            ):
                continue
            for family, pattern in _COMPILED.items():
                if pattern.match(name):
                    found.setdefault(family, set()).add(line)
        elif _is_statement(node):
            body = node.child_by_field_name("body") or node.child_by_field_name("consequence")
            last = body.start_point[0] if body is not None else node.end_point[0]
            for number in range(node.start_point[0] + 1, last + 2):
                first[number] = node.start_point[0] + 1
    return found, first


def _is_statement(node: Any) -> bool:
    return bool(node.type.endswith(("_statement", "_declaration")) and node.type != "statement_block")


def _walk(root: Any, line: int) -> Iterator[tuple[Any, int]]:
    """Yield every node with the first line of its innermost statement, outer ones first."""
    rest = [(root, line)]
    while rest:
        node, begun = rest.pop()
        if _is_statement(node):
            begun = node.start_point[0] + 1
        yield node, begun
        rest += [(child, begun) for child in reversed(node.named_children)]


def _constant(node: Any) -> bool:
    """Say whether an argument is the same whatever comes in; a function that is handed over is, too."""
    if node.type == "template_string":
        return not any(child.type == "template_substitution" for child in node.named_children)
    if node.type == "identifier":
        return bool(node.text.decode(errors="replace").isupper())  # by convention a constant of the file
    if node.type in {"array", "object", "pair", "binary_expression", "unary_expression"}:
        return all(_constant(child) for child in node.named_children if child.type != "property_identifier")
    return node.type in _CONSTANT
