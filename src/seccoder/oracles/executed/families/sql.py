"""Decides CWE-89: can a value from outside change the structure of a query?

Exploited: in a statement that was sent to the database, read by the rules of its dialect, the run's random mark stands
outside every literal, comment and quoted name, although the attack brought it inside a value: the input changed the
query's structure. It does not matter whether the database then accepts the statement. Exercised: the database accepted
a statement that holds the benign value, as a literal or as a parameter.
"""

import re

from seccoder.oracles.executed.attempts import (
    Exploit,
    Judgement,
    Run,
    Tokens,
    Wanted,
    attacks_of,
    benign_of,
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "sql"
CWES = ("CWE-89", "CWE-564", "CWE-943")
HINT = ""
_BUILT = re.compile(
    r"\.(==|filter|filter_by|where|get|get_or_404|first_or_404|find|find_one|values|execute|exec|fetch\w*)$"
)
_SHAPES = (
    "{W}'{M}'", "{W}' {M} '", '{W}"{M}"', '{W}" {M} "', "{W} {M}", "1 {M}", "{W}`{M}`", "{W}\\'{M} -- ", "{W}') {M} ('",
    "'{M}'@example.com", "{W}\\", "%' {M} '%", "1);{M}", "{W};{M}",
)  # fmt: skip


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values that leave a literal in each way that a dialect knows."""
    attacks = [{"value": shape.replace("{M}", tokens.mark)} for shape in _SHAPES]
    benign = [tokens.word, "7", f"{tokens.word}@example.com"]
    benign += [text for text in surface.literals if text.isidentifier()][:15]
    return Wanted(attacks=attacks, benign=benign)


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
        for text, _, dialect, _, line in attempt.sql:
            if tokens.mark in bare(text, dialect) or (
                str(attempt.case["value"]).endswith("\\") and _open_end(text, dialect)
            ):
                judgement.exploits.append(
                    Exploit(CWES, attempt.entry, attempt.payload, line, "the input changed the structure of a query")
                )
    return judgement


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
