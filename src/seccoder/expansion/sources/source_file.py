"""Cuts functions and definitions out of one file with tree-sitter, each with what it needs to be read alone.

A function comes with the imports and file-level definitions that it uses. A method of a Java, JavaScript or TypeScript
class comes inside the head of its class, so that it can be parsed on its own, and a function of an object inside one. A
Python method comes as a function. A call that is given a function, such as that of a route, counts as one. C that
macros hide from the grammar is cut at its braces, and a macro of several lines counts as a function.

Bodies of classes are not taken apart any further than into methods and fields.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
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
MODULE = "module"  # the name of the file-level statements of a file
_MAX_CONTEXT = 12  # lines of file-level definitions that come before a function
_MAX_HANDLER = 120  # lines of a statement that is one function with its name, such as a route
WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Function:
    """One function of a file.

    Attributes:
        name: Its name, with those of its classes.
        text: The function alone.
        whole: The function with its context.
        line: Its first line, from 1.
        end: Its last line.
        doc: The first sentence of its docstring, or of the comment above it; "" if there is none.
    """

    name: str
    text: str
    whole: str
    line: int
    end: int
    doc: str = ""


def functions(text: str, language: str) -> list[Function]:
    """Return the outermost functions and methods of a file, in order; none if it cannot be parsed at all."""
    file = File(text, language)
    return [file.function(unit) for unit in file.units]


def words(name: str) -> str:
    """Return the name of a function as words: `UserStore.findByName` gives "find by name"."""
    last = re.split(r"[.:]", name)[-1]
    return " ".join(re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_+", " ", last).lower().split())


@dataclass(frozen=True, slots=True)
class Unit:
    """A function where it stands: its name, its bytes' range, its classes, and its text."""

    name: str
    start: int
    end: int
    classes: "tuple[Node, ...]"
    text: str
    member: bool = False  # of an object that has no class

    @property
    def bare(self) -> str:
        """Its text without white space, to compare it."""
        return "".join(self.text.split())

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n") + 1


