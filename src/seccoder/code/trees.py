"""Answers questions about the nodes of a tree-sitter tree that several parts of the package ask."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node


def walk(root: "Node") -> Iterator["Node"]:
    """Yield a node and everything below it, in the order of the text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def is_string(node: "Node") -> bool:
    """Return whether a node is a string, template or regular-expression literal."""
    kind = node.type
    return node.is_named and (
        "string" in kind or kind in {"regex", "char_literal", "character_literal", "rune_literal"}
    )


def is_docstring(node: "Node") -> bool:
    """Return whether a node is a Python statement that is nothing but a string."""
    return node.type == "expression_statement" and [child.type for child in node.children] == ["string"]
