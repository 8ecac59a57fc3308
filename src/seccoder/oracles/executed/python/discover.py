"""Reads from a Python syntax tree what can be called: functions, methods, request keys, arguments, literals.

It takes the tree of a source that parses and returns a `Surface`. How a parameter is used tells what it is: a
connection, a request, a dictionary (see `shapes`). Nothing is run. It sees only what is written down: it misses a key
that is computed at run time, a route that is registered in a loop, and a parameter that is hidden in `**kwargs`. The
code behind these is then not exercised.
"""

import ast
from collections.abc import Sequence

from seccoder.oracles.executed.python import passwords, shapes
from seccoder.oracles.executed.surface import Function, Surface

_KINDS = {
    "args": "query",
    "GET": "query",
    "query_params": "query",
    "form": "form",
    "POST": "form",
    "values": "query",
    "json": "json",
    "cookies": "cookie",
    "COOKIES": "cookie",
    "headers": "header",
    "files": "file",
}
_MAX_LITERALS = 60


def discover(tree: ast.Module) -> Surface:
    """Read from a module's syntax tree what it offers."""
    surface = Surface()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            surface.functions.append(_function(node, node.name, skip=0))
        elif isinstance(node, ast.ClassDef):
            surface.functions += _methods(node)
        elif not isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign):
            surface.script = surface.script or not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    seen: dict[str, None] = {}
    for inner_node in ast.walk(tree):
        _note(inner_node, surface, seen)
    surface.literals = list(seen)[:_MAX_LITERALS]
    surface.dialect = shapes.dialect(tree, surface.imports)
    surface.passwords = passwords.places(tree)
    return surface


def _methods(node: ast.ClassDef) -> list[Function]:
    """Return the public methods of a class, with what its constructor takes."""
    inside = [inner for inner in node.body if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef)]
    made = next((inner for inner in inside if inner.name == "__init__"), None)
    owner = _parameters(made, skip=1, optional=False) if made else []
    if not made and any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list):
        fields = [f for f in node.body if isinstance(f, ast.AnnAssign) and isinstance(f.target, ast.Name)]
        owner = [(ast.unparse(f.target), ast.unparse(f.annotation)) for f in fields if f.value is None]
    kept = shapes.attributes_of(made) if made else {name: name for name, _ in owner}
    known = {name: shape for name, attribute in kept.items() if (shape := shapes.of(node, f"self.{attribute}"))}
    found = []
    for inner in inside:
        if inner.name.startswith("__") and inner.name != "__call__":
            continue
        marks = {ast.unparse(decorator) for decorator in inner.decorator_list}
        function = _function(inner, f"{node.name}.{inner.name}", skip=0 if "staticmethod" in marks else 1)
        function.owner = None if marks & {"staticmethod", "classmethod"} else owner
        function.makers = [name for name, _ in _parameters(made, skip=1, optional=True)] if made else []
        function.shapes = known | function.shapes
        function.decorated = bool(marks - {"staticmethod", "classmethod", "property"})
        if "property" not in marks:
            found.append(function)
    if any(ast.unparse(base).endswith("RequestHandler") for base in node.bases):
        found = [function for function in found if function.name.rpartition(".")[2].startswith("do_")]
        for function in found:
            _add_request_keys(node, function)
    return found


def _add_request_keys(node: ast.ClassDef, function: Function) -> None:
    """Add what a request to a handler of `http.server` carries: the keys that its class reads, else the path."""
    function.handler, function.owner, function.parameters = True, None, []
    headers = shapes.keys(node, "self.headers")
    kind = "query" if function.name.endswith("GET") else "form"
    keys = [key for key in shapes.keys(node, None) if key not in headers]
    function.keys = [(kind, key) for key in keys] or [("path", "path")]
    own = {"content-length", "content-type", "host", "cookie"}
    function.keys += [("header", name) for name in headers if name.lower() not in own]


def _note(node: ast.AST, surface: Surface, seen: dict[str, None]) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and 0 < len(node.value) <= 200:
        seen.setdefault(node.value)
    elif isinstance(node, ast.Import):
        surface.imports += [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        surface.imports.append(node.module)
    elif isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.argv":
        surface.argv = surface.argv or -1
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) in {"sys.argv", "argv"}:
        index = node.slice
        if isinstance(index, ast.Constant) and isinstance(index.value, int):
            surface.argv = max(surface.argv, index.value)
        else:
            surface.argv = surface.argv or -1
    elif isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.stdin":
        surface.stdin = surface.stdin or 1
    elif isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        surface.stdin += name == "input"
        if name.endswith("ArgumentParser"):
            surface.argv = surface.argv or -1
        elif name.endswith(".add_argument") and (option := _option(node)):
            surface.arguments.append(option)


