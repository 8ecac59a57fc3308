"""A completion that failed -> the query for the next round: the same task, with what went wrong said.

In flow the query, the failed sample and whether the model chats; out flows a query for `seccoder.prompts.integrate`. A
chat model is shown its first version and what checking it found; a completion model, which only continues code, gets
what was found as comments at the head of the file. The result is extracted and judged against the *original* query.

Everything quoted was written by a model or observed while its code ran: it is cleaned and framed like a demonstration.
Not guaranteed: that the next version is better. `seccoder.pipeline` keeps the version with the stronger evidence.
"""

from dataclasses import replace

from seccoder.code import cwe
from seccoder.code.languages import LINE_COMMENT
from seccoder.prompts import frames
from seccoder.types import Label, Query, Sample, Unknown, Verdict

_MOST = 6000  # characters of the first version that are shown
_FINDINGS = 3


def failed(verdict: Verdict) -> bool:
    """Whether another round could help: shown vulnerable, invalid, or never reached what was to be checked."""
    return verdict.label in {Label.VULNERABLE, Label.INVALID} or verdict.kind is Unknown.INERT


def repair(query: Query, sample: Sample, *, chat: bool) -> Query:
    """Return the query for the next round.

    Args:
        query: What is being written.
        sample: The completion that failed, with its verdict.
        chat: Whether the model wants messages.
    """
    told = frames.clean(_told(sample.verdict))[0]
    if chat:
        first = frames.fenced(frames.clean(sample.code[:_MOST])[0], query.language or "")
        again = (
            f"A first version was not good enough:\n\n{first}\n\n{told}\n\nWrite it again so that this does not happen."
        )
        return replace(query, task=f"{query.task.strip()}\n\n{again}".strip())
    mark = LINE_COMMENT.get(query.language or "", "#")
    comments = frames.line_comments(f"A first version failed. {told}\nThis version does not have that problem.", mark)
    code = query.code if query.code.strip() else frames.line_comments(query.task.strip(), mark) + "\n"
    return replace(query, code=frames.headed(code, comments, query.language or ""))


def _told(verdict: Verdict) -> str:
    if verdict.label is Label.INVALID:
        return f"It is not valid code: {_line(verdict.reason)}."
    if verdict.label is Label.UNKNOWN:
        return "Given ordinary input it never did what it is for: it failed or returned before."
    names = ", ".join(f"{number} ({cwe.get(number).name})" for number in verdict.cwes)
    lines = [f"Checking it showed a weakness{': ' + names if names else ''}."]
    for finding in verdict.findings[:_FINDINGS]:
        place = f"line {finding.line}: " if finding.line else ""
        lines.append(f"- {place}{_line(finding.message)}")
    return "\n".join(lines)


def _line(text: str) -> str:
    return " ".join(text.split())[:200].rstrip(".")
