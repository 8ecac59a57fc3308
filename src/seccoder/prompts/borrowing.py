"""Brings along what a model's code uses of the examples that it was shown, where the code does not have it itself.

A model that continues code takes an example before it for a part of the file: it calls the example's functions and uses
its types and constants, and the code does not compile, or fails when it is called. What it uses is proven code, so
it comes along, with what that uses in turn, under a comment that says where it is from. This is done for Python, C,
C++, JavaScript and TypeScript; other code comes back as it is.

A name is taken from an example only if what was written uses it, and nobody else can mean it: the code does not bind it
anywhere, and it does not stand in what the user wrote. Examples are untrusted, and what comes along is cleaned as in a
prompt (`seccoder.prompts.frames`); it is checked together with the code. Not guaranteed: that it is what the model had
in mind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from seccoder.code.languages import LINE_COMMENT, family
from seccoder.code.parsing import MAX_CHARS, grammar
from seccoder.code.trees import walk
from seccoder.prompts import frames
from seccoder.types import Demonstration, Query

if TYPE_CHECKING:
    from tree_sitter import Node

LANGUAGES = ("python", "c", "cpp", "javascript", "typescript")
_WORDS = frozenset(
    "identifier type_identifier shorthand_property_identifier shorthand_property_identifier_pattern".split()
)
_TYPES = frozenset(
    "struct_specifier union_specifier enum_specifier class_specifier".split()
)  # with a name of their own
_IMPORTS = frozenset("import_statement import_from_statement preproc_include using_declaration".split())
_BINDING = frozenset(  # nodes that bind the names which are their own children
    "import_statement import_from_statement dotted_name aliased_import import_clause named_imports import_specifier "
    "namespace_import parameters lambda_parameters formal_parameters preproc_params typed_parameter "
    "list_splat_pattern dictionary_splat_pattern rest_pattern assignment_pattern pair_pattern as_pattern_target "
    "pattern_list tuple_pattern list_pattern object_pattern array_pattern".split()
)
_DEFINING = frozenset(  # file-level statements that can come along
    "function_definition class_definition decorated_definition expression_statement declaration type_definition "
    "preproc_def preproc_function_def function_declaration generator_function_declaration class_declaration "
    "lexical_declaration variable_declaration template_declaration alias_declaration".split()
) | _TYPES | _IMPORTS  # fmt: skip

_DECLARED = ("declarator", "name")  # fields that hold what is defined, or lead to it
_INSIDE = {
    **dict.fromkeys("assignment augmented_assignment assignment_expression".split(), ("left",)),
    **dict.fromkeys("for_statement for_in_clause for_in_statement".split(), ("left",)),
    "keyword_argument": (),
    "declaration": ("declarator", "type"),
    "type_definition": ("declarator", "type"),
    "decorated_definition": ("definition",),
}
_AROUND = frozenset(
    "expression_statement lexical_declaration variable_declaration template_declaration export_statement".split()
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A file-level statement of an example."""

    text: str
    gives: frozenset[str]
    uses: frozenset[str]
    brings_in: bool  # whether it is an import


def completed(code: str, query: Query, examples: Sequence[Demonstration]) -> str:
    """Return code with what it uses of the examples.

    Args:
        code: A whole file.
        query: What was asked for; a name in its code, or behind it, is its own.
        examples: The demonstrations that the model was shown.
    """
    language = query.language or ""
    parser = grammar(language) if language in LANGUAGES else None
    mine = [each for each in examples if family(each.language) == family(language)]
    if parser is None or not mine or len(code) > MAX_CHARS:
        return code
    data = code.encode("utf-8", "surrogatepass")
    root = parser.parse(data).root_node
    own = set(_bound(root)) | _words(language, f"{query.code}\n{query.suffix}")
    wanted = set(_used(root)) - own
    for example in mine:
        units = _units(example.language, frames.clean(example.code)[0])
        chosen = _closure(units, wanted, own, twice=language == "python")
        definitions = [f"{unit.text}\n" for unit in chosen if not unit.brings_in]
        if not definitions:  # imports alone are another step's (`seccoder.code.imports`)
            continue
        there = {line.strip() for line in code.split("\n")}
        lines = [unit.text for unit in chosen if unit.brings_in and unit.text not in there]
        lines += [f"{LINE_COMMENT[language]} From the example {example.id}:", *definitions]
        at = _place(root, len(data))
        before, behind = (part.decode("utf-8", "surrogatepass") for part in (data[:at], data[at:]))
        return "\n".join([before.rstrip("\n"), *lines, behind.lstrip("\n")]).lstrip("\n")
    return code


