"""Finds the functions of a Python source that handle passwords, so that a file's other functions are judged apart.

A function handles one if its text names one, or if another function hands it one: in an argument that names a
password, or that was made of one. Callees are told by the last part of the name by which they are called. A value that
goes through an attribute of another name, a container or a variable of the module is not followed.
"""

import ast
from collections.abc import Iterator

from seccoder.oracles.executed.families.hashing import PASSWORD

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def places(tree: ast.Module) -> list[tuple[int, int]]:
    """Return the first and last line of each function, and each statement outside of one, that handles passwords."""
    functions: dict[str, list[_Function]] = {}
    for node in ast.walk(tree):
        if isinstance(node, _Function):
            functions.setdefault(node.name, []).append(node)
    every: list[ast.stmt] = [function for same in functions.values() for function in same]
    every += _outside(tree)
    given: dict[ast.stmt, set[str]] = {node: set() for node in every}
    waiting = list(every)
    while waiting:
        node = waiting.pop()
        known = _made_of(node, given[node])
        for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
            for called in functions.get(ast.unparse(call.func).rpartition(".")[2], ()):
                new = set(_handed_over(call, called, known)) - given[called]
                if new:
                    given[called] |= new
                    waiting.append(called)
    return [(node.lineno, node.end_lineno or node.lineno) for node in every if given[node] or _names_one(node, set())]


def _outside(tree: ast.Module) -> list[ast.stmt]:
    """Return the statements at the top that are neither functions nor classes."""
    return [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]


def _names_one(node: ast.AST, known: set[str]) -> bool:
    """Say whether a part of the text names a password, or a name that is known to hold one."""
    parts = list(ast.walk(node))
    return any(PASSWORD.search(_word(part)) or (isinstance(part, ast.Name) and part.id in known) for part in parts)


def _word(node: ast.AST) -> str:
    """Return the name, or the text that may be the key of an entry, that a node is."""
    match node:
        case ast.Name(id=word) | ast.Attribute(attr=word) | ast.arg(arg=word) | ast.keyword(arg=str(word)):
            return word
        case ast.FunctionDef(name=word) | ast.AsyncFunctionDef(name=word):
            return word
        case ast.Constant(value=str(word)) if " " not in word:
            return word
    return ""


def _made_of(function: ast.stmt, given: set[str]) -> set[str]:
    """Return the names in a function that hold what it was given of a password, or something made of that."""
    known = set(given)
    while True:
        more = {
            inner.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and _names_one(node.value, known)
            for target in node.targets
            for inner in ast.walk(target)
            if isinstance(inner, ast.Name)
        }
        if more <= known:
            return known
        known |= more


def _handed_over(call: ast.Call, called: _Function, known: set[str]) -> Iterator[str]:
    """Yield the parameters of a function that a call gives something of a password."""
    names = [argument.arg for argument in (*called.args.posonlyargs, *called.args.args)]
    if names[:1] in (["self"], ["cls"]) and isinstance(call.func, ast.Attribute):
        names = names[1:]
    for name, argument in zip(names, call.args, strict=False):
        if _names_one(argument, known):
            yield name
    for keyword in call.keywords:
        if keyword.arg and _names_one(keyword.value, known):
            yield keyword.arg