class File:
    """A parsed file, with its functions and its file-level statements; without any if it cannot be parsed at all."""

    def __init__(self, text: str, language: str) -> None:
        self.data = text.encode("utf-8", "surrogatepass")
        self.language = language
        self.units: list[Unit] = []
        self.types: list[Unit] = []  # its outermost classes, whole
        self.head: list[str] = []
        self.defined: dict[str, str] = {}  # file-level definitions, and fields by their classes' names with their own
        self.classes: dict[str, tuple[Node, ...]] = {}
        self.statements: list[str] = []
        parser = grammar(language)
        if parser is None or len(text) > MAX_CHARS:
            return
        self._tree = parser.parse(self.data)
        root = self._tree.root_node
        self.units = [self._unit(node, classes) for node, classes in _find(root)]
        if root.has_error and language in {"c", "cpp"}:
            self.units = sorted([*self.units, *self._blocks()], key=lambda unit: unit.start)
        types = [child if child.type in _CLASSES else _inner(child) for child in root.children]
        self.types = [self._unit(node, []) for node in types if node is not None]
        inside = [(unit.start, unit.end) for unit in self.units]
        self.head = [text for start, text in _head_lines(root, self.data) if not any(a <= start < b for a, b in inside)]

        self.defined = _defined(self.head)
        for classes in {unit.classes for unit in self.units if unit.classes}:
            body = classes[-1].child_by_field_name("body")
            place = ".".join(_name(each) for each in classes)
            self.classes[place] = classes
            fields = [
                self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
                for node in (body.named_children if body is not None else ())
                if node.type in _FIELDS and _lines(node) <= 8
            ]
            self.defined |= {f"{place}.{name}": text for name, text in _defined(fields).items()}
        self.statements = self._statements(root)

    def _statements(self, root: "Node") -> list[str]:
        """Return the file-level statements that are neither definitions nor imports and hold no function."""
        if self.language not in {"python", "javascript", "typescript"}:
            return []
        defined = set(self.defined.values())
        texts = [
            self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
            for node in root.children
            if node.is_named and "import" not in node.type and "comment" not in node.type and node.type not in _CLASSES
            if not any(node.start_byte < unit.end and unit.start < node.end_byte for unit in self.units)
        ]
        return [text for text in texts if text not in defined and not _about(text)]

    @cached_property
    def imported(self) -> dict[str, str]:
        """The names that the file imports, each with the place that it comes from, and what it is called there."""
        places: dict[str, str] = {}
        for line in filter(_IMPORT.match, self.head):
            place = _PLACE.search(line)
            for part in (_PLACE.sub("", line) if place else line).split(","):
                words = WORD.findall(part.removeprefix("import"))
                places |= dict.fromkeys(set(words) - COMMON, f"{place[1] if place else ''} {' '.join(words)}")
        return places

    def module(self, helpers: "Sequence[Unit]" = ()) -> Function:
        """Return the file-level statements, with their context and what they call, as if they were a function."""
        text = "\n".join([*(f"{self._wrapped(each)}\n\n" for each in helpers), *self.statements])
        used = set(WORD.findall(text))
        context = [line for line in self.head if line not in self.statements and used & _gives(line)]
        return Function(MODULE, text + "\n", "\n".join([*context[:_MAX_CONTEXT], "", text]) + "\n", 1, 1)

    def definition(self, name: str, helpers: "Sequence[Unit]" = ()) -> Function:
        """Return a file-level definition or a field, in its class, with what it calls, as if it were a function."""
        place = name.rpartition(".")[0]
        text = self.defined[name]
        parts = [*map(self._wrapped, helpers), self._in_class(self.classes.get(place, ()), text, True)]
        return Function(name, text + "\n", "\n\n".join(parts) + "\n", 1, 1)

    def class_head(self, name: str, head: str, helpers: "Sequence[Unit]" = ()) -> Function:
        """Return the head of a class, with the classes that it is shown with, as if it were a function."""
        text = f"{head}\n    pass\n"
        return Function(name, text, "\n\n".join([*map(self._wrapped, helpers), text]), 1, 1)

    def _unit(self, node: "Node", classes: list["Node"]) -> Unit:
        outer = node.parent if node.parent is not None and node.parent.type in _WRAPPERS else node
        start = self.data.rfind(b"\n", 0, outer.start_byte) + 1
        if self.data[start : outer.start_byte].strip():
            start = outer.start_byte
        text = textwrap.dedent(self.data[start : outer.end_byte].decode("utf-8", "replace"))
        name = _name(node)
        if self.language in {"c", "cpp"} and re.fullmatch(r"[A-Z0-9_]*", name):
            name = _name_in_head(text) or name
        member = node.type == "pair" or (node.type == "method_definition" and not classes)
        full = ".".join([*(_name(each) for each in classes), name or _call_name(node)])
        return Unit(full, start, outer.end_byte, tuple(classes), text, member)

    def _blocks(self) -> Iterator[Unit]:
        """Yield what looks like a function of C and is none for the grammar: what ends with a brace at the margin."""
        at = head = 0
        start: int | None = None
        for line in self.data.splitlines(keepends=True):
            bare, next_at = line.strip(), at + len(line)
            if start is None and bare.endswith(b"{") and line[:1].strip():
                start = head
            elif start is None and (not bare or bare[-1:] in b";}" or line[:1] in b"#/*"):
                head = next_at
            elif start is not None and line.startswith(b"}"):
                text = self.data[start:next_at].decode("utf-8", "replace").rstrip()
                if (name := _name_in_head(text)) and not any(u.start < next_at and start < u.end for u in self.units):
                    yield Unit(name, start, next_at, (), text)
                start, head = None, next_at
            at = next_at

    def function(self, unit: Unit, helpers: "Sequence[Unit]" = (), fields: Sequence[str] = ()) -> Function:
        """Return a function with its context, and with the functions and the fields that it is shown with."""
        mine = [self.defined[name] for name in fields if "." in name]
        parts = [*(self._wrapped(each) for each in helpers), self._wrapped(unit)]
        if helpers and all(each.classes == unit.classes for each in helpers):
            parts = [self._wrapped(unit, "\n\n".join(each.text for each in (*helpers, unit)))]
        wrapped = "\n\n".join(parts)
        if mine and not helpers:
            parts = [self._in_class(unit.classes, "\n".join([*mine, "", unit.text]), True)]
        wrapped = "\n\n".join(parts)
        used = set(WORD.findall(wrapped))
        context = [line for line in self.head if used & _gives(line)][:_MAX_CONTEXT]
        whole = "\n".join([*context, *([""] if context else []), wrapped]) + "\n"
        first, last = (self.data.count(b"\n", 0, at) + 1 for at in (unit.start, unit.end))
        return Function(unit.name, unit.text + "\n", whole, first, last, self._doc(unit))

    def _doc(self, unit: Unit) -> str:
        inside = _DOCSTRING.match(unit.text) if self.language == "python" else None
        above = _COMMENT_ABOVE.search(self.data[max(0, unit.start - 2000) : unit.start].decode("utf-8", "replace"))
        text = inside[2] if inside else re.sub(r"(?m)^\s*(?:/?\*+/?|//+|#+)|\*+/", "", above[0]) if above else ""
        sentence = re.split(r"(?<=[.!?])\s|\n\s*\n|\n\s*[@:\\]", text.strip(), maxsplit=1)[0]
        return " ".join(sentence.split())[:160]

    def _wrapped(self, unit: Unit, text: str = "") -> str:
        """Return a method inside the heads of its classes, in languages where it is no function without them."""
        if unit.member:
            return f"module.exports = {{\n{textwrap.indent(text or unit.text, '    ')},\n}};"
        return self._in_class(unit.classes, text or unit.text)

    def _in_class(self, classes: "Sequence[Node]", wrapped: str, field: bool = False) -> str:
        """Return what stands in classes inside their heads; in Python, only fields need them."""
        if self.language in {"java", "javascript", "typescript"} or (field and self.language == "python"):
            for each in reversed(classes):
                body = each.child_by_field_name("body")
                end = body.start_byte if body is not None else each.end_byte
                head = " ".join(self.data[each.start_byte : end].decode("utf-8", "replace").split())
                inside = textwrap.indent(wrapped, "    ")
                wrapped = f"{head}\n{inside}" if self.language == "python" else f"{head} {{\n{inside}\n}}"
        return wrapped


