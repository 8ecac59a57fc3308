"""Finds what a C or C++ file offers to run: functions, methods, types, constants, and what input it reads.

It takes source text, even if it is broken, reads it with tree-sitter, and returns a `Surface`. It reads no headers,
expands no macros, instantiates no templates, and does not know whether what it found compiles.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seccoder.code.parsing import grammar
from seccoder.oracles.executed.c.operations import harmless, operation

if TYPE_CHECKING:
    import tree_sitter

CALLBACK = 9  # the depth that stands for a pointer to a function
_MOST = 200  # the number of functions that are looked at
_DEEPEST = 2000  # the nesting beyond which a file is not read on


@dataclass(frozen=True, slots=True)
class Parameter:
    """Describes a parameter or a field: its type as written without the name, its name, and its pointer depth.

    `sizes` are the lengths of an array as written, or "" where none is written. An array counts as a pointer only if it
    is a parameter.
    """

    type: str
    name: str
    depth: int
    sizes: tuple[str, ...] = ()
    reference: bool = False
    default: bool = False

    @property
    def plain(self) -> str:
        """The type without qualifiers."""
        return " ".join(
            re.sub(r"\b(const|volatile|static|register|restrict|mutable|struct|enum)\b", " ", self.type).split()
        )

    @property
    def constant(self) -> bool:
        """Whether the value that it points to is const."""
        return re.search(r"\bconst\b", self.type) is not None


@dataclass(frozen=True, slots=True)
class Function:
    """Describes a function with a body, or a public method of a class."""

    name: str
    result: Parameter
    parameters: tuple[Parameter, ...]
    static: bool = False
    owner: str = ""  # the class of a method


@dataclass(slots=True)
class Structure:
    """Describes a structure or class with a body."""

    name: str
    fields: list[Parameter] = field(default_factory=list)  # the public fields
    hidden: bool = False  # whether it has private fields or constructors, so that only these make one
    constructors: list[tuple[Parameter, ...]] = field(default_factory=list)
    methods: list[Function] = field(default_factory=list)
    abstract: bool = False


@dataclass(slots=True)
class Surface:
    """Describes everything that was found in one file."""

    functions: list[Function] = field(default_factory=list)
    structures: dict[str, Structure] = field(default_factory=dict)  # the structures by plain type name
    aliases: dict[str, tuple[str, int]] = field(default_factory=dict)  # typedefs: type and additional pointers
    namespaces: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    characters: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    operations: list[int] = field(default_factory=list)  # lines, from 1, with an operation that input may reach
    harmless: list[int] = field(default_factory=list)  # further lines whose operations have constant arguments
    bodies: list[tuple[int, int]] = field(default_factory=list)  # first and last line of each function
    environment: list[str] = field(default_factory=list)  # the variables that it asks for
    positions: int = 0  # the highest index by which it reads argv
    pointers: list[str] = field(default_factory=list)  # functions that are only declared here and return a pointer
    arguments: bool = False  # whether it reads argv
    reads: bool = False  # whether it reads std::cin
    declares: bool = False  # whether it declares functions that it does not define

    @property
    def main(self) -> bool:
        """Whether the file is a program."""
        return any(function.name == "main" for function in self.functions)

    def resolved(self, parameter: Parameter) -> tuple[str, int]:
        """Return the plain type and the pointer depth behind the file's own typedefs."""
        plain, depth = parameter.plain, parameter.depth
        for _ in range(4):
            if plain in self.structures or plain not in self.aliases:
                break
            plain, more = self.aliases[plain]
            depth += more
        return plain, depth


