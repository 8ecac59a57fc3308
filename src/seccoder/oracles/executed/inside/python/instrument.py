"""Runs in the sandbox, in a child process: rewrites the code under test so that it tells what it asks of its input.

Every statement notes its line. Comparisons, questions such as `startswith`, keys that are read and decoders note what
they were asked for. So whoever chooses the next values knows which lines are still to be reached, and what they wait
for. What the code computes stays the same, and so do its line numbers.
"""
# ruff: noqa: E501, ANN001, ANN002, ANN003, ANN201, ANN202, D102, D103 - tables, and a visitor
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import ast
import builtins
import functools
import operator

import observe

MOST = 80
covered = set()  # the lines that were executed since the last `begin`
unknown = []  # the names that the source reads and nothing defines
asked = []  # what was asked: [line, question, left, right]
PREDICATES = set(
    "startswith endswith isalpha isdigit isalnum isidentifier isnumeric isdecimal isascii isupper islower".split()
)
MAPPING = set("get items keys values setdefault pop".split())
CODECS = {
    "b64decode": "base64", "urlsafe_b64decode": "base64url", "standard_b64decode": "base64", "loads": "json", "unhexlify": "hex",
    "fromhex": "hex", "decompress": "zlib", "parse_qs": "query", "parse_qsl": "query", "b32decode": "base32",
    "safe_load": "json", "full_load": "json", "unsafe_load": "json", "load": "json",
}  # fmt: skip
LOADERS = {"pickle": "pickle", "_pickle": "pickle", "marshal": "", "shelve": "", "tomllib": "", "yaml": "json"}
OPERATORS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
COMPUTED = {
    "==": operator.eq, "!=": operator.ne, "in": lambda a, b: a in b, "not in": lambda a, b: a not in b, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def begin():
    """Forget what was noted."""
    covered.clear()
    asked.clear()


def plain(value):
    """Return text, numbers and small collections of them as JSON can hold them; None for anything else."""
    if isinstance(value, str):
        return str(value)[:300]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value[:300]).decode("utf-8", "replace")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value if abs(value) < 1 << 53 else None
    if isinstance(value, (set, frozenset)) and len(value) <= 60:
        value = sorted(value, key=str)  # in the same order each time, so that the same is tried
    if isinstance(value, (list, tuple, dict)) and len(value) <= 60:
        return [found for inner in list(value) if (found := plain(inner)) is not None and not isinstance(found, list)]
    return None


def note(line, question, left, right):
    """Note a question, unless one side of it is nothing that an input could be."""
    if len(asked) < MOST:
        try:
            left, right = plain(left), plain(right)
        except Exception:
            return
        if left is not None and right is not None:
            asked.append([line, question, left, right])


def compare(left, sign, right, line):
    note(line, sign, left, right)
    return COMPUTED[sign](left, right)


def method(owner, name, line, /, *arguments, **options):
    if isinstance(owner, (str, bytes)):
        if name in PREDICATES:
            note(line, name, owner, arguments[0] if arguments else "")
        elif name in MAPPING:
            note(line, "mapping", owner, arguments[0] if arguments and name not in {"items", "keys", "values"} else "")
    elif isinstance(owner, dict) and name in MAPPING and arguments and arguments[0] not in owner:
        note(line, "key", list(owner.values()), arguments[0])
    if name == "xpath" and arguments:
        observe.note("xpath", text=str(arguments[0]), bound=[str(value) for value in options.values()])
    if name in CODECS and arguments and (codec := LOADERS.get(getattr(owner, "__name__", ""), CODECS[name])):
        note(line, "codec", arguments[0], codec)
    return getattr(owner, name)(*arguments, **options)


def function(called, name, line, /, *arguments, **options):
    if name in CODECS and arguments:
        note(line, "codec", arguments[0], CODECS[name])
    elif name in {"int", "float"} and arguments and isinstance(arguments[0], (str, bytes)):
        note(line, "number", arguments[0], "")
    return called(*arguments, **options)


def item(owner, key, line):
    try:
        return owner[key]
    except (TypeError, KeyError, IndexError):
        if isinstance(key, str):
            if isinstance(owner, (str, bytes)):
                note(line, "mapping", owner, key)
            elif isinstance(owner, dict):
                note(line, "key", list(owner.values()), key)
            elif isinstance(owner, (list, tuple)):
                note(line, "mapping", list(owner)[:1], key)
        raise


def missing(owner, name, line):
    """Read an attribute; a text that was given in place of an object is told."""
    try:
        return getattr(owner, name)
    except AttributeError:
        if isinstance(owner, (str, bytes)):
            note(line, "attribute", owner, name)
        raise


