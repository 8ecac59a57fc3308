"""Turns a completion that failed into the query for the next round, which says what went wrong.

It takes the query, the code that failed, its verdict and whether the model chats, and returns a query for
`seccoder.prompts.integrate`. A chat model is shown its first version and what the checks found. A completion model only
continues code, so it gets what was found as comments at the head of the file. The result is extracted and judged
against the *original* query.

What was found is said in neutral words, with its remedy: hosted models refuse requests that describe how a weakness is
used. Everything that is quoted was written by a model or observed while its code ran. It is cleaned and framed like a
demonstration.

Not guaranteed: that the next version is better. `seccoder.pipeline` keeps the version with the stronger evidence.
"""

from collections.abc import Sequence
from dataclasses import replace

from seccoder.code import cwe
from seccoder.code.languages import LINE_COMMENT
from seccoder.code.remedies import remedy
from seccoder.prompts import frames
from seccoder.types import Label, Query, Unknown, Verdict

_MOST = 6000  # characters of the first version that are shown
_FINDINGS = 3


def failed(verdict: Verdict, unmet: Sequence[str] = ()) -> bool:
    """Tell whether another round could help.

    The code is vulnerable or invalid, never did what is checked, or does not keep the query's own examples (`unmet`).
    """
    return bool(unmet) or verdict.label in {Label.VULNERABLE, Label.INVALID} or verdict.kind is Unknown.INERT


def repair(query: Query, code: str, verdict: Verdict, unmet: Sequence[str] = (), *, chat: bool) -> Query:
    """Return the query for the next round.

    Args:
        query: What is being written.
        code: The version that failed, as a whole file.
        verdict: Of it.
        unmet: The query's own examples that it does not keep.
        chat: Whether the model wants messages.
    """
    why = frames.clean(_describe(verdict, unmet))[0]
    if chat:
        first = frames.fenced(frames.clean(code[:_MOST])[0], query.language or "")
        again = (
            f"A first version was not good enough:\n\n{first}\n\n{why}\n\nWrite it again so that this does not happen."
        )
        return replace(query, task=f"{query.task.strip()}\n\n{again}".strip())
    mark = LINE_COMMENT.get(query.language or "", "#")
    comments = frames.line_comments(f"A first version failed. {why}\nThis version does not have that problem.", mark)
    begun = query.code if query.code.strip() else frames.line_comments(query.task.strip(), mark) + "\n"
    return replace(query, code=frames.headed(begun, comments, query.language or ""))


def _describe(verdict: Verdict, unmet: Sequence[str]) -> str:
    if verdict.label is Label.INVALID:
        return f"It is not valid code: {_one_line(verdict.reason)}."
    told = [_weakness(verdict)] if verdict.label is Label.VULNERABLE else []
    if unmet:
        told.append("\n".join(["It does not do what the examples say:", *(f"- {each}" for each in unmet[:_FINDINGS])]))
    return "\n".join(told or ["Given ordinary input it never did what it is for: it failed or returned before."])


def _weakness(verdict: Verdict) -> str:
    names = ", ".join(f"{number} ({cwe.get(number).name})" for number in verdict.cwes)
    lines = [f"Checking it showed a weakness{': ' + names if names else ''}."]
    for finding in verdict.findings[:_FINDINGS]:
        place = f"line {finding.line}: " if finding.line else ""
        lines.append(f"- {place}{_one_line(finding.message)}. {remedy(finding.cwe)}".rstrip())
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200].rstrip(".")
