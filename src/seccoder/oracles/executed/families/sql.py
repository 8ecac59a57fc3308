"""Decides CWE-89: can a value from outside change the structure of a query?

Exploited: in a statement that was sent to the database, read by the rules of its dialect, the run's random mark stands
outside every literal, comment and quoted name, although the attack brought it inside a value: the input changed the
query's structure. It does not matter whether the database then accepts the statement. Exercised: the database accepted
a statement that holds the benign value, as a literal or as a parameter.
"""

import re
from collections.abc import Iterator
from typing import Any

from seccoder.oracles.executed.attempts import (
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
    carries,
    given_whole,
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "sql"
CWES = ("CWE-89", "CWE-564", "CWE-943")
HINT = ""
_BUILT = re.compile(
    r"\.(==|filter|filter_by|where|get|get_or_404|first_or_404|find|find_one|values|execute|exec|fetch\w*)$"
)
_STATEMENT = re.compile(
    r"\s*(select\b.+\bfrom|insert\s+into|update\b.+\bset|delete\s+from|with\b.+\bas|merge\s+into|(create|drop|alter|truncate)\s+\w+)\b",
    re.I | re.S,
)
_SHORT = ("'{T}'", '"{T}"', "7 {T}")  # for code that lets in a few letters only
_SHAPES = (
    "{W}'{M}'", "{W}' {M} '", '{W}"{M}"', '{W}" {M} "', "{W} {M}", "1 {M}", "{W}`{M}`", "{W}\\'{M} -- ", "{W}') {M} ('",
    "'{M}'@example.com", "{W}\\", "%' {M} '%", "1);{M}", "{W};{M}",
)  # fmt: skip


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values that leave a literal in each way that a dialect knows."""
    attacks = [{"value": shape.replace("{M}", tokens.mark)} for shape in _SHAPES]
    attacks += [{"value": shape.replace("{T}", tokens.tiny)} for shape in _SHORT]
    benign = [tokens.word, "7", f"{tokens.word}@example.com"]
    benign += [text for text in surface.literals if text.isidentifier()][:15]
    return Wanted(attacks=attacks, benign=benign)


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the statements that a database was given, and the queries that an object mapper built."""
    found = [
        Use("statement", line, " ".join([text, *parameters]))
        for text, parameters, _, accepted, line in attempt.sql
        if accepted or not attempt.benign
    ]
    for call in attempt.called("call"):
        given = call.text("given") + call.text("options")
        if _BUILT.search(call.text("name")) or any(_STATEMENT.match(text) for text in _texts([call.what.get("given")])):
            found.append(Use("statement", call.line, given))
    return found


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Read every statement."""
    judgement = Judgement()
    for attempt in benign_of(run):
        for text, parameters, _, accepted, _ in attempt.sql:
            carried = [
                value
                for value in attempt.values
                if value and (value in text or any(value in given for given in parameters))
            ]
            if accepted and carried:
                judgement.reached.update(CWES)
        for call in attempt.called("call"):  # a query that an object mapper builds binds what it is given
            if _BUILT.search(call.text("name")) and mentions_value(attempt, call.text("given") + call.text("options")):
                judgement.reached.update(CWES)
    for attempt in attacks_of(run, NAME):
        for text, dialect, line in _statements(attempt):
            outside = bare(text, dialect).casefold()
            marked = carries(outside, tokens.mark) or carries(outside, tokens.tiny)
            if marked or (str(attempt.case["value"]).endswith("\\") and _open_end(text, dialect)):
                if name := given_whole(attempt, text, ""):
                    message = f"the parameter {name} is the statement"
                    judgement.open_to_caller.append(Exploit(CWES, attempt.entry, attempt.payload, line, message))
                    continue
                message = "the input changed the structure of a query"
                judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, line, message))
    return judgement


def _statements(attempt: Attempt) -> Iterator[tuple[str, str, int | None]]:
    """Yield text, dialect and line of every statement, also of those given to a library that nobody knows."""
    for text, _, dialect, _, line in attempt.sql:
        yield text, dialect, line
    for call in attempt.called("call"):
        for text in _texts([call.what.get("given"), call.what.get("options")]):
            if _STATEMENT.match(text):
                yield text, "ansi", call.line


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))


def bare(text: str, dialect: str) -> str:
    """Return a statement without its literals, quoted names and comments."""
    return _scan(text, dialect)[0]


def _open_end(text: str, dialect: str) -> bool:
    return dialect == "mysql" and _scan(text, dialect)[1]


def _scan(text: str, dialect: str) -> tuple[str, bool]:
    kept: list[str] = []
    index, quote = 0, ""
    while index < len(text):
        character = text[index]
        if quote:
            if character == "\\" and dialect == "mysql":
                index += 1
            elif character == quote:
                if text[index + 1 : index + 2] == quote:
                    index += 1
                else:
                    quote = ""
        elif character in "'\"`":
            quote = character
            kept.append(" ")
        elif text.startswith("--", index) or (character == "#" and dialect == "mysql"):
            end = text.find("\n", index)
            index = len(text) if end < 0 else end
        elif text.startswith("/*", index):
            end = text.find("*/", index)
            index = len(text) if end < 0 else end + 1
        else:
            kept.append(character)
        index += 1
    return "".join(kept), bool(quote)
