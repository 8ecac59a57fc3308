"""Finds the names that a JavaScript text uses and nowhere defines, because it was cut out of its file.

It takes source text and returns names. It reads by tree-sitter and runs nothing. Scopes are not told apart: a name that
is defined anywhere in the text counts as defined.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

# What every file of Node has. `crypto` is missing on purpose: without an import it may be the module or the global.
_GLOBAL = set(
    "AbortController AbortSignal AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array "
    "Blob Boolean BroadcastChannel Buffer CompressionStream Crypto CryptoKey CustomEvent DOMException DataView "
    "Date DecompressionStream Error EvalError Event EventTarget File FinalizationRegistry Float32Array "
    "Float64Array FormData Function Headers Infinity Int16Array Int32Array Int8Array Intl JSON Map Math "
    "MessageChannel MessageEvent MessagePort NaN Number Object Performance Promise Proxy RangeError "
    "ReadableStream ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer String SubtleCrypto "
    "Symbol SyntaxError TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream TypeError "
    "URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet "
    "WebAssembly WritableStream __dirname __filename arguments atob btoa clearImmediate clearInterval "
    "clearTimeout console decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval exports fetch "
    "global globalThis isFinite isNaN module parseFloat parseInt performance process queueMicrotask require "
    "setImmediate setInterval setTimeout structuredClone undefined unescape "
    "await yield let static async".split()  # the grammar takes `await (x)` for a call in some places
)
_DEFINING = {  # in nodes of these kinds, these fields hold names that become defined
    "variable_declarator": ("name",),
    "function_declaration": ("name", "parameters"),
    "generator_function_declaration": ("name", "parameters"),
    "function_expression": ("name", "parameters"),
    "generator_function": ("name", "parameters"),
    "method_definition": ("parameters",),
    "arrow_function": ("parameter", "parameters"),
    "class_declaration": ("name",),
    "class": ("name",),
    "catch_clause": ("parameter",),
    "for_in_statement": ("left",),
    "assignment_expression": ("left",),  # without a declaration it makes a global
}
_NAMES = {"identifier", "shorthand_property_identifier_pattern"}


def free_names(text: str) -> list[str]:
    """Return the names that a text uses and nowhere defines. Names that it asks for with `typeof` may be missing."""
    import tree_sitter
    import tree_sitter_javascript

    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language()))
    root = parser.parse(text.encode("utf-8", "replace")).root_node
    defined = set(_GLOBAL)
    used: dict[str, None] = {}
    for node in _below(root):
        name = node.text.decode(errors="replace") if node.text else ""
        if node.type in {"identifier", "shorthand_property_identifier"}:
            used.setdefault(name)
        elif node.type == "import_clause":
            defined.update(_names(node))
        elif node.type == "unary_expression" and name.startswith("typeof"):
            defined.update(_names(node))
        for field in _DEFINING.get(node.type, ()):
            if (part := node.child_by_field_name(field)) is not None and part.type != "member_expression":
                defined.update(_names(part))
    return [name for name in used if name not in defined][:60]


def _below(root: "Node") -> Iterator["Node"]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _names(pattern: "Node") -> Iterator[str]:
    """Yield the names in a pattern, without those in its default values and its computed keys."""
    if pattern.type in _NAMES and pattern.text:
        yield pattern.text.decode(errors="replace")
    for child in pattern.children:
        default = pattern.type in {"assignment_pattern", "object_assignment_pattern"}
        if not (default and child == pattern.child_by_field_name("right")) and child.type not in {
            "computed_property_name",
            "member_expression",
            "subscript_expression",
        }:
            yield from _names(child)
