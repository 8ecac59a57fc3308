"""Cuts code to the lines that matter: those that differ from its twin, and what they depend on.

Whole statements are left out, never parts of one, so that the rest parses as the code did; a comment says where (`...`,
in a body of Python that has nothing left it is the statement). A statement is kept if

- one of its own lines differs,
- it stands around one that is kept: of these the head is, such as a signature,
- it leaves a body of a kept one, as `return` does below an `if`,
- it gives a value to a name that a kept one uses. Names are followed within the function, and outside of it to
  statements without a body: imports, constants, fields.

Code is untrusted: it takes time that grows with the length, however deeply it is nested. Not followed: what a call
changes in its arguments, and what other functions do.
"""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from seccoder.code.languages import LINE_COMMENT
from seccoder.code.parsing import MAX_CHARS, grammar, syntax

if TYPE_CHECKING:
    from tree_sitter import Node

_SHORT = 4  # lines that a neighbour has at most
_COMPARED = 40_000  # pairs of lines at most that are compared one by one
_HOLDING = frozenset(  # nodes whose children are statements
    "module translation_unit program source_file block statement_list compound_statement statement_block class_body "
    "interface_body enum_body constructor_body declaration_list field_declaration_list switch_body switch_block "
    "case_statement expression_case default_case type_case communication_case switch_case switch_default "
    "switch_block_statement_group".split()
)
_FUNCTIONS = ("function", "method", "lambda", "constructor", "func_literal")  # parts of the types of nodes
_EXITS = ("return_", "raise_", "throw_", "break_", "continue_", "goto_")  # beginnings of the types of nodes
_NAMES = frozenset(
    "identifier type_identifier package_identifier shorthand_property_identifier shorthand_property_identifier_pattern "
    "field_identifier".split()
)
_GIVING = frozenset("left name declarator pattern alias".split())  # fields of what gets a value
_TAKING = frozenset("value right arguments parameters size type index body scope module_name".split())
_NOT_GIVING = (  # the beginnings of the types of other nodes that have such fields
    *("binary", "boolean", "comparison", "method_invocation", "keyword_argument", "parameter", "qualified", "template"),
)


@dataclass(slots=True, eq=False)
class _Statement:
    """A statement: its first and last line, the one it stands in, and what its own part says, without its bodies."""

    first: int
    last: int
    around: "_Statement | None"
    function: int  # the outermost function that it stands in; 0 outside of all
    alone: bool  # whether its lines hold nothing else
    leaf: bool = True  # whether it has no body
    kept: bool = False
    uses: set[str] = field(default_factory=set)
    gives: set[str] = field(default_factory=set)
    exits: list["_Statement"] = field(default_factory=list)  # that leave its bodies


class _Place(NamedTuple):
    """Where in the tree a node stands."""

    statement: _Statement | None
    function: int
    giving: bool
    body: list[_Statement] | None  # that its children are statements of
    kind: str  # the node's type