class Rewrite(ast.NodeTransformer):
    """Rewrites a module."""

    def _call(self, name, node, *arguments, keywords=()):
        called = ast.Call(ast.Name(f"_seccoder_{name}", ast.Load()), [*arguments], [*keywords])
        return ast.fix_missing_locations(ast.copy_location(called, node))

    def visit_Compare(self, node):
        self.generic_visit(node)
        if any(type(sign) not in OPERATORS for sign in node.ops):
            return node
        sides = [node.left, *node.comparators]
        if len(sides) > 2 and not all(isinstance(side, (ast.Name, ast.Constant)) for side in sides[1:-1]):
            return node
        pairs = [
            self._call("compare", node, left, ast.Constant(OPERATORS[type(sign)]), right, ast.Constant(node.lineno))
            for left, sign, right in zip(sides, node.ops, sides[1:], strict=False)
        ]
        return pairs[0] if len(pairs) == 1 else ast.copy_location(ast.BoolOp(ast.And(), pairs), node)

    def visit_Call(self, node):
        self.generic_visit(node)
        line = ast.Constant(node.lineno)
        if isinstance(node.func, ast.Attribute) and node.func.attr in PREDICATES | MAPPING | CODECS.keys() | {"xpath"}:
            if not isinstance(node.func.value, ast.Call) or not _is_super(node.func.value):
                name = ast.Constant(node.func.attr)
                return self._call("method", node, node.func.value, name, line, *node.args, keywords=node.keywords)
        elif isinstance(node.func, ast.Name) and node.func.id in CODECS.keys() | {"int", "float"}:
            return self._call(
                "function", node, node.func, ast.Constant(node.func.id), line, *node.args, keywords=node.keywords
            )
        return node

    def visit_Subscript(self, node):
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load) or isinstance(node.slice, (ast.Slice, ast.Tuple)):
            return node
        if isinstance(node.slice, ast.Constant) and not isinstance(node.slice.value, str):
            return node
        return self._call("item", node, node.value, node.slice, ast.Constant(node.lineno))

    def visit_Attribute(self, node):
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name) and node.value.id in self.parameters:
            return self._call("missing", node, node.value, ast.Constant(node.attr), ast.Constant(node.lineno))
        return node

    parameters = frozenset()

    def visit_FunctionDef(self, node):
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        outer, given = self.parameters, node.args
        self.parameters = outer | {a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)} - {
            "self",
            "cls",
        }
        given.defaults = [self.visit(value) for value in given.defaults]
        node.body = self._body(node.body, begins=True)
        self.parameters = outer
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_AnnAssign(self, node):
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_JoinedStr(self, node):
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                for inner in ast.walk(part.value):  # positions inside are not the file's before Python 3.12
                    if hasattr(inner, "lineno"):
                        ast.copy_location(inner, node)
                part.value = self.visit(part.value)
        return node

    def _body(self, body, begins=False):
        made = []
        for statement in body:
            head = begins and (
                _is_text(statement) or (isinstance(statement, ast.ImportFrom) and statement.module == "__future__")
            )
            begins = begins and head
            if not head:
                line = ast.Expr(ast.Call(ast.Name("_seccoder_line", ast.Load()), [ast.Constant(statement.lineno)], []))
                made.append(ast.fix_missing_locations(ast.copy_location(line, statement)))
            visited = self.visit(statement)
            made.extend(visited if isinstance(visited, list) else [visited])
        return made

    def generic_visit(self, node):
        for name in ("body", "orelse", "finalbody"):
            part = getattr(node, name, None)
            if isinstance(part, list) and part and isinstance(part[0], ast.stmt):
                setattr(node, name, self._body(part, begins=isinstance(node, (ast.Module, ast.ClassDef))))
        for name, value in ast.iter_fields(node):
            if (
                name in {"body", "orelse", "finalbody"}
                and isinstance(value, list)
                and value
                and isinstance(value[0], ast.stmt)
            ):
                continue
            if name in {"annotation", "returns", "pattern"}:
                continue
            if isinstance(value, list):
                value[:] = [self.visit(inner) if isinstance(inner, ast.AST) else inner for inner in value]
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
        return node


def _is_super(node):
    return isinstance(node.func, ast.Name) and node.func.id == "super"


def _is_text(statement):
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


OLD = set(
    "unicode basestring xrange raw_input long unichr reduce file cmp WindowsError __builtins__ reload execfile".split()
)


def _undefined(tree):
    """Return the names that are read and never defined: parts of the project that are not there."""
    read, defined = {}, set(dir(builtins)) | OLD
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            read.setdefault(node.id) if isinstance(node.ctx, ast.Load) else defined.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
        elif isinstance(node, ast.alias):
            if node.name == "*":
                return []  # the names may come from there
            defined.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            defined.add(node.name)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            defined.update(node.names)
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            defined.add(node.name)
    return [name for name in read if name not in defined and not name.startswith("__")][:40]


def rewritten(text, path):
    """Compile a source so that it tells; as it is, if it cannot be rewritten."""
    for name, value in (
        ("line", covered.add),
        ("compare", compare),
        ("method", method),
        ("function", function),
        ("item", item),
        ("missing", missing),
    ):
        setattr(builtins, f"_seccoder_{name}", value)
    return _compiled(text, path)


@functools.cache
def _compiled(text, path):
    """Rewrite and compile a source once: a program is run for each attempt, and this costs more than most runs."""
    try:
        tree = ast.parse(text, path)
        unknown[:] = _undefined(tree)
        return compile(Rewrite().visit(tree), path, "exec")
    except (SyntaxError, RecursionError, ValueError, TypeError):
        return compile(text, path, "exec")