def discover(text: str, family: str, language: str = "c") -> Surface:  # noqa: C901 - one kind of node after the other
    """Read what a file offers to run.

    Args:
        text: The source.
        family: The family whose operations are looked for, from `weaknesses.family`.
        language: `c` or `cpp`.
    """
    data = text.encode("utf-8", "replace")
    reader = _Reader(data, Surface())
    surface = reader.surface
    numbers: dict[int, None] = {}
    strings: dict[str, None] = {}
    characters: dict[str, None] = {}
    lines: set[int] = set()
    constant: set[int] = set()
    parser = grammar(language)
    if parser is None:
        return surface
    todo: list[tuple[tree_sitter.Node, int]] = [(parser.parse(data).root_node, 0)]
    while todo:
        node, depth = todo.pop()
        if depth < _DEEPEST and node.type != "sizeof_expression":  # whose operand is never evaluated
            todo += ((child, depth + 1) for child in reversed(node.children))
        if node.child_count and node.type in _BIG:
            source = ""
        else:
            source = reader.text(node)
        called = ""
        if node.type == "call_expression":
            callee = node.child_by_field_name("function")
            called = reader.text(callee).rpartition("::")[2] if callee else ""
            called = called.rpartition(".")[2].rpartition("->")[2] if language == "cpp" else called
            surface.called.add(called)
        elif node.type in {"new_expression", "delete_expression"}:
            called = node.type.partition("_")[0]
            surface.called.add(called)
        elif node.type == "number_literal":
            if (number := _number(source)) is not None:
                numbers[number] = None
        elif node.type == "preproc_def":
            numbers.update({int(found): None for found in re.findall(r"\s(\d{1,9})\s*$", source)})
            strings.update({found: None for found in re.findall(r'"([^"\\]*)"', source)})
        elif node.type == "string_literal":
            strings[source.strip('"')] = None
        elif node.type == "char_literal":
            characters[source.strip("'")] = None
        else:
            reader.declared(node)
        if node.type == "function_definition":
            surface.bodies.append((node.start_point[0] + 1, node.end_point[0] + 1))
        if operation(node.type, source, called, family):
            (constant if harmless(node, family) else lines).add(node.start_point[0] + 1)
    surface.numbers, surface.strings = list(numbers)[:24], list(strings)[:40]
    surface.operations, surface.harmless = sorted(lines), sorted(constant - lines)
    surface.environment = list(dict.fromkeys(re.findall(r'\bgetenv\s*\(\s*"(\w+)"', text)))[:12]
    del surface.functions[_MOST:]
    escape = re.compile(r"\\(?:[ntr]|x[\da-fA-F]{1,2}|[0-7]{2,3})")
    surface.characters = [text for text in characters if len(text) == 1 or escape.fullmatch(text)][:24]
    surface.reads = re.search(r"\bcin\b", text) is not None
    program = next((function for function in surface.functions if function.name == "main"), None)
    if program is not None and len(program.parameters) > 1 and (name := program.parameters[1].name):
        surface.arguments = len(re.findall(rf"\b{re.escape(name)}\b", text)) > 1
        found = re.findall(rf"\b{re.escape(name)}\s*\[\s*(\d)\s*\]", text)
        surface.positions = max(map(int, found), default=1 if surface.arguments else 0)
    return surface


_BIG = frozenset(("translation_unit", "function_definition", "compound_statement", "declaration_list", "ERROR"))


def _number(source: str) -> int | None:
    source = source.replace("'", "")
    try:
        value = int(source.rstrip("uUlL"), 8 if re.fullmatch(r"0[0-7]+[uUlL]*", source) else 0)
    except ValueError:
        return None
    return value if abs(value) < 1 << 32 else None


