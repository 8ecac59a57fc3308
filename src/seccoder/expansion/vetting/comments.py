"""Takes comments and docstrings out of code, and leaves every other byte as it is.

A comment is the easiest place for a stranger's words that are meant for a model, and nobody can recognise such words
reliably. Therefore no comment is kept, recognised or not. Lines that held nothing else go with it.

`#!` lines and Go's `//go:` and `//export` directives are kept. Text inside strings cannot be taken out: `strings` gives
the texts of the literals, and vetting inspects them. Code in a language without a parser is left alone.
"""

import re
from typing import TYPE_CHECKING

from seccoder.code.parsing import grammar
from seccoder.code.trees import is_docstring, is_string, walk

if TYPE_CHECKING:
    from tree_sitter import Node

_KEPT = re.compile(rb"#!|//go:|//export |// \+build ")


def without_comments(code: str, language: str) -> str:
    """Return the code without comments and docstrings.

    Args:
        code: Source text.
        language: The canonical name of its language.
    """
    parser = grammar(language)
    if parser is None:
        return code
    data = code.encode("utf-8", "surrogatepass")
    cuts: list[tuple[int, int, bytes]] = []
    for node in walk(parser.parse(data).root_node):
        if "comment" in node.type and not node.type.endswith("_comment_content"):
            if not _KEPT.match(data, node.start_byte):
                cuts.append((node.start_byte, node.end_byte, b""))
        elif language == "python" and is_docstring(node):
            only = node.parent is not None and node.parent.type == "block" and _statements(node.parent) == 1
            cuts.append((node.start_byte, node.end_byte, b"pass" if only else b""))
    if not cuts:
        return code
    return _cut(data, cuts).decode("utf-8", "surrogatepass")


def strings(code: str, language: str) -> list[str]:
    """Return the texts of all string literals, as they stand between their quotes or with them."""
    parser = grammar(language)
    if parser is None:
        return []
    data = code.encode("utf-8", "surrogatepass")
    found = []
    for node in walk(parser.parse(data).root_node):
        if is_string(node) and not (node.parent is not None and is_string(node.parent)):
            found.append(data[node.start_byte : node.end_byte].decode("utf-8", "replace"))
    return found


def identifiers(code: str, language: str) -> list[str]:
    """Return every name in the code, each once, in order."""
    parser = grammar(language)
    if parser is None:
        return []
    names: dict[str, None] = {}
    for node in walk(parser.parse(code.encode("utf-8", "surrogatepass")).root_node):
        if "identifier" in node.type and not node.child_count:
            names[(node.text or b"").decode("utf-8", "replace")] = None
    return list(names)


def _statements(block: "Node") -> int:
    return sum(child.is_named and "comment" not in child.type for child in block.children)


def _cut(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Take ranges out, and the whole line where nothing else is left on it."""
    parts = []
    at = 0
    for start, end, instead in cuts:
        if start < at:  # it is inside a range that is gone already
            continue
        line = data.rfind(b"\n", 0, start) + 1
        stop = data.find(b"\n", end)
        stop = len(data) if stop < 0 else stop
        before, after = data[max(line, at) : start], data[end:stop]
        if not instead and not before.strip() and not after.strip() and line >= at:
            parts.append(data[at:line])
            at = min(stop + 1, len(data))
        elif not instead and not after.strip():  # at the end of a line, the space before it goes too
            parts.append(data[at:start].rstrip(b" \t") + after.strip(b" \t"))
            at = stop
        else:
            parts.append(data[at:start] + (instead or b" "))
            at = end
    parts.append(data[at:])
    return b"".join(parts)
