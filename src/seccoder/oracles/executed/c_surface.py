"""What a C file offers to run, read with tree-sitter: functions and their parameters, constants, which inputs it reads.

In flows source text, even broken; out flows a `Surface`. Also writes the driver that calls the functions of a file that
has no `main`. It reads no headers and expands no macros: a parameter whose type it does not know gets zeroed memory.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seccoder.oracles.executed import memory

if TYPE_CHECKING:
    import tree_sitter

_LENGTH = re.compile(r"(^|_)(n|len|length|size|count|num|sz|cap|capacity|max)$|(len|size|count|num)$", re.I)
_CAPACITY = re.compile(r"cap|capacity|max|alloc|total", re.I)
_INTEGER = re.compile(r"\b(int|long|short|size_t|ssize_t|unsigned|u?int\d+_t|off_t|char|bool|_Bool|time_t)\b")


_BYTE = re.compile(r"\b(char|u?int8_t|byte|u8|BYTE|uchar|guchar|gchar)\b")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A function's parameter: its type as written without the name, its name and how many pointers deep it is."""

    type: str
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Function:
    """A function with a body."""

    name: str
    result: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure with a body: its name as a type, and its fields (an array of characters has depth -1)."""

    type: str
    fields: tuple[Parameter, ...]


@dataclass(slots=True)
class Surface:
    """Everything found in one file."""

    functions: list[Function] = field(default_factory=list)
    structures: dict[str, Structure] = field(default_factory=dict)  # by type, such as `struct view` or `view_t`
    numbers: list[int] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    operations: list[int] = field(default_factory=list)  # lines, from 1, that hold an operation of the target's family
    pointers: list[str] = field(default_factory=list)  # functions only declared here that return a pointer
    arguments: bool = False  # it reads argv

    @property
    def main(self) -> bool:
        """Whether it is a program."""
        return any(function.name == "main" for function in self.functions)


def discover(text: str, family: str) -> Surface:
    """Read a file's surface."""
    import tree_sitter
    import tree_sitter_c

    data = text.encode("utf-8", "replace")
    root = tree_sitter.Parser(tree_sitter.Language(tree_sitter_c.language())).parse(data).root_node
    surface = Surface()
    numbers: dict[int, None] = {}
    strings: dict[str, None] = {}
    lines: set[int] = set()
    todo = [root]
    while todo:
        node = todo.pop()
        todo += reversed(node.children)
        source = data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        called = ""
        if node.type == "function_definition":
            if (function := _function(node, data)) is not None:
                surface.functions.append(function)
        elif node.type == "struct_specifier" and (body := node.child_by_field_name("body")) is not None:
            _structure(node, body, data, surface)
        elif node.type == "declaration":
            surface.pointers += re.findall(r"\*\s*(\w+)\s*\(", source)
        elif node.type == "call_expression":
            callee = node.child_by_field_name("function")
            called = data[callee.start_byte : callee.end_byte].decode("utf-8", "replace") if callee else ""
            surface.called.add(called)
        elif node.type == "number_literal":
            if (number := _number(source)) is not None:
                numbers[number] = None
        elif node.type == "preproc_def":
            numbers.update({int(found): None for found in re.findall(r"\s(\d{1,9})\s*$", source)})
            strings.update({found: None for found in re.findall(r'"([^"\\]*)"', source)})
        elif node.type == "string_literal":
            strings[source.strip('"')] = None
        if memory.operation(node.type, source, called, family):
            lines.add(node.start_point[0] + 1)
    surface.numbers, surface.strings, surface.operations = list(numbers)[:12], list(strings)[:20], sorted(lines)
    surface.arguments = re.search(r"\bargv\b", re.sub(r"main\s*\([^)]*\)", "", text)) is not None
    return surface