def changed(lines: Sequence[str], twin: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that differ from a twin's.

    Where lines were only taken away, these are the lines on both sides of the gap. Where a line only has another place,
    these are also all lines between its two places, because what matters is what comes first.
    """
    start = 0
    while start < min(len(lines), len(twin)) and lines[start] == twin[start]:
        start += 1
    end = 0
    while end < min(len(lines), len(twin)) - start and lines[-1 - end] == twin[-1 - end]:
        end += 1
    mine, theirs = lines[start : len(lines) - end], twin[start : len(twin) - end]
    if len(mine) * len(theirs) > _COMPARED:
        return set(range(start, len(lines) - end))
    ours, others = Counter(mine), Counter(theirs)
    once = {line for line in ours if ours[line] == others[line] == 1}
    found: set[int] = set()
    moved: dict[str, int] = {}  # from where in the twin, as a place in the code
    for tag, gone, until, first, last in difflib.SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if tag != "equal":
            place = start + first
            found.update(range(place, start + last))
            moved |= {line: place for line in theirs[gone:until] if line in once}
            if first == last and not once.issuperset(theirs[gone:until]):
                found |= {max(place - 1, 0), min(place, len(lines) - 1)}
    for number in [number for number in found if lines[number] in moved]:
        place = moved[lines[number]]
        found.update(range(min(place, number), max(place, number)))
    return found


@lru_cache(maxsize=256)  # an example is shown again and again
def sliced(code: str, twin: str, language: str, around: int = 0) -> str:
    """Return the lines of a code that matter; all of it where nothing differs or no grammar reads it.

    Args:
        code: What is cut.
        twin: What it is compared with: its vulnerable twin or, for the twin, the secure code.
        language: Canonical language of both.
        around: How many short statements before and behind a kept one are kept as well.
    """
    parser = grammar(language)
    lines = code.split("\n")
    differing = sorted(number for number in changed(lines, twin.split("\n")) if lines[number].strip())
    if parser is None or not differing or len(code) > MAX_CHARS:
        return code
    root = parser.parse(code.encode("utf-8", "surrogatepass")).root_node
    bodies = _bodies(root, [_text_span(line.encode("utf-8", "surrogatepass")) for line in lines])
    _keep([statement for body in bodies for statement in body], differing)
    shorter = _without_the_rest(bodies, lines, language, around)
    as_well = syntax(shorter, language)[0] is not False or syntax(code, language)[0] is False
    return shorter if as_well else code


def _text_span(line: bytes) -> tuple[int, int]:
    """Return where the text of a line begins and ends; a semicolon at its end does not count."""
    return len(line) - len(line.lstrip()), len(line.rstrip(b"; \t"))


def _bodies(root: "Node", spans: Sequence[tuple[int, int]]) -> list[list[_Statement]]:
    """Return the statements of every body, each body's in their order; `spans` says where each line's text stands."""
    bodies: list[list[_Statement]] = []
    functions = 0
    cursor = root.walk()
    places = [_Place(None, 0, giving=False, body=None, kind="")]
    while True:
        node, where, at = cursor.node, cursor.field_name or "", places[-1]
        assert node is not None  # noqa: S101 - for the type checker
        statement, function, giving = at.statement, at.function, at.giving
        if at.body is not None and node.is_named and node.type != "statement_list":
            statement = _statement(node, statement, function, spans)
            at.body.append(statement)
            giving = "import" in node.type or "using" in node.type
        elif where in _TAKING:
            giving = False
        elif where in _GIVING and not at.kind.startswith(_NOT_GIVING):
            giving = True
        if statement is not None:
            _read(node, where, statement, giving=giving)
        if not function and any(part in node.type for part in _FUNCTIONS):
            functions += 1
            function = functions
        body: list[_Statement] | None = [] if node.type in _HOLDING else None
        if body is not None:
            bodies.append(body)
        if cursor.goto_first_child():
            places.append(_Place(statement, function, giving, body, node.type))
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return bodies
            places.pop()


def _statement(node: "Node", around: _Statement | None, function: int, spans: Sequence[tuple[int, int]]) -> _Statement:
    (first, begin), (last, end) = node.start_point, node.end_point
    if end == 0 and last > first:  # the line's end is a part of it
        last, end = last - 1, spans[last - 1][1]
    alone = begin <= spans[first][0] and end >= spans[last][1]
    made = _Statement(first, last, around, function, alone)
    if around is not None:
        around.leaf = False
        if node.type.startswith(_EXITS) and around.function == function:
            around.exits.append(made)
    return made


def _read(node: "Node", where: str, statement: _Statement, *, giving: bool) -> None:
    """Note what a node says of the names of its statement."""
    if node.child_count or not node.is_named:
        return
    text = (node.text or b"").decode("utf-8", "replace")
    if giving and "string" in node.type:  # of a module, whose last part is its name
        statement.gives.add(text.strip("\"'`").rpartition("/")[2])
    elif node.type in _NAMES and where not in ("attribute", "field"):
        if node.type != "field_identifier":
            statement.uses.add(text)
        if giving:
            statement.gives.add(text)


def _keep(statements: Sequence[_Statement], differing: Sequence[int]) -> None:
    """Mark the statements that are kept."""
    givers: dict[tuple[int, str], list[_Statement]] = defaultdict(list)
    for each in statements:
        for name in each.gives if each.leaf or each.function else ():
            givers[each.function, name].append(each)
    waiting = list(_owners(sorted(statements, key=lambda each: (each.first, -each.last)), differing))
    followed: set[tuple[int, str]] = set()
    while waiting:
        each = waiting.pop()
        if each.kept:
            continue
        each.kept = True
        waiting += each.exits
        if each.around is not None:
            waiting.append(each.around)
        for scoped in {(scope, name) for name in each.uses for scope in (each.function, 0)} - followed:
            followed.add(scoped)
            waiting += givers[scoped]


def _owners(statements: Sequence[_Statement], differing: Sequence[int]) -> Iterator[_Statement]:
    """Yield the innermost statement on each of the lines, which are in their order, as the statements are."""
    current: _Statement | None = None
    number = 0
    for line in differing:
        while number < len(statements) and statements[number].first <= line:
            current = statements[number]
            number += 1
        while current is not None and current.last < line:
            current = current.around
        if current is not None:
            yield current


def _without_the_rest(bodies: Sequence[Sequence[_Statement]], lines: Sequence[str], language: str, around: int) -> str:
    """Return the code with a mark for each run of statements that are not kept."""
    near = {line for body in bodies for each in _neighbours(body, around) for line in range(each.first, each.last + 1)}
    marks: dict[int, str] = {}  # by the line that a gap begins on
    gone: set[int] = set()
    for body in bodies:
        if not body or (body[0].around is not None and not body[0].around.kept):
            continue
        left = [lines[each.first].lstrip() for each in body if each.kept or each.first in near]
        mark = (
            "..." if language == "python" and all(line[:1] == "#" for line in left) else f"{LINE_COMMENT[language]} ..."
        )
        before: _Statement | None = None
        for each in body:
            if not each.kept and each.alone and each.first not in near:
                dropped = range(each.first if before is None else before.last + 1, each.last + 1)
                if before is None:
                    indent = lines[each.first][: len(lines[each.first]) - len(lines[each.first].lstrip())]
                    marks[each.first] = indent + mark
                gone.update(dropped)
                before = each
            else:
                before = None
    result: list[str] = []
    for number, line in enumerate(lines):
        shown = marks.get(number, line)
        if number in marks or number not in gone:
            if shown.strip() or (result and result[-1].strip()):
                result.append(shown)
    return "\n".join(result)


def _neighbours(body: Sequence[_Statement], around: int) -> Iterator[_Statement]:
    """Yield the short statements at most `around` from a kept one."""
    kept = [number for number, each in enumerate(body) if each.kept]
    for number in {near for at in kept for near in range(at - around, at + around + 1) if 0 <= near < len(body)}:
        if not body[number].kept and body[number].last - body[number].first < _SHORT:
            yield body[number]
