"""Makes up what a C function that was cut out of its project needs: types, constants, variables, results of functions.

It takes the source and what the compiler said, and returns declarations that go before the source. Only names that the
compiler does not know are made up. What a type contains follows from how the source uses it: a field that is indexed is
a pointer, one that is compared is a number. Whatever else holds in the project is not known, so a verdict says on what
it rests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seccoder.code.parsing import grammar
from seccoder.oracles.executed.c.arguments import LENGTH

if TYPE_CHECKING:
    import tree_sitter

HEADERS = (
    *("ctype.h", "errno.h", "limits.h", "math.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h"),
    *("stdlib.h", "string.h", "strings.h", "sys/types.h", "time.h", "unistd.h"),
)
_KNOWN = {  # integer types that projects define
    **{f"{prefix}{sign}{bits}": f"{word}int{bits}_t"
       for prefix in ("", "__") for sign, word in (("u", "u"), ("s", "")) for bits in (8, 16, 32, 64)},
    **{f"__{order}{bits}": f"uint{bits}_t" for order in ("le", "be") for bits in (16, 32, 64)},
    "uchar": "unsigned char", "ushort": "unsigned short", "uint": "unsigned", "ulong": "unsigned long",
    "BYTE": "unsigned char", "WORD": "unsigned short", "DWORD": "unsigned", "BOOL": "int", "boolean": "int",
    "gchar": "char", "guchar": "unsigned char", "gint": "int", "guint": "unsigned", "gsize": "size_t",
    "gssize": "ssize_t", "gboolean": "int", "gpointer": "void *", "guint8": "uint8_t", "guint16": "uint16_t",
    "guint32": "uint32_t", "gint32": "int32_t", "guint64": "uint64_t", "gint64": "int64_t", "byte": "unsigned char",
}  # fmt: skip
_TEXT = re.compile(r"name|str|text|path|msg|line|host|url|user|pass|title|label|key$|word|query|uri|file", re.I)
_TEXT_CALLS = re.compile(
    r"(v?[fsn]*printf|str\w+|f?puts|fopen|open|ato\w+|strto\w+|unlink|remove|system|popen|getenv)$"
)
_MEMORY_CALLS = re.compile(r"(mem\w+|free|realloc|read|write|recv|send|bcopy)$")
_POINTERS = re.compile(r"(malloc|calloc|realloc|strdup|strndup|fopen|strchr|strrchr|strstr|memchr|getenv)$")
_UNKNOWN_TYPE = re.compile(r"unknown type name '(?:struct )?(\w+)'")
_INCOMPLETE = re.compile(r"(?:undefined type|incomplete (?:type|typedef)) '(?:const )?(struct |union )?(\w+)")
_HAS_INCOMPLETE = re.compile(r"'(\w+)'\) has incomplete type|storage size of '(\w+)' isn't known")
# What the headers bring: the compiler says so of some names, and of others only once they are made up as well.
_BROUGHT = re.compile(
    r"'(\w+)' is defined in header|(?:conflicting types for|redefinition of|redeclared as \S+ \S+ of) '(\w+)'"
)
_STANDARD = re.compile(
    r"s?size_t|off_t|u?int(ptr|max|(_fast|_least)?\d+)_t|(time|mode|pid|uid|gid|ptrdiff|wchar)_t|FILE|bool|va_list"
)
_UNDECLARED = re.compile(r"'(\w+)' undeclared")
_WRAPPERS = ("subscript_expression", "pointer_expression", "parenthesized_expression")


@dataclass(slots=True)
class _Kind:
    """What is known of a value: the type's name without pointers ("" if nothing), and how many pointers lead to it."""

    base: str = ""
    depth: int = 0
    array: bool = False
    call: bool = False


@dataclass(slots=True)
class _Made:
    """A structure that is made up, with its fields in the order of their first use."""

    tag: str
    fields: dict[str, _Kind] = field(default_factory=dict)


def missing_headers(text: str) -> list[str]:
    """Return the headers of the project itself that a source includes. They are there, and empty."""
    found = re.findall(r'^[ \t]*#[ \t]*include[ \t]*"([\w./-]+)"', text, flags=re.M)
    return [name for name in dict.fromkeys(found) if ".." not in name and not name.startswith("/")][:20]