def _option(call: ast.Call) -> tuple[str, str] | None:
    """Return the name and flag of one `add_argument`, `click.argument` or `click.option`.

    The flag is "" for a positional argument.
    """
    names = [given.value for given in call.args if isinstance(given, ast.Constant) and isinstance(given.value, str)]
    for keyword in call.keywords:
        if keyword.arg == "action" and "store_" in ast.unparse(keyword.value):
            return None
        if keyword.arg == "is_flag":
            return None
    if not names:
        return None
    flag = max((name for name in names if name.startswith("-")), key=len, default="")
    plain = next((name for name in names if not name.startswith("-")), flag.lstrip("-"))
    return plain.replace("-", "_"), flag


def _parameters(
    node: ast.FunctionDef | ast.AsyncFunctionDef, skip: int, *, optional: bool = True
) -> list[tuple[str, str]]:
    """Return name and annotation of each parameter that can be given.

    A default that is a number stands for the annotation. A parameter that is a flag is left out.
    """
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    defaults: Sequence[ast.expr | None] = [*[None for _ in range(required)], *arguments.defaults]
    both = [*zip(positional, defaults, strict=True), *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    found = []
    for argument, default in both[skip:]:
        value = default.value if isinstance(default, ast.Constant) else None
        annotation = ast.unparse(argument.annotation).strip("'\"") if argument.annotation else ""
        if isinstance(value, bool) or annotation == "bool" or (default is not None and not optional):
            continue
        if not annotation and isinstance(value, int | float):
            annotation = type(value).__name__
        found.append((argument.arg, annotation))
    return found


def _flags(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[tuple[str, bool]]:
    """Return the parameters that are on or off, with what they are if they are not given."""
    given = node.args
    positional = [*given.posonlyargs, *given.args]
    before: list[ast.expr | None] = [None] * (len(positional) - len(given.defaults))
    both = [
        *zip(positional, [*before, *given.defaults], strict=True),
        *zip(given.kwonlyargs, given.kw_defaults, strict=True),
    ]
    found = []
    for argument, default in both:
        value = default.value if isinstance(default, ast.Constant) else None
        annotation = ast.unparse(argument.annotation).strip("'\"") if argument.annotation else ""
        if isinstance(value, bool) or annotation == "bool":
            found.append((argument.arg, value is True))
    return found


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str, skip: int) -> Function:
    parameters = _parameters(node, skip)
    found = Function(name, parameters, _keys(node), bool(node.decorator_list), node.lineno, end=node.end_lineno)
    found.flags = _flags(node)
    given, required = node.args, [*node.args.posonlyargs, *node.args.args]
    found.optional = [argument.arg for argument in required[len(required) - len(given.defaults) :]]
    found.optional += [
        a.arg for a, default in zip(given.kwonlyargs, given.kw_defaults, strict=True) if default is not None
    ]
    kept = {
        inner.id for inner in shapes.walked(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    }
    for parameter, _ in parameters:
        if parameter == "self" and not skip and "." not in name:
            found.shapes[parameter] = "self"  # a method without its class
            continue
        shape = shapes.of(node, parameter)
        if shape == "dict" and parameter in kept:
            continue  # what is read by keys may be what the function made of it
        if shape:
            found.shapes[parameter] = shape
        if shape == "dict":
            found.items += [(parameter, key) for key in shapes.keys(node, parameter)]
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith(("click.argument", "click.option")):
            if option := _option(decorator):
                found.options.append(option)
    if [parameter for parameter, _ in parameters][1:] == ["start_response"]:
        found.keys = [("query", key) for key in shapes.keys(node, None) if not key.isupper() and "." not in key]
    return found


def _keys(function: ast.AST) -> list[tuple[str, str]]:
    """Return the request values that a function reads.

    A variable that holds `request.form` or the result of `get_json()` counts as that.
    """
    holders: dict[str, str] = {"session": "session"}
    for node in shapes.walked(function):
        if isinstance(node, ast.Assign) and (kind := _source_kind(node.value, holders)):
            holders.update({target.id: kind for target in node.targets if isinstance(target, ast.Name)})
    found: dict[tuple[str, str], None] = {}
    for node in shapes.walked(function):
        key: ast.expr | None = None
        holder: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            if node.func.attr in {"get", "getlist", "pop"}:
                holder, key = node.func.value, node.args[0]
        elif isinstance(node, ast.Subscript):
            holder, key = node.value, node.slice
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in {"request.data", "request.get_data"}:
            found.setdefault(("body", "body"))
        if holder is not None and isinstance(key, ast.Constant) and isinstance(key.value, str):
            if kind := _source_kind(holder, holders):
                found.setdefault((kind, key.value))
    return list(found)


def _source_kind(node: ast.expr, holders: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return holders.get(node.id, "")
    if isinstance(node, ast.BoolOp):
        return next((kind for value in node.values if (kind := _source_kind(value, holders))), "")
    text = ast.unparse(node)
    if "request.get_json" in text:
        return "json"
    base, _, attribute = text.rpartition(".")
    return _KINDS.get(attribute, "") if base.endswith("request") else ""
