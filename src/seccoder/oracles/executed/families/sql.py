"""Decides CWE-89: can a value from outside change the structure of a query?

Exploited: in a statement that was sent to the database, read by the rules of its dialect, the run's random mark stands
outside every literal, comment and quoted name, although the attack brought it inside a value: the input changed the
query's structure. It does not matter whether the database then accepts the statement, nor whether the code wrote the
mark in capitals or backwards. Exercised: the database accepted a statement that holds the benign value, as a literal
or as a parameter.

What a library that is not known is given counts as a statement if it reads like one, and as a part of one if a query
is built by a method of that name. Any other text that is given to such a library says nothing.
"""

import re
from collections.abc import Iterator

from seccoder.oracles.executed.attempts import (
    Attempt,
    Call,
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
_BUILT = re.compile(r"\.(==|filter|filter_by|where|get|get_or_404|first_or_404|find|find_one|values|fetch\w*)$")
_PART = re.compile(r"\.(and_?|or_?)?(where|having|order_?by|group_?by|filter|text|raw|literal)\w*$", re.I)
_STATEMENT = re.compile(
    r"\s*\(?\s*(select\s.*\bfrom\b|insert\s+(into|ignore)\b|update\s.*\bset\b|delete\s+from\b|with\s+\w+\s+as\b|merge\s+into\b"
    r"|replace\s+into\b|(create|alter|drop|truncate)\s+(table|view|user|index|database)\b|match\s*\()",
    re.I | re.S,
)
_SHORT = ("'{T}'", '"{T}"', "7 {T}")  # for code that lets in a few letters only
_LOGS = re.compile(r"(^|\.)(log|logger|logging|console)\b|\.(log|debug|info|warn\w*|error|trace|critical)$", re.I)
_SHAPES = (
    "{W}'{M}'", "{W}' {M} '", '{W}"{M}"', '{W}" {M} "', "{W} {M}", "1 {M}", "{W}`{M}`", "{W}\\'{M} -- ", "{W}') {M} ('",
    "'{M}'@example.com", "{W}\\", "%' {M} '%", "1);{M}", "{W};{M}",
    "7' {D} '", '7" {D} "',
)  # fmt: skip


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values that leave a literal in each way that a dialect knows."""
    attacks = [
        {"value": shape.replace("{M}", tokens.mark).replace("{D}", str(tokens.b))}  # digits pass where letters do not
        for shape in _SHAPES
    ]
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
        texts = _texts(call)
        if (
            _BUILT.search(call.text("name"))
            or _PART.search(call.text("name"))
            or any(_is_statement(call, t) for t in texts)
        ):
            found.append(Use("statement", call.line, " ".join(texts)))
    return found


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Read every statement."""
    judgement = Judgement()
    for attempt in benign_of(run):
        for text, parameters, _, accepted, _ in attempt.sql:
            everything = " ".join([text, *parameters]).lower()
            if accepted and any(value and value.lower() in everything for value in attempt.values):
                judgement.reached.update(CWES)
        if any(_binds(call, attempt) for call in attempt.called("call")):
            judgement.reached.update(CWES)
    for attempt in attacks_of(run, NAME):
        for text, dialect, line in _statements(attempt):
            if _changed(bare(text, dialect), tokens) or (
                str(attempt.case["value"]).endswith("\\") and _open_end(text, dialect)
            ):
                if name := given_whole(attempt, text, ""):
                    message = f"the parameter {name} is the statement"
                    judgement.open_to_caller.append(Exploit(CWES, attempt.entry, attempt.payload, line, message))
                    continue
                message = "the input changed the structure of a query"
                judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, line, message))
    return judgement


def _statements(attempt: Attempt) -> Iterator[tuple[str, str, int | None]]:
    """Yield text, dialect and line of everything that was sent to a database or to what may be one."""
    for text, _, dialect, _, line in attempt.sql:
        yield text, dialect, line
    for call in attempt.called("call"):
        for text in _texts(call):
            if _is_statement(call, text) or (_PART.search(call.text("name")) and text not in attempt.values):
                yield text, "ansi", call.line


def _binds(call: Call, attempt: Attempt) -> bool:
    """Say whether a call of an unknown library puts a benign value into a query, as a parameter or a literal."""
    name, texts = call.text("name"), _texts(call)
    whole = any(len(value) > 2 and value in texts for value in attempt.values)
    if any(_is_statement(call, text) for text in texts):
        return whole or any(_is_statement(call, text) and mentions_value(attempt, text) for text in texts)
    if _PART.search(name) and any(text not in attempt.values and mentions_value(attempt, text) for text in texts):
        return True
    return bool(_BUILT.search(name)) and mentions_value(attempt, call.text("given") + call.text("options"))


def _is_statement(call: Call, text: str) -> bool:
    return bool(_STATEMENT.match(text)) and not _LOGS.search(call.text("name"))


def _texts(call: Call) -> list[str]:
    """Return every text among the arguments of a call, at any depth."""
    found, rest = [], [call.what.get("given"), call.what.get("options")]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            rest.extend(value.values())
        elif isinstance(value, list):
            rest.extend(value)
        elif isinstance(value, str):
            found.append(value)
    return found


def _changed(structure: str, tokens: Tokens) -> bool:
    """Say whether the attack's mark or number is part of a structure, also in capitals or backwards."""
    plain = structure.casefold()
    return (
        carries(plain, tokens.mark) or carries(plain, tokens.tiny) or bool(re.search(rf" {tokens.b} (?=\s|$)", plain))
    )


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
            if character == "\\" and dialect == "mysql" and quote != "`":  # in a name it is a letter like others
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
