"""Derives texts from a regular expression: some that it accepts, and some that make its matching take long.

It takes the string literals of a source. For each literal that is an expression, it returns a few matching texts, and
attacks on its repetitions. An attack is the way to a repetition, then its body many times over, then an end that fails.
Not every construct is understood: what is generated is tried against the expression, and for the attacks the execution
decides.
"""
# ruff: noqa: E501 - tables

import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from re import _constants as codes, _parser as parser  # type: ignore[attr-defined]  # isort: skip

_CLASSES = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_DIGIT": "a",
            "CATEGORY_NOT_WORD": "-"}  # fmt: skip
_LOOKS = re.compile(r"[\[\\^$(].*[+*?\]})]|\\[dws]|^\^|[\])a-z][+*]$|[\])\w.][+*].*\$$")


def expressions(literals: Sequence[str]) -> list[str]:
    """Return the literals that look like regular expressions and are such."""
    found = []
    for text in literals:
        if (
            3 <= len(text) <= 300
            and _LOOKS.search(text)
            and "%s" not in text
            and not re.match(r"</?\w|<!|SELECT|/api", text)
        ):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    re.compile(text)
            except (re.error, RecursionError, OverflowError):
                continue
            found.append(text)
    return found[:12]


def matching_texts(expression: str) -> list[str]:
    """Return at most two texts that the expression matches."""
    tree = _parse(expression)
    made = [] if tree is None else [_text(tree, longer) for longer in (2, 0)]
    return [
        text
        for text in dict.fromkeys(made)
        if 0 < len(text) < 80 and re.search(expression, text) and text.isprintable()
    ]


def long_matches(expression: str, counts: Sequence[int] = (32, 20_000)) -> Iterator[tuple[str, int]]:
    """Yield attacks on each repetition: a text, and the count, few (for exponential growth) or many (polynomial)."""
    tree = _parse(expression)
    if tree is None:
        return
    seen: set[tuple[str, str]] = set()
    for way, body in _repetitions(tree, ""):
        for part in dict.fromkeys(_branches(body)):
            if part and (way, part) not in seen and len(seen) < 12:
                seen.add((way, part))
                for count in counts:
                    yield way + part * count + "\x01!", count
    for way, end in _separated(tree, ""):
        yield way + end * (40_000 // len(end)), 20_000


def _separated(tree: Any, way: str) -> Iterator[tuple[str, str]]:
    """Yield the way to a repetition of anything, and the text that ends it: many such ends make each of them a start."""
    for index, (kind, value) in enumerate(tree):
        name = str(kind)
        inner = value[-1] if name == "SUBPATTERN" else [(kind, value)]
        wide = any(str(k).endswith("REPEAT") and v[1] is codes.MAXREPEAT for k, v in inner)
        end = ""
        for later_kind, later in tree[index + 1 :]:
            if str(later_kind) != "LITERAL":
                break
            end += chr(later)
        if wide and end:
            yield way, end
        way += _item(kind, value, 0) or _item(kind, value, 1 if name.endswith("REPEAT") and value[0] else 0)


def _parse(expression: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(parser.parse(expression))
    except (re.error, RecursionError, OverflowError, ValueError):
        return None


def _text(tree: Any, longer: int) -> str:
    """Return a text that matches, with each repetition a little more often than it must be."""
    return "".join(_item(kind, value, longer) for kind, value in tree)


def _item(kind: Any, value: Any, longer: int) -> str:
    name = str(kind)
    if name == "LITERAL":
        return chr(value)
    if name == "NOT_LITERAL":
        return "b" if chr(value) == "a" else "a"
    if name == "ANY":
        return "a"
    if name == "IN":
        return _member(value)
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        low, high, body = value
        count = low + longer if high is codes.MAXREPEAT else min(int(high), max(int(low), 1 if longer else 0))
        return _text(body, longer) * min(count, 40)
    if name == "SUBPATTERN":
        return _text(value[-1], longer)
    if name == "ATOMIC_GROUP":
        return _text(value, longer)
    if name == "BRANCH":
        return _text(value[1][0], longer)
    return ""


def _member(choices: Any) -> str:
    kinds = [(str(kind), value) for kind, value in choices]
    if kinds and kinds[0][0] == "NEGATE":
        return next((c for c in "a7-_ .x" if re.match(_class(choices), c)), "a")
    for wanted in ("RANGE", "CATEGORY", "LITERAL"):
        for kind, value in kinds:
            if kind == wanted == "RANGE":
                return chr(value[0]) if chr(value[0]).isprintable() else chr(min(value[1], 0x61))
            if kind == wanted == "CATEGORY":
                return _CLASSES.get(str(value), "a")
            if kind == wanted == "LITERAL":
                return chr(value)
    return "a"


def _class(choices: Any) -> str:
    """Write a negated class of plain characters and ranges as source again."""
    inner = ""
    for kind, value in choices[1:]:
        name = str(kind)
        if name == "LITERAL":
            inner += re.escape(chr(value))
        elif name == "RANGE":
            inner += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        elif name == "CATEGORY":
            inner += {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}.get(str(value), "")
    return f"[^{inner}]" if inner else "."


def _repetitions(tree: Any, way: str) -> Iterator[tuple[str, Any]]:
    """Yield the way to each repetition without a small bound, and its body."""
    for kind, value in tree:
        name = str(kind)
        if name in {"MAX_REPEAT", "MIN_REPEAT"}:
            if int(value[1]) > 20 if value[1] is not codes.MAXREPEAT else True:
                yield way, value[2]
            yield from _repetitions(value[2], way)
        elif name == "SUBPATTERN":
            yield from _repetitions(value[-1], way)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repetitions(branch, way)
        way += _item(kind, value, 0) or _item(kind, value, 1 if name.endswith("REPEAT") and value[0] else 0)


def _branches(body: Any) -> Iterator[str]:
    """Yield texts for one round of a repetition, one for each alternative at its top level."""
    yield _text(body, 0)
    yield _text(body, 1)
    for kind, value in body:
        inner = value[-1] if str(kind) == "SUBPATTERN" else [(kind, value)]
        for inner_kind, inner_value in inner:
            if str(inner_kind) == "BRANCH":
                yield from (_text(branch, 0) for branch in inner_value[1])
            if str(inner_kind) == "IN":
                yield from (chr(v) for k, v in inner_value if str(k) == "LITERAL")
                yield from (_CLASSES.get(str(v), "") for k, v in inner_value if str(k) == "CATEGORY")
