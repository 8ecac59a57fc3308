"""Cuts long code to what differs between the twins, the signature around it, and the declarations that it uses.

It takes a secure and a vulnerable side and gives both, shorter, each still parsing as well as it did. Whole statements
are left out, never parts of one, and a mark says where (`// ...`, in Python the statement `...`). Kept are

- the statements that differ from the other side, with their neighbours,
- of every statement around those, its head and the heads of its branches (so the signature, the loop, the condition),
- where a name that is used in what differs first appears.

It does not keep the code running, and it does not follow data through calls. If a cut would not parse, or if nothing
differs, the code stays whole.
"""

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seccoder.code.languages import LINE_COMMENT
from seccoder.code.parsing import grammar, syntax

if TYPE_CHECKING:
    from tree_sitter import Node

_BODIES = frozenset(
    "block compound_statement statement_block class_body interface_body enum_body declaration_list constructor_body "
    "field_declaration_list switch_body switch_block module program translation_unit source_file case_statement "
    "expression_case default_case type_case communication_case switch_case switch_default "
    "switch_block_statement_group".split()
)
_NAME = re.compile(r"[A-Za-z_]\w{2,}")


def sliced(code: str, twin: str, language: str, max_lines: int) -> tuple[str, str]:
    """Return both sides, cut to about so many lines each where that is possible."""
    here, there = _differences(code.split("\n"), twin.split("\n"))
    return _slice(code, here, language, max_lines), _slice(twin, there, language, max_lines)


def _differences(one: list[str], other: list[str]) -> tuple[set[int], set[int]]:
    """Return the lines of each that differ; where one side lacks something, the lines on both sides of the gap."""
    here: set[int] = set()
    there: set[int] = set()
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            here.update(range(a, b) if b > a else {max(a - 1, 0), min(a, len(one) - 1)})
            there.update(range(c, d) if d > c else {max(c - 1, 0), min(c, len(other) - 1)})
    return here, there


def _slice(code: str, matters: set[int], language: str, max_lines: int) -> str:
    parser = grammar(language)
    lines = code.split("\n")
    if parser is None or not matters or len(lines) <= max_lines:
        return code
    root = parser.parse(code.encode("utf-8", "surrogatepass")).root_node
    names = {name for line in matters for name in _NAME.findall(lines[line])}
    best = code
    for around, declarations in ((2, True), (1, True), (0, True), (0, False)):
        cut = _Cut(lines, matters, names if declarations else set(), around)
        cut.body(root)
        shorter = cut.text(language)
        if syntax(shorter, language)[0] is not False or syntax(code, language)[0] is False:
            best = shorter
            if shorter.count("\n") < max_lines:
                break
    return best


@dataclass(slots=True)
class _Cut:
    """One way to cut: how many neighbours stay, and whether declarations do."""

    lines: list[str]
    matters: set[int]
    names: set[str]
    around: int
    dropped: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)

    def body(self, node: "Node") -> None:
        """Decide about the statements of one body."""
        statements = [child for child in node.children if child.is_named]
        wanted = {number for number, each in enumerate(statements) if self._matters(each) or self._declares(each)}
        near = {n for number in wanted for n in range(number - self.around, number + self.around + 1)}
        for number, statement in enumerate(statements):
            span = range(statement.start_point[0], statement.end_point[0] + 1)
            if number in wanted:
                self._keep(statement)
            elif number in near and len(span) <= 4:
                self.kept.update(span)
            else:
                self.dropped.update(span)

    def _keep(self, statement: "Node") -> None:
        bodies = _bodies(statement)
        inside: set[int] = set()
        for body in bodies:
            named = [child for child in body.children if child.is_named]
            if named:
                inside.update(range(named[0].start_point[0], named[-1].end_point[0] + 1))
            self.body(body)
        self.kept.update(set(range(statement.start_point[0], statement.end_point[0] + 1)) - inside)

    def _matters(self, node: "Node") -> bool:
        return any(node.start_point[0] <= line <= node.end_point[0] for line in self.matters)

    def _declares(self, node: "Node") -> bool:
        """Tell whether a used name is met here for the first time; each name is looked for once."""
        span = self.lines[node.start_point[0] : node.end_point[0] + 1]
        found = self.names & set(_NAME.findall("\n".join(span)))
        if found and not _bodies(node):
            self.names -= found
            return True
        return False

    def text(self, language: str) -> str:
        """Return the lines that stay, with a mark for each gap."""
        gone = self.dropped - self.kept
        mark = "..." if language == "python" else f"{LINE_COMMENT[language]} ..."
        result: list[str] = []
        gap = False
        for number, line in enumerate(self.lines):
            if number in gone:
                if not gap:
                    result.append(line[: len(line) - len(line.lstrip())] + mark)
                gap = True
            elif line.strip() or not gap:
                result.append(line)
                gap = gap and not line.strip()
        return "\n".join(result)


def _bodies(node: "Node") -> list["Node"]:
    """Return the outermost bodies inside a node."""
    found = []
    waiting = list(reversed(node.children))
    while waiting:
        child = waiting.pop()
        if child.type in _BODIES:
            found.append(child)
        else:
            waiting.extend(reversed(child.children))
    return found