_DOCSTRING = re.compile(r"(?s)\A(?:[^\n]*\n){0,12}?[^\n]*:\s*\n\s+[rRuU]?(\"{3}|'{3})(.{1,2000}?)\1")
_COMMENT_ABOVE = re.compile(
    r"(?:/\*(?:[^*]|\*(?!/))*\*/|(?:^[ \t]*(?://|#(?!\s*(?:if|end|el|inc|def|und|pra)))[^\n]*\n)+)\s*\Z", re.MULTILINE
)
_FIELDS = frozenset(
    "expression_statement field_definition public_field_definition field_declaration assignment".split()
)
_NO_NAMES = re.compile(
    r"(?:__attribute__|__declspec|noexcept|throw|alignas|decltype|requires|if|for|while|switch|return)$"
)


def _name_in_head(text: str) -> str:
    """Return the name before the last parentheses of a C function's head, such as that in `API(int) name(void)`."""
    name, depth = "", 0
    for match in re.finditer(r"([A-Za-z_~][\w:~]*)?\s*(\()|(\))|(\{)", text[:2000]):
        if match[4]:
            break
        if match[2]:
            if depth == 0 and match[1] and not _NO_NAMES.match(match[1]):
                name = match[1]
            elif depth == 0 and not match[1] and name:  # `NAME(part)(...)`
                inner = text[: match.start()].rpartition("(")[2]
                name = f"{name}({inner.strip(' )')})"
            depth += 1
        else:
            depth -= 1
    return name


def _about(text: str) -> bool:
    """Tell whether a definition is about the project and not of its code, such as its version."""
    match = _DEFINES.match(text)
    return match is not None and _ABOUT.search(match[1] or match[2]) is not None


def _gives(line: str) -> set[str]:
    """Return the names that a file-level line gives: that which it defines, or all of an import or a declaration."""
    match = _DEFINES.match(line)
    return {match[1] or match[2]} if match else set(WORD.findall(line)) - COMMON


def _defined(head: Sequence[str]) -> dict[str, str]:
    found = [(match[1] or match[2], text) for text in head if (match := _DEFINES.match(text))]
    names = [(name, text) for name, text in found if not _ABOUT.search(name)]
    count = Counter(name for name, _ in names)
    return {name: text for name, text in names if count[name] == 1}