@dataclass(frozen=True, slots=True)
class _Reader:
    data: bytes
    surface: Surface

    def text(self, node: "tree_sitter.Node") -> str:
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def declared(self, node: "tree_sitter.Node") -> None:
        """Add what a node declares, if it declares something."""
        surface = self.surface
        if node.type == "function_definition":
            outside = node.parent is not None and node.parent.type not in {
                "template_declaration",
                "field_declaration_list",
            }
            if outside and (function := self._function(node)) is not None:
                surface.functions.append(function)
        elif node.type in {"struct_specifier", "class_specifier", "union_specifier"}:
            body, name = node.child_by_field_name("body"), node.child_by_field_name("name")
            if body is not None and (node.parent is None or node.parent.type != "template_declaration"):
                self._structure(node, body, self.text(name) if name else "")
        elif node.type == "type_definition":
            self._typedef(node)
        elif node.type == "namespace_definition":
            if name := node.child_by_field_name("name"):
                surface.namespaces.append(self.text(name))
        elif node.type == "declaration":
            surface.pointers += re.findall(r"\*\s*(\w+)\s*\(", self.text(node)[:2000])
            surface.declares |= any(c.type == "function_declarator" for c in node.children)

    def _typedef(self, node: "tree_sitter.Node") -> None:
        kind = node.child_by_field_name("type")
        if kind is None:
            return
        body = kind.child_by_field_name("body")
        name = kind.child_by_field_name("name")
        base = self.text(name) if name else self.text(kind)
        for declarator in node.children_by_field_name("declarator"):
            alias, depth, _, callback = self._declarator(declarator)
            if callback:
                self.surface.aliases[alias] = ("void", CALLBACK)
            elif kind.type == "struct_specifier" and body is not None and name is None and depth == 0:
                self._structure(kind, body, alias)
            elif alias != base:
                self.surface.aliases[alias] = (" ".join(base.replace("const", "").split()), depth)

    def _declarator(self, node: "tree_sitter.Node | None") -> tuple[str, int, tuple[str, ...], bool]:
        """Return the name, the pointer depth, the sizes of an array, and whether it is a pointer to a function."""
        depth, sizes, function, wrapped = 0, [], False, False
        while node is not None:
            if node.type in {"pointer_declarator", "abstract_pointer_declarator"}:
                depth += 1
            elif node.type in {"array_declarator", "abstract_array_declarator"}:
                size = node.child_by_field_name("size")
                sizes.append(self.text(size) if size else "")
            elif node.type in {"function_declarator", "abstract_function_declarator"}:
                function = True
            elif node.type in {"parenthesized_declarator", "abstract_parenthesized_declarator"}:
                wrapped = True
            inner = node.child_by_field_name("declarator")
            if inner is None:
                named = [
                    child
                    for child in node.named_children
                    if child.type not in {"type_qualifier", "attribute_specifier"}
                ]
                inner = named[0] if node.type.endswith("declarator") and named else None
            if inner is None:
                name = self.text(node) if node.type.endswith("identifier") else ""
                return name, depth, tuple(sizes[::-1]), function and wrapped
            node = inner
        return "", depth, tuple(sizes), False

    def _declared(self, node: "tree_sitter.Node", declarator: "tree_sitter.Node | None") -> Parameter:
        kind = node.child_by_field_name("type")
        words = [
            self.text(c)
            for c in node.children
            if c.type in {"type_qualifier"} and c.start_byte < (declarator.start_byte if declarator else node.end_byte)
        ]
        if kind is not None and kind.child_by_field_name("body") is not None:
            inner = kind.child_by_field_name("name")
            words.append(self.text(inner) if inner else "")
        else:
            words.append(self.text(kind) if kind else "")
        reference = declarator is not None and declarator.type.endswith("reference_declarator")
        name, depth, sizes, callback = self._declarator(declarator)
        return Parameter(
            " ".join(words),
            name,
            CALLBACK if callback else depth,
            sizes,
            reference,
            node.type == "optional_parameter_declaration",
        )

    def _parameters(self, node: "tree_sitter.Node | None") -> Iterator[Parameter]:
        for child in node.named_children if node else ():
            if child.type in {"parameter_declaration", "optional_parameter_declaration"}:
                found = self._declared(child, child.child_by_field_name("declarator"))
                if found.type != "void" or found.depth:
                    yield found if not found.sizes else Parameter(found.type, found.name, found.depth + 1, found.sizes)

    def _function(self, node: "tree_sitter.Node", owner: str = "") -> Function | None:
        declarator = node.child_by_field_name("declarator")
        result = self._declared(node, declarator)
        inner = declarator
        while inner is not None and inner.type != "function_declarator":
            inner = inner.child_by_field_name("declarator") or next(iter(inner.named_children), None)
        if inner is None:
            return None
        name = inner.child_by_field_name("declarator")
        if name is None or name.type not in {"identifier", "field_identifier"}:
            return None  # it is a method that is defined outside its class, an operator or a destructor
        if any(child.type == "trailing_return_type" for child in inner.children):
            result = Parameter("auto", "", 0)
        static = any(c.type == "storage_class_specifier" and self.text(c) == "static" for c in node.children)
        return Function(
            self.text(name), result, tuple(self._parameters(inner.child_by_field_name("parameters"))), static, owner
        )

    def _structure(self, node: "tree_sitter.Node", body: "tree_sitter.Node", name: str) -> None:
        if not name or name in self.surface.structures:
            return
        structure = Structure(name)
        public = node.type != "class_specifier"
        for child in body.named_children:
            if child.type == "access_specifier":
                public = self.text(child).startswith("public")
            elif child.type in {"field_declaration", "function_definition", "declaration"}:
                self._member(structure, child, public=public)
        self.surface.structures[name] = structure

    def _member(self, structure: Structure, child: "tree_sitter.Node", *, public: bool) -> None:
        text = self.text(child)
        declarators = child.children_by_field_name("declarator")
        method = self._function(child, structure.name) if declarators else None
        structure.abstract |= re.search(r"\)\s*(const)?\s*(noexcept)?\s*(override)?\s*=\s*0\s*;?$", text) is not None
        if method is not None and method.name == structure.name:
            structure.hidden = True
            if public and not re.search(r"=\s*delete", text) and not _same(method, structure.name):
                structure.constructors.append(method.parameters)
        elif method is not None and method.result.depth != CALLBACK:
            if public and method.name and "operator" not in text.partition("{")[0] and "= delete" not in text:
                structure.methods.append(method)
        elif child.type == "field_declaration" and "static" not in text.split():
            structure.hidden |= not public
            if public:
                structure.fields += [self._declared(child, one) for one in declarators]


def _same(constructor: Function, name: str) -> bool:
    """Say whether a constructor copies or moves an object of its own class."""
    return len(constructor.parameters) == 1 and constructor.parameters[0].plain == name
