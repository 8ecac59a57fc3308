"""Reads from a query which function it begins, or names in words, and what the function takes.

In Python, types are those of annotations, and classes of the query's own code that say what their fields are. In
JavaScript they are those of the JSDoc comment before the function. A parameter that need not be given is left out.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seccoder.code.examples import closing
from seccoder.types import Query

_DEEPEST = 3  # types within types
_BEGINS = {
    "python": re.compile(r"^(?:async\s+)?def\s+(\w+)\s*\(", re.M),
    "javascript": re.compile(r"^(?:export\s+)?(?:async\s+)?function\s+([\w$]+)\s*\(", re.M),
}
_CLASS = re.compile(r"^(?:export\s+)?class\s", re.M)
_IN_WORDS = re.compile(r"\bfunction,?(?:\s+(?:named|called))?\s+[`'\"]?([A-Za-z_$][\w$]*)\(")
_PARAM = re.compile(r"@param\s+\{")


@dataclass(frozen=True, slots=True)
class Type:
    """What a parameter takes: a kind, and for lists, maps and records what is in them."""

    kind: str
    fields: tuple[tuple[str, "Type"], ...] = ()
    name: str = ""


ANY = Type("any")


def signature(query: Query) -> tuple[str, list[tuple[str, Type]]] | None:
    """Return the name of the last function that a query begins, and its parameters; None if that cannot be read."""
    text, language = query.code, query.language or ""
    if language not in _BEGINS:
        return None
    begun = list(_BEGINS[language].finditer(text))
    if not begun:
        text, begun = query.task, [] if text.strip() else list(_IN_WORDS.finditer(query.task))[:1]
    if not begun or _CLASS.search(text, begun[-1].end()):
        return None
    end = closing(text, begun[-1].end() - 1)
    inner = text[begun[-1].end() : end - 1] if end else ""
    if end is None:
        return None
    if language == "python":
        parameters = _python(inner, text[: begun[-1].start()] if text is query.code else "")
    else:
        parameters = _javascript(inner, text[: begun[-1].start()])
    return None if parameters is None else (begun[-1][1], parameters)


def _python(inner: str, before: str) -> list[tuple[str, Type]] | None:
    """Read parameters; those that need not be given are not."""
    try:
        function = ast.parse(f"def _({inner}): pass").body[0]
        classes = {node.name: node for node in ast.parse(before).body if isinstance(node, ast.ClassDef)}
        if not isinstance(function, ast.FunctionDef) or function.args.kwonlyargs:
            return None
        given = [*function.args.posonlyargs, *function.args.args]
        given = given[: len(given) - len(function.args.defaults)]
        return [(each.arg, _annotated(each.annotation, classes, 0)) for each in given]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _annotated(node: ast.expr | None, classes: Mapping[str, ast.ClassDef], depth: int) -> Type:
    if node is None:
        return ANY
    if isinstance(node, ast.BinOp):  # `str | None`
        return _annotated(node.left, classes, depth)
    if isinstance(node, ast.Subscript):
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        types = [_annotated(each, classes, depth + 1) for each in inner] if depth < _DEEPEST else [ANY]
        return _generic(ast.unparse(node.value).rpartition(".")[2].lower(), types)
    name = ast.unparse(node).strip("'\"").rpartition(".")[2]
    if name in classes and depth < _DEEPEST:
        fields = [
            (str(ast.unparse(each.target)), _annotated(each.annotation, classes, depth + 1))
            for each in classes[name].body
            if isinstance(each, ast.AnnAssign)
        ]
        return Type("record", tuple(fields), name) if fields else Type("unknown")
    plain = {"str": "text", "int": "number", "float": "number", "bool": "flag", "bytes": "bytes", "Path": "path",
             "Connection": "connection", "Callable": "callable", "Any": "any", "object": "any"}  # fmt: skip
    return Type(plain[name]) if name in plain else _generic(name.lower(), [])


def _generic(name: str, types: Sequence[Type]) -> Type:
    if name == "optional":
        return types[0] if types else ANY
    if name in {"list", "sequence", "iterable", "collection", "set", "tuple", "array"}:
        return Type("list", (("", types[0] if types else ANY),))
    if name in {"dict", "mapping", "mutablemapping", "object", "record"}:
        return Type("map", (("", types[-1] if types else Type("text")),))
    return Type("callable") if name == "callable" else Type("unknown")


def _javascript(inner: str, before: str) -> list[tuple[str, Type]] | None:
    names = [part.strip() for part in inner.split(",") if part.strip()]
    if not all(re.fullmatch(r"[\w$]+", name) for name in names if "=" not in name):
        return None  # it takes its parameters apart
    comment = before[before.rfind("/**") :] if before.rstrip().endswith("*/") else ""
    types: dict[str, Type] = {}
    for match in _PARAM.finditer(comment):
        end = closing(comment, match.end() - 1)
        named = re.match(r"\s+\[?([\w$]+)", comment[end:]) if end else None
        if end and named:
            types[named[1]] = _jsdoc(comment[match.end() : end - 1], 0)
    return [(name, types.get(name, ANY)) for name in names if "=" not in name]


def _jsdoc(text: str, depth: int) -> Type:
    text = text.strip().lstrip("?!").rstrip("=")
    if depth > _DEEPEST:
        return ANY
    if text.startswith("{") and text.endswith("}"):
        fields = [part.partition(":") for part in _parts(text[1:-1], ",;")]
        return Type("record", tuple((key.strip(" ?"), _jsdoc(rest, depth + 1)) for key, _, rest in fields))
    if len(either := _parts(text, "|")) > 1:
        return _jsdoc(either[0], depth + 1)
    if text.endswith("[]"):
        return Type("list", (("", _jsdoc(text[:-2], depth + 1)),))
    if generic := re.fullmatch(r"(\w+)\.?<(.*)>", text, re.DOTALL):
        return _generic(generic[1].lower(), [_jsdoc(part, depth + 1) for part in _parts(generic[2], ",")])
    plain = {"string": "text", "number": "number", "boolean": "flag", "function": "callable"}
    if text.lower() in plain:
        return Type(plain[text.lower()])
    return ANY if text.lower() in {"*", "any", "object", "array", ""} else Type("unknown")


def _parts(text: str, marks: str) -> list[str]:
    """Split a type where it is not inside brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "{[(<") - (char in "}])>")
        if char in marks and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part for part in parts if part.strip()]
