"""Makes ordinary calls of the function that a query begins, out of its signature and what the task mentions.

The calls depend on the query alone, so every candidate for it is called alike, whatever its own code looks like. A
parameter gets values of its annotated type (in JavaScript: of its JSDoc type), or else of what its name suggests. Among
the texts and numbers are those that the task mentions, because these mean something to code that does the task.

Not guaranteed: that a call makes sense. One that does not is answered by no candidate, or by all of them alike.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from seccoder.code.signatures import ANY, Type, signature
from seccoder.types import Query

_CALLS = 48  # of the function
_PARAMETERS = 8  # at most
_MENTIONED = 14  # texts that are taken from the task
_LONGEST = 60  # characters of such a text
_MOSTLY = 0.7  # of the values are one of the first few
_QUOTED = re.compile(r"\"([^\"\n]{1,60})\"|(?<!\w)'([^'\n]{1,60})'(?!\w)|`([^`\n]{1,60})`")
_SUCH_AS = re.compile(r"\b(?:such as|for example|for instance|e\.g\.)\s+([^\s,.;:()]+)(?:\s+or\s+([^\s,.;:()]+))?")
_TABLE = re.compile(r"\b(?:table|tables|and)\s+[`'\"]?(\w+)[`'\"]?\s*\((\s*\w+(?:\s*,\s*\w+)*\s*)\)")
_COMMENT = re.compile(r"(?:#|//)[^\n]*\n(?:\s*(?:#|//)[^\n]*\n)*" + r'|/\*.*?\*/|""".*?"""' + r"|'''.*?'''", re.DOTALL)
_MARKS = re.compile(r"(?m)^\s*(?:\*/?|#|//|/\*\*?)|\"\"\"|'''|\*/|@param\s+\{.*\}\s+\w+|@returns?\s+\{.*?\}")
_NUMERIC = re.compile(
    r"(?i)(^|_)(age|amount|cents|count|days?|height|hours?|id|index|k|length|limit|minutes?|n|num|number|offset|port|"
    r"price|quantity|qty|seconds?|size|total|width|year)$"
)
_CONNECTION = re.compile(r"(?i)^(conn|connection|db|database)$")
_CALLED = re.compile(r"(?i)^(callback|cb|func|fn|function|handler)$")
_OF_A_FRAMEWORK = re.compile(r"^(req|res|request|response|ctx|context|next|app|environ|self|client|pool)$")
_MANY = re.compile(r"(?<!s)s$|(?i:^(form|data|session|options|env|query|member|user|list|rows|body|mail|cart)$)")


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function: its name and its arguments, as the language writes them."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """A value that is no literal, as the language writes it."""

    text: str


def of(query: Query) -> tuple[Call, ...]:
    """Return ordinary calls of the function that a query begins or names; none where it takes what cannot be made."""
    found = signature(query)
    if found is None:
        return ()
    name, parameters = found
    # what is said of the field `id` of a list's items is true of a parameter `id` as well
    known = {field: each for _, type_ in parameters for field, each in _fields(type_)}
    parameters = [(each, known.get(each, type_) if type_ == ANY else type_) for each, type_ in parameters]
    if len(parameters) > _PARAMETERS or any(_unmade(each, type_) for each, type_ in parameters):
        return ()
    made = _Values(query)
    calls = [
        Call(name, tuple(made.argument(each, type_, n, at) for at, (each, type_) in enumerate(parameters)))
        for n in range(_CALLS)
    ]
    return tuple(dict.fromkeys(calls))


def _fields(type_: Type) -> Iterator[tuple[str, Type]]:
    """Yield what a type says of fields by their names."""
    for name, each in type_.fields:
        if type_.kind == "record":
            yield name, each
        yield from _fields(each)


def _unmade(name: str, type_: Type) -> bool:
    return type_.kind == "unknown" or (type_.kind == "any" and _OF_A_FRAMEWORK.match(name) is not None)


def mentioned(query: Query) -> list[str]:
    """Return the texts that a query mentions: what is quoted, what an example says, and what is no plain word."""
    text = f"{query.task}\n{_comments(query)}"
    found = [next(filter(None, match.groups())) for match in _QUOTED.finditer(text)]
    found += [each for match in _SUCH_AS.finditer(text) for each in match.groups() if each]
    for token in re.findall(r"[^\s\"'`]+", text):
        bare = token.strip("()[],;:?!").removesuffix(".")
        if (
            re.search(r"[\d/._@+=<>%*#&~^$:-]", bare)
            and re.search(r"[\w<>=]", bare)
            and not re.search(r"\w\(|^@", bare)
        ):
            found += [f"ann{bare}", bare] if re.fullmatch(r"\.\w{1,5}", bare) else [bare]
    return list(dict.fromkeys(each for each in found if len(each) <= _LONGEST))[:_MENTIONED]


def _comments(query: Query) -> str:
    """Return what the last comment of a query's code says, which is about the function that it begins."""
    comments = [match[0] for match in _COMMENT.finditer(query.code)]
    return _MARKS.sub(" ", comments[-1]) if comments else ""