def _closure(units: Sequence[_Unit], wanted: set[str], own: set[str], *, twice: bool) -> list[_Unit]:
    """Return the units that are wanted and what they need, in the example's order; none where names clash.

    A header gives no names that could be read, so all headers come with the first definition. `twice` says whether the
    language lets a name be imported again.
    """
    chosen: set[int] = set()
    waiting = set(wanted)
    while waiting:
        name = waiting.pop()
        for number, unit in enumerate(units):
            if name in unit.gives and number not in chosen:
                chosen.add(number)
                waiting |= unit.uses - own
    found = [unit for number, unit in enumerate(units) if number in chosen or (chosen and not unit.gives)]
    defined = {name for unit in units if not unit.brings_in for name in unit.gives}
    clash = any(unit.gives & own for unit in found if not (twice and unit.brings_in))
    return [] if clash or any(unit.uses & own & defined for unit in found) else found


@lru_cache(maxsize=64)  # each completion of a prompt asks for the same
def _units(language: str, code: str) -> tuple[_Unit, ...]:
    parser = grammar(language)
    if parser is None:
        return ()
    data = code.encode("utf-8", "surrogatepass")
    units = []
    for node in parser.parse(data).root_node.children:
        gives = frozenset(_given(node)) - {"main"}
        if node.type in _DEFINING and (gives or node.type == "preproc_include"):
            text = data[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")
            text += ";" if node.type in _TYPES else ""
            uses = frozenset(_used(node)) - gives - frozenset(_bound(node))
            units.append(_Unit(text.strip(), gives, uses, node.type in _IMPORTS or _requires(node)))
    return tuple(units)


def _requires(node: "Node") -> bool:
    """Tell whether it is an import of JavaScript's older kind."""
    return node.type in {"lexical_declaration", "variable_declaration"} and b"require(" in (node.text or b"")


def _place(root: "Node", end: int) -> int:
    """Return where what comes along stands: before the first statement that is no import, comment or docstring."""
    for node in root.children:
        is_text = node.type == "expression_statement" and [each.type for each in node.children][:1] == ["string"]
        if node.type not in _IMPORTS and "comment" not in node.type and not is_text and not _requires(node):
            return node.start_byte
    return end


# --- names ------------------------------------------------------------------------------------------------------------


def _text(node: "Node") -> str:
    return (node.text or b"").decode("utf-8", "replace")


def _used(root: "Node") -> Iterator[str]:
    """Yield the names that are used. A type of C or C++ has a name of its own, such as `struct log`."""
    for parent in walk(root):  # asking a node for its parent would cost a search from the root
        attribute = parent.child_by_field_name("attribute") if parent.type == "attribute" else None
        for node in parent.children:
            if node.type not in _WORDS or node == attribute:
                continue
            if parent.type in _TYPES:
                yield f"{_kind(parent)} {_text(node)}"
                continue
            yield _text(node)
            if node.type == "type_identifier":  # in C++ the name alone is enough
                yield from (f"{kind} {_text(node)}" for kind in ("struct", "class", "enum", "union"))


@lru_cache(maxsize=64)
def _words(language: str, code: str) -> frozenset[str]:
    """Return all names that stand in a code."""
    parser = grammar(language)
    return frozenset(_used(parser.parse(code.encode("utf-8", "surrogatepass")).root_node)) if parser else frozenset()


def _kind(node: "Node") -> str:
    return node.type.partition("_")[0]


def _bound(root: "Node") -> Iterator[str]:
    """Yield the names that code binds, in whatever scope."""
    for node in walk(root):
        if node.type in _BINDING:
            yield from (_text(each) for each in node.children if each.type in _WORDS)
        elif node.type not in _WORDS and not node.type.endswith("_declarator"):  # those are read from where they begin
            yield from _given(node)


def _given(node: "Node") -> Iterator[str]:
    """Yield the names that a statement defines."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.type in _TYPES:
            name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
            if body is not None and name is not None:
                yield f"{_kind(node)} {_text(name)}"
            if body is not None and node.type == "enum_specifier":
                waiting += body.named_children
        elif node.type in _BINDING or node.type in _WORDS:
            yield from (_text(each) for each in walk(node) if each.type in _WORDS)
        else:
            for field in _INSIDE.get(node.type, _DECLARED):
                waiting += node.children_by_field_name(field)
            if node.type in _AROUND:
                waiting += (child for child in node.named_children if child.type not in _WORDS)
