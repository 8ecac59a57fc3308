"""Finds the examples that a query gives of what its functions answer, in its docstrings, comments and words.

People write them as `>>> area(2, 3)` with the answer on the next line, and as `area(2, 3) => 6`, `area(2, 3) == 6` or
"area(2, 3) returns 6". Only calls of literals with a literal as their answer are taken, in Python and JavaScript, and
only of functions that the query begins or, where it has no code, of any name that is none of the language's own. So a
signature, a condition or a call of a library is no example.

Not guaranteed: that an example is right. People make mistakes in them, too.
"""

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from seccoder.types import Query

LANGUAGES = ("python", "javascript")
_MOST = 20  # examples of a query
_LONGEST = 2_000  # characters of a call or an answer
_CALL = re.compile(r"(?<![\w.$])([A-Za-z_$][\w$]*)\(")
_BEGINS = re.compile(r"\b(?:def|class|function|const|let|var)\s+([A-Za-z_$][\w$]*)")
_SAYS = re.compile(
    r"[`'\"]?\s*(?:(?:#|//)\s*)?"
    r"(?:[-=]+>|===?|➞|→|(?:#|//)|(?:should|must|will|shall)\s+(?:return|be|equal|give)|returns?|gives?|yields?|equals?|is|=)"
    r"\s*[`]?\s*"
)
_MATTERS = re.compile(r"[\"'()\[\]{}\\]")  # to where a bracket is closed
_GOES_ON = re.compile(r"\s*(?:[-+*/%&|<>]|\*\*)\s*[\w(\[]")  # of an expression, which is no literal
_WORDS = {"true": "True", "false": "False", "null": "None", "undefined": "None"}
_JAVASCRIPT_WORD = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\b(?:true|false|null|undefined)\b")


@dataclass(frozen=True, slots=True)
class Example:
    """A call, as it stands in the query, and the value that it is said to return."""

    call: str
    value: Any


def of(query: Query) -> tuple[Example, ...]:
    """Return the examples that a query gives, each call once; none for a language that is not read."""
    if query.language not in LANGUAGES:
        return ()
    begun = set(_BEGINS.findall(query.code))
    found: dict[str, Example] = {}
    for example in (*_read(query.code, query.language), *_read(query.task, query.language)):
        name = example.call[: example.call.index("(")]
        if name in begun or (not begun and not hasattr(builtins, name)):
            found.setdefault(example.call, example)
    return tuple(found.values())[:_MOST]


def _read(text: str, language: str) -> Iterator[Example]:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        for match in _CALL.finditer(line):
            if line[: match.start()].rstrip().endswith(("def", "class", "function")):
                continue
            end = closing(line, match.end() - 1, _LONGEST)
            call = line[match.start() : end]
            if end is None or len(call) > _LONGEST or not _of_literals(call, language):
                continue
            says = _SAYS.match(line, end)
            rest = line[says.end() :] if says else ""
            if not line[end:].strip() and line.strip().startswith((">>>", "> ")):
                rest = lines[at + 1].strip() if at + 1 < len(lines) else ""
            value = _leading_literal(rest, language)
            if value is not None:
                yield Example(call, value[0])


def closing(line: str, opening: int, longest: int | None = None) -> int | None:
    """Return the offset behind the bracket that closes the one at `opening`, within `longest` characters, or None."""
    depth, quote, escaped = 0, "", -1
    for match in _MATTERS.finditer(line, opening, len(line) if longest is None else opening + longest):
        char, at = match[0], match.start()
        if at == escaped:
            continue
        if quote:
            if char == "\\":
                escaped = at + 1
            elif char == quote:
                quote = ""
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if not depth:
                return at + 1
    return None


def _of_literals(call: str, language: str) -> bool:
    try:
        tree = ast.parse(_as_python(call, language), mode="eval").body
        if not isinstance(tree, ast.Call):
            return False
        for argument in (*tree.args, *(keyword.value for keyword in tree.keywords)):
            ast.literal_eval(argument)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _leading_literal(text: str, language: str) -> tuple[Any] | None:
    """Return the longest literal that a text begins with, in a tuple; None if it begins with none."""
    text = text[:_LONGEST]
    # Words may follow the literal, and so it may end wherever such a thing can end.
    ends = [match.end() for match in re.finditer(r"[\])}'\"]|\w(?!\w)", text)]
    for end in reversed(ends[:200]):
        if text[end : end + 1] in ("(", "[") or re.match(r"\.\w", text[end:]):
            continue  # a call or an attribute, not a value
        try:
            value = ast.literal_eval(_as_python(text[:end], language))
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            continue
        return None if _GOES_ON.match(text, end) else (value,)
    return None


def _as_python(text: str, language: str) -> str:
    """Return a literal as Python writes it."""
    if language == "python":
        return text
    return _JAVASCRIPT_WORD.sub(lambda match: _WORDS.get(match[0], match[0]), text).replace("$", "S")
