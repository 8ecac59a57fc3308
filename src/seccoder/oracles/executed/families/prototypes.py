"""Decides CWE-1321 in JavaScript: can a document or a key from outside change what all objects inherit?

Exploited: after the attempt, a new empty object has the property with the run's random mark. Exercised: the key and
value of the benign document came back (in what was returned, or in the first argument if nothing was returned).
"""

import json

from seccoder.oracles.executed.attempts import Attempt, Judgement, Run, Tokens, Wanted, judge_attempts
from seccoder.oracles.executed.surface import Surface

NAME = "prototypes"
CWES = ("CWE-1321",)
HINT = r"merge|extend|assign|\[\w+\]\s*=|for\s*\((const|let|var) \w+ in"


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want documents with the names that lead to the common prototype, and such names as keys and paths."""
    mark, word = tokens.mark, tokens.word
    documents = [
        {"__proto__": {mark: "1"}},
        {"constructor": {"prototype": {mark: "1"}}},
        {word: {"__proto__": {mark: "1"}}},
    ]
    documents += [{f"__proto__.{mark}": "1"}, {"__proto__": {mark: {word: "1"}}}, {f"__proto__[{mark}]": "1"}]
    documents += [{f"constructor.prototype.{mark}": "1"}, {word: {"constructor": {"prototype": {mark: "1"}}}}]
    values = [_compact(document) for document in documents]
    paths = [
        f"__proto__.{mark}",
        f"constructor.prototype.{mark}",
        f"__proto__[{mark}]",
        f"{word}.__proto__.{mark}",
        f"__proto__/{mark}",
        f"constructor/prototype/{mark}",
        f"constructor[prototype][{mark}]",
        f"{word}.constructor.prototype.{mark}",
    ]
    attacks: list[dict[str, object]] = [{"value": value} for value in (*values, *paths)]
    attacks += [{"value": "__proto__", "others": mark}, {"value": _compact(["__proto__", mark])}]
    attacks += [
        {"value": _compact(["constructor", "prototype", mark])},
        {"value": f"__proto__[{mark}]=1"},
        {"value": f"__proto__.{mark}=1"},
    ]
    benign = [
        _compact({word: word}),
        word,
        f"{word}.{word}",
        _compact({word: {word: word}}),
        f"{word}=1&a.b=2",
        _compact([word]),
    ]
    return Wanted(attacks=attacks, benign=benign, objects=True)


def _compact(document: object) -> str:
    """Write a document as `JSON.stringify` does, so that what comes back can be compared."""
    return json.dumps(document, separators=(",", ":"))


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for the property on new objects."""

    def reached(attempt: Attempt) -> bool:
        return not attempt.error and attempt.status < 400 and tokens.word.encode() in attempt.said

    def exploited(attempt: Attempt) -> tuple[str, int | None] | None:
        return ("the input changed the prototype of all objects", attempt.line) if attempt.called("polluted") else None

    return judge_attempts(run, NAME, CWES, reached, exploited)
