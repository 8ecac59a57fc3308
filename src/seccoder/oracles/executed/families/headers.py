"""Decides CWE-113 and CWE-93: can a value add a header to an answer or to a mail?

Exploited: the raw head of an answer, or of a mail that was sent, has a separate header with the run's random mark,
which the attack brought behind a line break; or a mail goes to an address that the attack added. Exercised: the benign
value stands in a header. A framework that refuses line breaks, as Flask does, makes code secure that does nothing about
them itself; such code is then secure. The head of a request that a function makes is none of an answer: what sends it
refuses line breaks.
"""
# ruff: noqa: E501 - tables

import re

from seccoder.oracles.executed.attempts import (
    Attempt,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    judge_attempts,
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "headers"
CWES = ("CWE-113", "CWE-93")
HINT = r"header|smtplib|set_cookie|Location"
_REQUESTS = ("accept", "authorization", "host", "referer", "user-agent")  # names that no answer has
_SHAPES = ("{W}\r\nX-{M}: 1", "{W}\nX-{M}: 1", "{W}\rX-{M}: 1", "{W}%0d%0aX-{M}: 1", "{W}%0aX-{M}: 1", "{W}@example.com\nX-{M}: 1",
           "{W}\r\n X-{M}: 1\r\nX-{M}: 2")  # fmt: skip


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values with line breaks and a header behind them."""
    attacks = [{"value": shape.replace("{M}", tokens.mark)} for shape in _SHAPES]
    benign = [tokens.word, f"{tokens.word}@example.com", f"/{tokens.word}", f"{tokens.word}.txt"]
    benign += [text for text in surface.literals if text.isidentifier()][:8]
    return Wanted(attacks=attacks, benign=benign, network=True)


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the heads of the answer and of mails."""
    return [Use("header", line, head) for head, line in _heads(attempt)]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Read the heads of answers and mails."""

    def reached(attempt: Attempt) -> bool:
        return any(mentions_value(attempt, head) for head, _ in _heads(attempt))

    def exploited(attempt: Attempt) -> tuple[str, int | None] | None:
        for head, line in _heads(attempt):
            if re.search(rf"(?:^|[\r\n])X-{tokens.mark}:", head):
                return "the input added a header of its own", line
        return None

    return judge_attempts(run, NAME, CWES, reached, exploited)


def _heads(attempt: Attempt) -> list[tuple[str, int | None]]:
    found: list[tuple[str, int | None]] = [
        (re.split(r"\r?\n\r?\n", call.text("text"))[0], call.line) for call in attempt.called("mail")
    ]
    head = "\n".join(f"{name}: {value}" for name, value in attempt.headers.items())
    if head and not any(name.lower() in _REQUESTS for name in attempt.headers):
        found.append((head, attempt.line))
    return found
