"""Tells from its use what a function's parameter is: a database connection, a request, a dictionary, and so on.

It takes a Python syntax tree and the name of a value in it, and returns a word for the value's shape. Nothing is run
and no types are inferred: a value that is only passed on has no shape and is given as text.
"""

import ast
from collections.abc import Sequence
from functools import lru_cache

_CURSOR = {"fetchone", "fetchall", "fetchmany", "rowcount", "description", "lastrowid"}
_REQUEST = {"args", "form", "GET", "POST", "query_params", "json", "get_json", "cookies", "COOKIES", "values"}
_PATH = {"resolve", "read_text", "read_bytes", "joinpath", "is_relative_to", "iterdir", "write_bytes", "write_text"}
_DRIVERS = {
    "MySQLdb": "mysql", "pymysql": "mysql", "mysql": "mysql", "mariadb": "mysql", "flask_mysqldb": "mysql",
    "psycopg2": "postgres", "psycopg": "postgres", "pg8000": "postgres",
}  # fmt: skip


@lru_cache(maxsize=16)
def walked(tree: ast.AST) -> Sequence[ast.AST]:
    """Return the nodes of a tree; a function is asked about for each of its parameters, a class for each attribute."""
    return tuple(ast.walk(tree))


def of(tree: ast.AST, name: str) -> str:  # noqa: C901 - one branch per shape
    """Return the shape of the value called `name` (`x` or `self.x`) in a tree.

    Returns:
        `connection`, `cursor`, `request`, `path`, `dict`, `list`, `callable`, or "" where its use does not tell.
    """
    used: set[str] = set()
    iterated = called = divided = False
    for node in walked(tree):
        if isinstance(node, ast.Attribute) and _dotted_name(node.value) == name:
            used.add(node.attr)
        elif isinstance(node, ast.Call) and _dotted_name(node.func) == name:
            called = True
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _dotted_name(node.left) == name:
            divided = divided or not (isinstance(node.right, ast.Constant) and not isinstance(node.right.value, str))
        elif isinstance(node, ast.For | ast.comprehension) and _dotted_name(node.iter) == name:
            iterated = True
    plain = name.rpartition(".")[2]
    if "cursor" in used or (used & {"commit", "rollback"} and "execute" in used):
        return "connection"
    if "execute" in used:
        return "cursor" if used & _CURSOR or plain.startswith("cur") else "connection"
    if used & _REQUEST and plain in {"request", "req"}:
        return "request"
    if used & _PATH or divided:
        return "path"
    if keys(tree, name):
        return "dict"
    if _joined_to(tree, name):
        return "folder"
    if called:
        return "callable"
    return "list" if iterated and plain.endswith("s") else ""


def _joined_to(tree: ast.AST, name: str) -> bool:
    """Say whether another name is put below a value by `os.path.join`, so that the value is a folder."""
    for node in walked(tree):
        if isinstance(node, ast.Call) and len(node.args) > 1 and _dotted_name(node.args[0]) == name:
            others = any(isinstance(part, ast.Name) and part.id != name for part in node.args[1:])
            if others and ast.unparse(node.func) in {"os.path.join", "path.join", "join"}:
                return True
    return False


def keys(tree: ast.AST, name: str | None) -> list[str]:
    """Return the keys by which entries of a value are read, or those of any value if `name` is None."""
    found: dict[str, None] = {}
    for node in walked(tree):
        if isinstance(node, ast.Subscript):
            holder, key = node.value, node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            holder, key = node.func.value, node.args[0] if node.args else node.func
        else:
            continue
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and name in {None, _dotted_name(holder)}:
            found.setdefault(key.value)
    return list(found)


def attributes_of(constructor: ast.AST) -> dict[str, str]:
    """Return the attribute in which a constructor keeps each parameter, also within a call such as `Path(x)`."""
    found = {}
    for node in ast.walk(constructor):
        if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Attribute):
            if _dotted_name(target.value) == "self":
                names = [inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)]
                found.update({name: target.attr for name in names})
    return found


def _dotted_name(node: ast.AST) -> str:
    """Return `x` or `x.y` as text, and "" for anything longer."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return ""


def dialect(tree: ast.AST, imports: list[str]) -> str:
    """Tell a handed-in connection's dialect from the imported driver or from the way of binding parameters."""
    for name in imports:
        if found := _DRIVERS.get(name.partition(".")[0]):
            return found
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("execute"):
            texts = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant)]
            if len(node.args) > 1 and any(isinstance(text, str) and "%s" in text for text in texts):
                return "postgres"
    return "sqlite"
