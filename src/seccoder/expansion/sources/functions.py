"""Cuts functions out of files with tree-sitter, and pairs those that differ between two versions of a file.

A pair has the function before, the function after, and the name. A method of a Java, JavaScript or TypeScript class
comes inside the head of its class, so that it can be parsed on its own. A Python method comes as a function. The
imports and file-level definitions that a function uses come before it.

It does not find functions that were renamed, moved between classes, added or removed, nor changes outside of all
functions.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seccoder.code.parsing import MAX_CHARS, grammar

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = frozenset(
    "function_definition function_declaration method_definition method_declaration constructor_declaration "
    "generator_function_declaration".split()
)
_CLASSES = frozenset("class_definition class_declaration class_specifier struct_specifier class".split())
_HEAD = frozenset(  # file-level lines that a function may need
    "import_statement import_from_statement import_declaration preproc_include preproc_def preproc_function_def "
    "using_declaration lexical_declaration variable_declaration const_declaration var_declaration declaration "
    "expression_statement package_clause".split()
)
_MAX_CONTEXT = 12  # lines of file-level definitions that come before a function
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Function:
    """One function of a file.

    Attributes:
        name: Its name, with those of its classes.
        text: The function alone.
        whole: The function with its context.
        line: Its first line, from 1.
        end: Its last line.
    """

    name: str
    text: str
    whole: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A function before and after a change."""

    before: Function
    after: Function


def functions(text: str, language: str) -> list[Function]:
    """Return the outermost functions and methods of a file, in order; none if it cannot be parsed at all."""
    parser = grammar(language)
    if parser is None or len(text) > MAX_CHARS:
        return []
    data = text.encode("utf-8", "surrogatepass")
    root = parser.parse(data).root_node
    lines = _head_lines(root, data)
    return [_function(node, classes, data, language, lines) for node, classes in _find(root)]


def changed(before: str, after: str, language: str) -> list[Changed]:
    """Return the functions that both texts have once each under one name, and that differ."""
    old = _unique(functions(before, language))
    new = _unique(functions(after, language))
    return [
        Changed(old[name], new[name])
        for name in new
        if name in old and "".join(old[name].text.split()) != "".join(new[name].text.split())
    ]


def words(name: str) -> str:
    """Return the name of a function as words: `UserStore.findByName` gives "find by name"."""
    last = re.split(r"[.:]", name)[-1]
    return " ".join(re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_+", " ", last).lower().split())


def _unique(found: list[Function]) -> dict[str, Function]:
    count = Counter(function.name for function in found)
    return {function.name: function for function in found if count[function.name] == 1}


def _find(root: "Node") -> Iterator[tuple["Node", list["Node"]]]:
    """Yield every outermost function, with the classes that it is in."""
    waiting: list[tuple[Node, list[Node]]] = [(root, [])]
    while waiting:
        node, classes = waiting.pop()
        if node.type in _FUNCTIONS or _is_arrow(node):
            yield node, classes
            continue
        inside = [*classes, node] if node.type in _CLASSES else classes
        waiting.extend((child, inside) for child in reversed(node.children))


def _is_arrow(node: "Node") -> bool:
    """Tell whether a statement is `const name = (...) => ...` or `name = function (...) {...}`."""
    if node.type not in {"lexical_declaration", "variable_declaration", "expression_statement"}:
        return False
    for child in node.named_children:
        value = child.child_by_field_name("value") or child.child_by_field_name("right")
        if value is not None and value.type in {"arrow_function", "function_expression", "function"}:
            return True
    return False


def _function(node: "Node", classes: list["Node"], data: bytes, language: str, lines: list[str]) -> Function:
    outer = node.parent if node.parent is not None and node.parent.type in _WRAPPERS else node
    start = data.rfind(b"\n", 0, outer.start_byte) + 1
    if data[start : outer.start_byte].strip():
        start = outer.start_byte
    text = textwrap.dedent(data[start : outer.end_byte].decode("utf-8", "replace"))
    wrapped = text
    if classes and language in {"java", "javascript", "typescript"}:
        for each in reversed(classes):
            body = each.child_by_field_name("body")
            end = body.start_byte if body is not None else each.end_byte
            head = " ".join(data[each.start_byte : end].decode("utf-8", "replace").split())
            wrapped = f"{head} {{\n{textwrap.indent(wrapped, '    ')}\n}}"
    used = set(_WORD.findall(text))
    context = [line for line in lines if used & set(_WORD.findall(line)) - _COMMON][:_MAX_CONTEXT]
    whole = "\n".join([*context, *([""] if context else []), wrapped]) + "\n"
    name = ".".join([*(_name(each) for each in classes), _name(node)])
    return Function(name, text + "\n", whole, outer.start_point[0] + 1, outer.end_point[0] + 1)


_WRAPPERS = {"decorated_definition", "export_statement", "template_declaration"}
_COMMON = frozenset("import from as const let var static int char void include define if the self this return".split())


def _head_lines(root: "Node", data: bytes) -> list[str]:
    found = []
    for node in root.children:
        if node.type in _HEAD and not _is_arrow(node) and node.end_point[0] - node.start_point[0] <= 3:
            text = data[node.start_byte : node.end_byte].decode("utf-8", "replace").strip()
            if node.type != "expression_statement" or "=" in text:
                found.append(text)
    return found


def _name(node: "Node") -> str:
    """Return the name in a declaration; C and C++ hold it inside their declarators."""
    waiting = [node]
    while waiting:
        each = waiting.pop(0)
        found = each.child_by_field_name("name")
        if found is not None:
            return (found.text or b"").decode("utf-8", "replace")
        declarator = each.child_by_field_name("declarator") or each.child_by_field_name("left")
        if declarator is not None and declarator.type in _NAMES:
            return " ".join((declarator.text or b"").decode("utf-8", "replace").split())
        waiting += [declarator] if declarator is not None else each.named_children[:1]
    return ""


_NAMES = {
    "identifier",
    "field_identifier",
    "qualified_identifier",
    "member_expression",
    "destructor_name",
    "operator_name",
}