def needed(said: str) -> bool:
    """Say whether the compiler missed names, which can be made up."""
    patterns = (_UNKNOWN_TYPE, _INCOMPLETE, _HAS_INCOMPLETE, _UNDECLARED)
    return any(pattern.search(said) for pattern in patterns)


def made_up(text: str, said: list[str]) -> tuple[str, list[str]]:
    """Return the declarations for what the compiler missed in its answers so far, and the names of the types."""
    everything = "\n".join(said)
    parser = grammar("c")
    if parser is None:
        return "", []
    types = dict.fromkeys(_UNKNOWN_TYPE.findall(everything))
    tags = dict.fromkeys(name for kind, name in _INCOMPLETE.findall(everything) if kind)
    tags.update(
        dict.fromkeys(re.findall(r"\bstruct\s+(\w+)\s+\w+\s*[;=]", text)) if "storage size" in everything else {}
    )
    reader = _Reader(parser.parse(text.encode("utf-8", "replace")).root_node)
    names = dict.fromkeys(_UNDECLARED.findall(everything))
    brought = {name for pair in _BROUGHT.findall(everything) for name in pair}
    for name in [name for name in (*types, *names) if name in brought or _STANDARD.fullmatch(name)]:
        types.pop(name, None)
        names.pop(name, None)
    types.update(dict.fromkeys(name for name in names if name in reader.types))
    macros = [name for name in types if name.isupper() and _is_macro(name, text)]
    for name in macros:
        del types[name]
    constants = [name for name in names if name not in types and re.fullmatch(r"_*[A-Z][A-Z\d_]*", name)]
    variables = [name for name in names if name not in types and name not in constants]
    return reader.declarations(list(types), list(tags), macros, constants, variables)


def _is_macro(name: str, text: str) -> bool:
    """Say whether a name before a declaration is none of its types: `EXPORT int run(`."""
    return re.search(rf"\b{name}\s+(static\b|extern\b|\w+\s+\**\s*\w+\s*\()", text) is not None