class _Values:
    """Draws values; the same ones for the same query."""

    def __init__(self, query: Query) -> None:
        words = mentioned(query)
        self._python = query.language == "python"
        self._random = random.Random(0)  # noqa: S311 - the same for every candidate
        self._texts = [*words, "ann", "b7", "3", "Bo Lee", "12", ""]
        numbers = [int(each) for each in words if re.fullmatch(r"\d{1,9}", each)]
        self._numbers = [1, 2, 3, *numbers, 10, 0, 5, *(each + 1 for each in numbers), -1]
        names = [each for each in words if re.fullmatch(r"[A-Za-z_][\w-]*", each)]
        self._keys = list(dict.fromkeys([*names[:6], "ann", "b7", "name", "id"]))
        said = f"{query.task}\n{_comments(query)}"
        tables = {each[1]: [column.strip() for column in each[2].split(",")] for each in _TABLE.finditer(said)}
        self._tables = list(tables.items())

    def argument(self, name: str, type_: Type, number: int, place: int) -> str:
        """Return one argument, in one place, of the call with this number, as the language writes it."""
        kind = self._guessed(name, number) if type_.kind == "any" else type_.kind
        if kind == "text" and number < len(self._texts):  # each text comes once in each place
            return self._written(self._texts[(number + place * place) % len(self._texts)])
        return self._written(self._made(name, Type(kind, type_.fields, type_.name)))

    def _some(self, values: Sequence[Any]) -> Any:
        """Return one of some values, mostly one of the first two, so that equal ones meet."""
        return self._random.choice(values[:2] if self._random.random() < _MOSTLY else values)

    def _made(self, name: str, type_: Type) -> Any:
        kind = self._guessed(name, _CALLS) if type_.kind == "any" else type_.kind
        plain = [Type("text"), Type("number")]
        inner = type_.fields[0][1] if type_.fields else self._random.choice(plain)
        if kind == "text":
            return self._some(self._texts)
        if kind == "number":
            return self._some(self._numbers)
        if kind == "flag":
            return self._random.choice([True, False])
        if kind == "bytes":
            return self._some(self._texts).encode()
        if kind == "list":
            return [self._made(name, inner) for _ in range(self._random.choice([3, 2, 3, 1, 0]))]
        if kind == "map":
            return {key: self._made(key, inner) for key in self._keys}
        if kind == "record":
            fields = {key: self._made(key, each) for key, each in type_.fields}
            given = ", ".join(f"{key}={self._written(each)}" for key, each in fields.items())
            return _Written(f"{type_.name}({given})") if type_.name else fields
        if kind == "path":
            return _Written(f"__import__('pathlib').Path({self._random.choice(['.', 'notes.txt', 'new'])!r})")
        if kind == "connection":
            return _Written(f"seccoder_database({self._tables!r})")
        return _Written("(lambda *_, **__: 'ann')" if self._python else "(() => 'ann')")

    def _guessed(self, name: str, number: int) -> str:
        """Return what a parameter without a type may take in one call."""
        if _CONNECTION.match(name) and self._python:
            return "connection"
        if _CALLED.match(name):
            return "callable"
        if _NUMERIC.search(name):
            return "number"
        if _MANY.search(name):
            return self._random.choice(["map", "map", "list", "text"])
        if number < len(self._texts):
            return "text"
        return self._random.choice(["text", "text", "text", "number", "number", "map", "list"])

    def _written(self, value: Any) -> str:
        if isinstance(value, _Written):
            return value.text
        if isinstance(value, list):
            return f"[{', '.join(map(self._written, value))}]"
        if isinstance(value, dict):
            items = ", ".join(f"{self._written(key)}: {self._written(each)}" for key, each in value.items())
            return f"{{{items}}}"
        return repr(value) if self._python else json.dumps(value)
