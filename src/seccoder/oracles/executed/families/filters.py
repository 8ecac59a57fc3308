"""Decides CWE-90, CWE-643 and CWE-943: can a value change the structure of an LDAP, XPath or document query?

Exploited: in an LDAP filter, the attack's mark stands where a name belongs (90); in a path expression, it stands
outside every literal (643); in the query of a document store, it is the value of an operator or part of a script (943).
Exercised: the benign value was part of such a query. The servers are not there: what is asked of `ldap`, `ldap3` and
`pymongo` is recorded, and so are the path expressions of `xml.etree`. Those of lxml are not seen.
"""

import re
from collections.abc import Iterator
from typing import Any

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
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "filters"
CWES = ("CWE-90", "CWE-643", "CWE-943", "CWE-91")
HINT = r"ldap|xpath|\.find(all)?\(|pymongo|MongoClient"
# The weaknesses for which a query of each kind is the control. CWE-91 is missing, because documents that the code
# writes are not looked at.
_REACHED = {
    "ldap": ("CWE-90", "CWE-943"),
    "xpath": ("CWE-643", "CWE-943"),
    "operator": ("CWE-943",),
    "value": ("CWE-943",),
}
# operators below which a text is a value like any other; only a document there changes the query
_COMPARE = set(
    "$eq $ne $gt $gte $lt $lte $in $nin $all $not $elemMatch $set $setOnInsert $inc $push $pull $addToSet $each".split()
)
_SHAPES = (
    "{W})({M}=*", "*)({M}=*))(|({M}=*", "{W})(|({M}=*", "*({M}=*)", "{W}' or {M}='", "' or {M}() or '", '{W}" or {M}="',
    "{W}'] | //{M} | //x['", "{W}]|//{M}[1", "'; {M}; '", '"; {M}; "', "'; return {M}; var x='",
)  # fmt: skip


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values that leave a literal in each query language, and documents that are operators."""
    attacks: list[dict[str, Any]] = [{"value": shape.replace("{M}", tokens.mark)} for shape in _SHAPES]
    attacks.append({"value": f"operator {tokens.mark}", "json": {"$ne": tokens.mark}})
    tree = "".join(
        f"<{n}><x/></{n}>"
        for n in sorted({n for t in surface.literals for n in re.findall(r"\b[a-z]\w+\b", t) if "/" in t})[:20]
    )
    files = {
        f"/box/app/{t}": f"<r>{tree}</r>".encode() for t in surface.literals if t.endswith(".xml") and "/" not in t
    }
    return Wanted(attacks=attacks, benign=[tokens.word, "7"], observe=("paths",), files=files, network=True)


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the queries of LDAP, XPath and document stores."""
    return [Use("query", call.line, f"{text} {call.text('bound')}") for _, text, call in _queries(attempt)]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Read every query."""
    judgement = Judgement()
    for attempt in benign_of(run):
        for kind, text, call in _queries(attempt):
            if mentions_value(attempt, f"{text} {call.text('bound')}"):
                judgement.reached.update(_REACHED[kind])
    for attempt in attacks_of(run, NAME):
        for kind, text, call in _queries(attempt):
            if cwes := _changed_cwes(kind, text, tokens.mark):
                message = "the input changed the structure of a query"
                judgement.exploits.append(Exploit(cwes, attempt.entry, attempt.payload, call.line, message))
                break
    return judgement


def _queries(attempt: Attempt) -> Iterator[tuple[str, str, Call]]:
    for call in attempt.called("xpath"):
        yield "xpath", call.text("text"), call
    for call in attempt.called("call"):
        name = call.text("name").lower()
        for given in _leaves([call.what.get("given"), call.what.get("options")], ""):
            key, text = given
            if text.startswith("(") and ("ldap" in name or "search" in name):
                yield "ldap", text, call
            elif re.search(r"\.(find|find_one|update|delete|count|aggregate|replace)\w*$", name):
                plain = key in _COMPARE and text != attempt.case.get("json", {}).get("$ne")
                yield ("operator" if key.startswith("$") and not plain else "value"), text, call


def _leaves(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, key)
    elif isinstance(value, str):
        yield key, value


def _changed_cwes(kind: str, text: str, mark: str) -> tuple[str, ...]:
    if kind == "ldap" and re.search(rf"\([^()=]*{mark}[^()=]*=", text):
        return "CWE-90", "CWE-943"
    if kind == "xpath" and mark in re.sub(r"'[^']*'|\"[^\"]*\"", "", text):
        return "CWE-643", "CWE-91", "CWE-943"
    if kind == "operator" and mark in re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", "", text):
        return ("CWE-943",)
    return ()