def _structure(node: "tree_sitter.Node", body: "tree_sitter.Node", data: bytes, surface: Surface) -> None:
    fields: list[Parameter] = []
    for declared in body.named_children:
        text = data[declared.start_byte : declared.end_byte].decode("utf-8", "replace").rstrip("; \n")
        if declared.type == "field_declaration" and "(" not in text and "{" not in text and ":" not in text:
            kind, _, rest = re.sub(r"\[[^\]]*\]", "[]", text).partition(",")
            for parameter in _parameters(kind):
                fields.append(parameter)
                base = parameter.type
                fields += [p for other in rest.split(",") if other for p in _parameters(f"{base} {other.strip()}")]
    arrays = {
        name for name in re.findall(r"(\w+)\s*\[", data[body.start_byte : body.end_byte].decode("utf-8", "replace"))
    }
    fields = [Parameter(f.type, f.name, -1) if f.name in arrays else f for f in fields]
    tag = node.child_by_field_name("name")
    names = [f"struct {data[tag.start_byte : tag.end_byte].decode()}"] if tag else []
    if node.parent is not None and node.parent.type == "type_definition":
        alias = node.parent.child_by_field_name("declarator")
        names += [data[alias.start_byte : alias.end_byte].decode()] if alias and alias.type == "type_identifier" else []
    surface.structures.update({name: Structure(name, tuple(fields)) for name in names})


def _number(source: str) -> int | None:
    try:
        value = int(source.rstrip("uUlL"), 0)
    except ValueError:
        return None
    return value if abs(value) < 1 << 31 else None


def _function(node: "tree_sitter.Node", data: bytes) -> Function | None:
    body = node.child_by_field_name("body")
    head = data[node.start_byte : body.start_byte if body else node.end_byte].decode("utf-8", "replace")
    found = re.search(r"^(.*?)\b(\w+)\s*\((.*)\)\s*$", head, flags=re.S)
    if found is None:
        return None
    return Function(found[2], found[1].strip(), tuple(_parameters(found[3])))


def _parameters(text: str) -> Iterator[Parameter]:
    for part in re.split(r",(?![^()]*\))", " ".join(text.split())):
        if part in {"", "void", "..."}:
            continue
        if "(" in part:  # a pointer to a function
            yield Parameter("void *", "callback", 9)
            continue
        depth = part.count("*") + part.count("[")
        plain = re.sub(r"\[[^\]]*\]", "", part).replace("*", " ")
        words = plain.split()
        name = words.pop() if len(words) > 1 else ""
        yield Parameter(" ".join(word for word in words if word not in {"register", "restrict"}), name, depth)


def driver(surface: Surface) -> str:
    """C source that calls the function chosen by argv[1] with the values of argv[2] (a number) and argv[3] (a text).

    Buffers are on the heap and exactly as long as the length beside them says, so that one step too far is seen;
    lengths are told truthfully. Only numbers that are no length, and texts, carry the attack.
    """
    lines = [
        '#include "subject.c"',
        "#include <stdlib.h>",
        "#include <string.h>",
        "void *__real_malloc(unsigned long);",
    ]
    lines += [
        "static void *room(unsigned long size, const char *text) {",
        "    char *memory = __real_malloc(size ? size : 1);",
        "    unsigned long length = text ? strlen(text) + 1 : 0;",
        "    memset(memory, 0, size);",
        "    if (text && length <= size) memcpy(memory, text, length);",
        "    return memory;",
        "}",
        "static void *bytes(const char *text) {",  # without an end
        "    unsigned long length = strlen(text);",
        "    return memcpy(__real_malloc(length ? length : 1), text, length);",
        "}",
        "static void *numbers(unsigned long size, unsigned long one, long number) {",
        "    char *memory = room(size, 0);",
        "    for (char *at = memory; one <= sizeof number && at < memory + size; at += one) memcpy(at, &number, one);",
        "    return memory;",
        "}",
        "int main(int argc, char **argv) {",
        "    long number = atol(argv[2]), other = argc > 4 ? atol(argv[4]) : number;",
        "    const char *text = argv[3]; unsigned long length = strlen(text);",
        "    (void)other; (void)bytes; (void)numbers; (void)room; (void)number; (void)text; (void)length;",
        "    switch (atoi(argv[1])) {",
    ]
    for index, function in enumerate(surface.functions):
        call = f"{function.name}({', '.join(_values(function, surface.structures))})"
        plain = set(function.result.split()) - {"static", "inline", "extern"} == {"void"}
        lines.append(f"    case {index}: {{ {'' if plain else '__auto_type value = '}{call}; return 0; }}")
    return "\n".join([*lines, "    }", "    return 0;", "}", ""])