_IMPORT = re.compile(r"(?:import|from)\b")
_PLACE = re.compile(r"\bfrom\s+([^\s;]+)[\s;]*(?:import\b)?")
_ABOUT = re.compile(r"(?i)version|^__\w+__$|copyright|author|licen[cs]e|build|release")
_DEFINES = re.compile(
    r"#\s*define\s+(\w+)|(?:export\s+)?(?:(?:const|let|var|static|final|unsigned|struct|enum)\s+)*(?:[\w:<>]+[\s*&]+)??(\w+)\s*"
    r"(?:\[\w*\]\s*)*(?::[^=\n]*)?="
)


# --- the tree ---------------------------------------------------------------------------------------------------------


def _find(root: "Node") -> Iterator[tuple["Node", list["Node"]]]:
    """Yield every outermost function, with the classes that it is in."""
    waiting: list[tuple[Node, list[Node]]] = [(root, [])]
    while waiting:
        node, classes = waiting.pop()
        kind = node.type
        if kind in _FUNCTIONS or (kind in _STATEMENTS and (_is_arrow(node) or _is_handler(node))):
            yield node, classes
            continue
        inside = [*classes, node] if kind in _CLASSES else classes
        waiting.extend(
            (child, inside) for child in reversed(node.named_children) if child.end_byte - child.start_byte >= _SHORTEST
        )


_SHORTEST = 8  # bytes of a function
_STATEMENTS = frozenset(
    "expression_statement lexical_declaration variable_declaration pair field_definition public_field_definition "
    "preproc_function_def".split()
)


def _is_handler(node: "Node") -> bool:
    """Tell whether something is `name: function (...) {...}`, or a call that is given one, such as that of a route."""
    if node.type in {"pair", "field_definition", "public_field_definition"}:
        value = node.child_by_field_name("value")
        return value is not None and value.type in _LAMBDAS
    if node.type == "preproc_function_def":
        return node.end_point[0] - node.start_point[0] > 1
    if node.type != "expression_statement" or node.end_point[0] - node.start_point[0] > _MAX_HANDLER:
        return False
    call = node.named_children[0] if node.named_children else None
    arguments = call.child_by_field_name("arguments") if call is not None and call.type == "call_expression" else None
    called = call.child_by_field_name("function") if call is not None else None
    return (
        arguments is not None
        and called is not None
        and called.type in {"member_expression", "identifier"}
        and any(each.type in _LAMBDAS for each in arguments.named_children)
    )


_LAMBDAS = {"arrow_function", "function_expression", "function", "generator_function"}


def _is_arrow(node: "Node") -> bool:
    """Tell whether a statement is `const name = (...) => ...` or `name = function (...) {...}`."""
    if node.type not in {"lexical_declaration", "variable_declaration", "expression_statement"}:
        return False
    for child in node.named_children:
        value = child.child_by_field_name("value") or child.child_by_field_name("right")
        if value is not None and value.type in _LAMBDAS:
            return True
    return False


def _inner(node: "Node") -> "Node | None":
    """Return the class in a declaration that is exported, decorated or a template."""
    inside = (child for child in node.named_children if node.type in _WRAPPERS and child.type in _CLASSES)
    return next(inside, None)


_WRAPPERS = {"decorated_definition", "export_statement", "template_declaration"}
COMMON = frozenset(
    "if for while switch catch elif else do sizeof not in and or await yield new typeof import from as const let var "
    "static int char void include define the self this return".split()
)


def _head_lines(root: "Node", data: bytes) -> list[tuple[int, str]]:
    found = []
    for node in root.children:
        if node.type in _HEAD and not (_is_arrow(node) or _is_handler(node)) and _lines(node) <= 8:
            text = data[node.start_byte : node.end_byte].decode("utf-8", "replace").strip()
            if node.type != "expression_statement" or "=" in text:
                found.append((node.start_byte, text))
    return found


def _call_name(node: "Node") -> str:
    """Return the beginning of a call, such as `app.get('/orders'`."""
    return " ".join((node.text or b"").decode("utf-8", "replace").split()).partition(",")[0][:60]


def _lines(node: "Node") -> int:
    return int(node.end_point[0] - node.start_point[0]) + 1


def _name(node: "Node") -> str:
    """Return the name in a declaration; C and C++ hold it inside their declarators."""
    waiting = [node]
    while waiting:
        each = waiting.pop(0)
        found = each.child_by_field_name("name") or each.child_by_field_name("key")
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