class _Reader:
    """Infers what the values of one source are from how they are used."""

    def __init__(self, root: "tree_sitter.Node") -> None:
        self.root = root
        self.types = {self.text(node) for node in self.all(root) if node.type == "type_identifier"}
        self.made: dict[str, _Made] = {}
        self.variables: dict[str, _Kind] = {}
        self.results: dict[str, _Kind] = {}

    def text(self, node: "tree_sitter.Node | None") -> str:
        """Return a node's text."""
        return (node.text or b"").decode(errors="replace") if node is not None else ""

    def all(self, node: "tree_sitter.Node") -> Iterator["tree_sitter.Node"]:
        """Yield a node and everything in it."""
        todo = [node]
        while todo:
            each = todo.pop()
            yield each
            todo += reversed(each.named_children)

    def declarations(
        self, types: list[str], tags: list[str], macros: list[str], constants: list[str], variables: list[str]
    ) -> tuple[str, list[str]]:
        """Return what goes before the source, and the names of the types that were made up."""
        for name in [*types, *tags]:
            if name not in _KNOWN:
                self.made[name] = _Made(name)
        self.variables = {name: _Kind() for name in variables}
        for _ in range(3):  # what is learnt of one field may tell of another
            self._learn()
        structures = {name: made for name, made in self.made.items() if made.fields or name in tags}
        lines = [f"#include <{header}>" for header in HEADERS]
        lines += [f"#define {name}" for name in macros]
        lines += [f"typedef {_KNOWN[name]} {name};" for name in types if name in _KNOWN]
        lines += [
            f"typedef {self._plain(name)} {name};" for name in types if name not in _KNOWN and name not in structures
        ]
        lines += [f"#define {name} {value}" for name, value in _values(constants)]
        lines += [f"typedef struct {name} {name};" for name in structures if name not in tags]
        for name, made in self._ordered(structures):
            fields = [f"    {self._declared(at, kind)};" for at, kind in made.fields.items()] or ["    int value;"]
            lines += [f"struct {name} {{", *fields, "};"]
        for name, kind in self.variables.items():
            if kind.base in structures and kind.depth == 1:
                lines.append(f"static struct {kind.base} {name}_room, *{name} = &{name}_room;")
            else:
                lines.append(f"static {self._declared(name, kind)};")
        lines += [f"void *{name}();" for name, kind in self.results.items() if kind.depth]
        return "\n".join(lines) + "\n", [*(name for name in types if name not in _KNOWN), *tags]

    def _plain(self, name: str) -> str:
        """Return the type of a name whose fields nobody uses: a number, or what nobody looks into."""
        values = rf"\b{name}\s+\w+\s*([;,=)\[])"
        return "int" if re.search(values, self.text(self.root)) else "struct { int value; }"

    def _declared(self, name: str, kind: _Kind) -> str:
        if kind.call:
            return f"long (*{name})()"
        base = kind.base or (("size_t" if LENGTH.search(name) else "int") if not kind.depth else "unsigned char")
        base = f"struct {base}" if base in self.made and self.made[base].fields else base
        return f"{base} {name}[64]" if kind.array else f"{base} {'*' * kind.depth}{name}"

    def _ordered(self, structures: dict[str, _Made]) -> Iterator[tuple[str, _Made]]:
        """Yield each structure after those that it holds."""
        done: set[str] = set()

        def visit(name: str) -> Iterator[tuple[str, _Made]]:
            if name in done or name not in structures:
                return
            done.add(name)
            for kind in structures[name].fields.values():
                if kind.base in structures and (not kind.depth or kind.array):
                    yield from visit(kind.base)
            yield name, structures[name]

        for name in structures:
            yield from visit(name)

    # --- learning ---

    def _learn(self) -> None:
        for function in self.all(self.root):
            if function.type != "function_definition":
                continue
            known = dict(self.variables)
            result = self._kind_of(function.child_by_field_name("type"), function.child_by_field_name("declarator"))[1]
            for node in self.all(function):
                if node.type in {"parameter_declaration", "declaration"}:
                    for declarator in node.children_by_field_name("declarator"):
                        name, kind = self._kind_of(node.child_by_field_name("type"), declarator)
                        if name:
                            known[name] = kind
            for node in self.all(function):
                self._use(node, known, result)

    def _kind_of(self, kind: "tree_sitter.Node | None", declarator: "tree_sitter.Node | None") -> tuple[str, _Kind]:
        """Return the name and the kind that a declaration gives."""
        base = self.text(kind.child_by_field_name("name") if kind and kind.child_by_field_name("name") else kind)
        depth, array = 0, False
        while declarator is not None and declarator.type != "identifier":
            depth += declarator.type in {"pointer_declarator", "array_declarator"}
            array |= declarator.type == "array_declarator"
            declarator = declarator.child_by_field_name("declarator")
        return self.text(declarator), _Kind(_KNOWN.get(base, base), depth)

    def _place(self, node: "tree_sitter.Node | None", known: dict[str, _Kind]) -> _Kind | None:
        """Return the kind of what an expression stands for, to be completed; None if nothing made up is in it."""
        kind, steps = self._root(node, known)
        if kind is None or not steps:
            return kind
        if self._mine(kind):
            kind.depth = max(kind.depth, steps)
        return _Kind(kind.base, kind.depth - steps) if kind.base else None

    def _root(self, node: "tree_sitter.Node | None", known: dict[str, _Kind]) -> tuple[_Kind | None, int]:
        """Return the kind of what an expression starts from, and how many of its pointers the expression follows."""
        steps = 0
        while node is not None and node.type in {
            "subscript_expression",
            "pointer_expression",
            "parenthesized_expression",
        }:
            if self.text(node).startswith("&"):
                return None, 0
            steps += node.type != "parenthesized_expression"
            node = node.child_by_field_name("argument") or next(iter(node.named_children), None)
        if node is not None and node.type == "identifier":
            return known.get(self.text(node)), steps
        if node is not None and node.type == "field_expression":
            return self._field(node, known), steps
        return None, 0

    def _field(self, node: "tree_sitter.Node", known: dict[str, _Kind]) -> _Kind | None:
        """Return the kind of a field. What holds it becomes a structure, if it is made up."""
        holder, steps = self._root(node.child_by_field_name("argument"), known)
        name = self.text(node.child_by_field_name("field"))
        if holder is not None and self._mine(holder):
            holder.depth = max(holder.depth, steps + any(child.type == "->" for child in node.children))
            if holder.base not in self.made:
                holder.base = f"made_{name}_{len(self.made)}"
                self.made[holder.base] = _Made(holder.base)
        if holder is None or holder.base not in self.made:
            return None
        return self.made[holder.base].fields.setdefault(name, _Kind())

    def _mine(self, kind: _Kind) -> bool:
        return any(kind is each for each in self._made_kinds())

    def _made_kinds(self) -> Iterator[_Kind]:
        yield from self.variables.values()
        for made in self.made.values():
            yield from made.fields.values()

    def _use(self, node: "tree_sitter.Node", known: dict[str, _Kind], result: _Kind) -> None:
        """Learn from one expression."""
        if node.type in {"field_expression", "subscript_expression", "pointer_expression"}:
            self._place(node, known)
        elif node.type == "assignment_expression":
            self._same(node.child_by_field_name("left"), node.child_by_field_name("right"), known)
        elif node.type == "init_declarator":
            self._same(node.child_by_field_name("declarator"), node.child_by_field_name("value"), known)
        elif node.type == "return_statement" and node.named_children:
            self._set(self._place(node.named_children[0], known), result)
        elif node.type == "sizeof_expression":
            kind = self._place(node.child_by_field_name("value"), known)
            if kind is not None and not kind.base and self._mine(kind):
                kind.array, kind.base = True, "char"
        elif node.type == "binary_expression":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            for one, other in ((left, right), (right, left)):
                if other is not None and other.type == "null":
                    self._set(self._place(one, known), _Kind("", 1))
        elif node.type == "call_expression":
            self._call(node, known)

    def _same(self, left: "tree_sitter.Node | None", right: "tree_sitter.Node | None", known: dict[str, _Kind]) -> None:
        """Learn from two expressions that have the same type."""
        if left is not None and left.type.endswith("declarator"):
            left = _innermost(left)
        one = self._place(left, known)
        if right is None:
            return
        if right.type == "cast_expression":
            right = right.child_by_field_name("value") or right
        if right.type == "call_expression":
            called = self.text(right.child_by_field_name("function"))
            if _POINTERS.match(called):
                self._set(one, _Kind("char" if called.startswith(("str", "getenv")) else "", 1))
            elif one is not None and one.depth and re.fullmatch(r"\w+", called):
                self.results[called] = _Kind("", 1)
            return
        if right.type == "null":
            self._set(one, _Kind("", 1))
            return
        other = self._place(right, known)
        if one is not None:
            self._set(other, one)
        if other is not None:
            self._set(one, other)

    def _set(self, kind: _Kind | None, other: _Kind) -> None:
        """Complete what is made up by what is known."""
        if kind is None or not self._mine(kind) or kind.array:
            return
        kind.depth = max(kind.depth, other.depth)
        if not kind.base and other.base not in {"", "void"}:
            kind.base = other.base

    def _call(self, node: "tree_sitter.Node", known: dict[str, _Kind]) -> None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        called = self.text(function)
        kind = self._place(function, known) if function is not None and function.type == "field_expression" else None
        if kind is not None and self._mine(kind):
            kind.call = True
        for number, argument in enumerate(arguments.named_children if arguments is not None else ()):
            place = self._place(argument, known)
            if place is None:
                continue
            name = self.text(argument.child_by_field_name("field") or argument)
            if _TEXT_CALLS.match(called) and (_TEXT.search(name) or re.match(r"(str|ato|f?puts|f?open)", called)):
                if not LENGTH.search(name):
                    self._set(place, _Kind("char", 1))
            elif _MEMORY_CALLS.match(called) and not LENGTH.search(name) and number < 2:
                self._set(place, _Kind("", 1))


def _innermost(node: "tree_sitter.Node") -> "tree_sitter.Node | None":
    inner: tree_sitter.Node | None = node
    while inner is not None and inner.type != "identifier":
        inner = inner.child_by_field_name("declarator")
    return inner


def _values(names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield a value for each constant: sizes are sizes, errors are negative, and no two are equal."""
    for number, name in enumerate(names):
        if re.search(r"MAX|SIZE|LEN|BUF|LIMIT|NUM|COUNT|CAP", name):
            yield name, str(64 + number)
        elif re.search(r"ERR|FAIL|INVALID|BAD|DENIED", name):
            yield name, f"(-{number + 1})"
        else:
            yield name, str(number if re.search(r"OK|SUCCESS|NONE", name) else number + 1)