def _values(function: Function, structures: Mapping[str, Structure]) -> Iterator[str]:
    """An expression for each parameter."""
    previous: Parameter | None = None
    first = True  # of the numbers
    for parameter in function.parameters:
        kind = _plain(parameter)
        if parameter.depth == 0 and _INTEGER.search(kind):
            told = previous is not None and previous.depth == 1 and _length(parameter)
            yield _told(previous) if told and previous else f"({kind}){'number' if first else 'other'}"
            first = first and bool(told)
        elif parameter.depth == 0 and kind in {"float", "double"}:
            yield f"({kind})number"
        elif parameter.depth == 1 and _BYTE.search(kind):
            text = kind.split()[-1] == "char" and "unsigned" not in kind
            if text and ("const" in parameter.type or not _sized(function, parameter)):
                yield "room(length + 1, text)"
            else:
                yield "bytes(text)" if not text else "room(16, 0)"
        elif parameter.depth in {0, 1} and kind in structures:
            last = "value" if parameter.depth == 0 else "memcpy(room(sizeof value, 0), &value, sizeof value)"
            yield f"({{ {_filled(structures[kind])} {last}; }})"
        elif parameter.depth == 1 and kind != "void":
            yield f"numbers(4 * sizeof({kind}), sizeof({kind}), number)"
        elif parameter.depth == 1:
            yield "room(length + 1, text)"
        elif parameter.depth == 0:
            yield f"({{ {kind} value; memset(&value, 0, sizeof value); value; }})"
        else:
            yield "0" if parameter.depth == 9 else "room(64, 0)"
        previous = parameter


def _plain(parameter: Parameter) -> str:
    return re.sub(r"\b(const|volatile|static|inline)\b", "", parameter.type).strip()


def _filled(structure: Structure) -> str:
    """Statements that make a structure named `value` whose lengths tell the truth about its pointers.

    Beside a capacity, what is used of it is nothing; beside pointers and arrays other numbers stay zero, for they may
    belong together in a way that only the code knows.
    """
    lines = [f"{structure.type} value; memset(&value, 0, sizeof value);"]
    lengths = {part.name for part in structure.fields if part.depth == 0 and _LENGTH.search(part.name)}
    capacities = {name for name in lengths if _CAPACITY.search(name)}
    lengths = capacities or lengths
    truth = ""
    holds = any(part.depth > 0 or (part.depth < 0 and _plain(part) != "char") for part in structure.fields)
    for part in structure.fields:
        kind = _plain(part)
        if part.depth == 1 and (_BYTE.search(kind) or kind == "void"):
            if kind == "char" and "const" not in part.type and lengths:
                made, truth = "room(16, 0)", "16"
            elif kind == "char":
                made, truth = "room(length + 1, text)", "length"
            elif lengths:
                made, truth = "bytes(text)", "length"
            else:  # how long it must be, only the code knows
                made = "room(65536, 0)"
            lines.append(f"value.{part.name} = (void *){made};")
        elif part.depth == 1 and _INTEGER.search(kind):
            lines.append(f"value.{part.name} = room(4 * sizeof *value.{part.name}, 0);")
            truth = "4"
        elif part.depth == -1 and kind == "char":
            lines.append(f"if (length < sizeof value.{part.name}) memcpy(value.{part.name}, text, length + 1);")
        elif part.depth == 0 and _INTEGER.search(kind) and not holds:
            lines.append(f"value.{part.name} = number;")
    if truth:
        lines += [f"value.{name} = {truth};" for name in sorted(lengths)]
    return " ".join(lines)


def _length(parameter: Parameter) -> bool:
    """Whether a number behind a pointer tells how much there is: by its name, or because it is a `size_t`."""
    return _LENGTH.search(parameter.name) is not None or _plain(parameter) == "size_t"


def _sized(function: Function, buffer: Parameter) -> bool:
    """Whether a length stands behind a buffer."""
    following = function.parameters[function.parameters.index(buffer) + 1 :]
    return bool(following) and following[0].depth == 0 and _length(following[0])


def _told(buffer: Parameter | None) -> str:
    if buffer is None:
        return "number"
    kind = _plain(buffer)
    if re.search(r"\bchar\b", kind) and "unsigned" not in kind:
        return "length + 1" if "const" in buffer.type else "16"
    return "length" if _BYTE.search(kind) else "length + 1" if kind == "void" else "4"
