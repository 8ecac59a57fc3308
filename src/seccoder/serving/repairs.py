"""Repairs blocks of code in an answer that were shown to be vulnerable: it asks the same model once more for each.

The model is told in neutral words what a check found (`seccoder.prompts.repair`), with its first version and nothing
else of the conversation. What it writes takes the old block's place only if its verdict is better, so that the code is
SECURE or at least no longer flagged, and if it still defines everything that the first version defined. Otherwise the
answer stays as it is, byte for byte, and the line about the block says why. A block is asked for once, with `TOKENS`
for its answer; all blocks of an answer have `SECONDS`.

Not guaranteed: that the new code does what the old one did. The `usage` in the answer is that of the first request.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from textwrap import indent
from typing import Any

from seccoder.errors import SecCoderError
from seccoder.oracles.verdict import rank
from seccoder.prompts.answers import defined
from seccoder.prompts.extract import extract
from seccoder.prompts.repair import repair
from seccoder.serving import dialects
from seccoder.serving.answers import Answers, Checked, parsed
from seccoder.serving.journal import Entry
from seccoder.types import Label, Query, Unknown, Verdict

SECONDS = 90.0
TOKENS = 4096

Again = Callable[[bytes], Awaitable[bytes | None]]  # sends a body to where the request went; None if that failed


class NotRepaired(Exception):
    """A block stays as it is; the message says why."""


async def repaired(
    entry: Entry, asked: bytes, answer: bytes, checked: Sequence[Checked], answers: Answers, again: Again
) -> tuple[bytes, list[Checked]]:
    """Return an answer with better blocks where the model wrote some, and what is to be said of each block.

    Args:
        entry: Of the request.
        asked: The body of the request.
        answer: The body of the answer.
        checked: Its blocks.
        answers: Checks the new blocks.
        again: Asks the same server.
    """
    fresh = list(checked)
    ends = asyncio.get_running_loop().time() + SECONDS
    for index, each in enumerate(checked):
        if each.verdict is None or each.verdict.label is not Label.VULNERABLE:
            continue
        try:
            async with asyncio.timeout_at(ends):
                better = await _better(entry, asked, each, each.verdict, answers, again)
            answer = _in_place(entry, answer, each.text, better.text)
            was = " ".join(each.verdict.cwes) or "VULNERABLE"
            fresh[index] = replace(better, note=f"repaired; it was {was}")
        except TimeoutError:
            fresh[index] = replace(each, note="not repaired: time")
        except (NotRepaired, SecCoderError, OSError, RecursionError) as error:
            fresh[index] = replace(each, note=f"not repaired: {error}")
    return answer, fresh


async def _better(
    entry: Entry, asked: bytes, old: Checked, verdict: Verdict, answers: Answers, again: Again
) -> Checked:
    """Ask for a block once more and check what comes.

    Raises:
        NotRepaired: If it is not better.
    """
    dialect, body = dialects.find(entry.method, entry.path), parsed(asked)
    if dialect is None or body is None:
        raise NotRepaired("the request cannot be sent again")
    query = Query(task=entry.words, language=old.source.language)
    task = repair(query, old.source.text, verdict, chat=True).task
    answer = await again(json.dumps(dialect.again(body, task, TOKENS)).encode())
    told = parsed(answer) if answer is not None else None
    if told is None:
        raise NotRepaired("the model gave no second answer")
    code = await asyncio.to_thread(extract, dialect.said(told), Query(language=query.language), chat=True)
    if not code.strip() or "```" in code or not defined(old.source.text) <= defined(code):
        raise NotRepaired("the second version does not define the same")
    source = replace(old.source, text=code)
    (fresh,) = await answers.judge([source])
    if rank(fresh) >= rank(verdict) or not (fresh.label is Label.SECURE or fresh.kind is Unknown.NOT_FLAGGED):
        raise NotRepaired(f"the second version is {fresh.label} {' '.join(fresh.cwes)}".strip())
    margin = old.text[: len(old.text) - len(old.text.lstrip(" "))] if old.text != old.source.text else ""
    return Checked(indent(code.rstrip("\n") + "\n", margin), source, fresh)


def _in_place(entry: Entry, answer: bytes, old: str, new: str) -> bytes:
    """Return an answer with one text in another's place.

    Raises:
        NotRepaired: If it does not hold the old text.
    """
    whole = parsed(answer)
    fresh = _replaced(whole, old, new) if whole is not None else _replaced_in_stream(entry, answer, old, new)
    if fresh == whole or fresh is None:
        raise NotRepaired("the block does not stand in the answer as one text")
    return fresh if isinstance(fresh, bytes) else json.dumps(fresh, ensure_ascii=False).encode()


def _replaced(value: Any, old: str, new: str) -> Any:
    """Return a JSON value with one text in another's place, in every string that holds it."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, list):
        return [_replaced(each, old, new) for each in value]
    if isinstance(value, dict):
        return {name: _replaced(each, old, new) for name, each in value.items()}
    return value


def _replaced_in_stream(entry: Entry, answer: bytes, old: str, new: str) -> bytes | None:
    """Do it in a stream: the event in which the old text begins gets the new one, and the others lose their part."""
    dialect = dialects.find(entry.method, entry.path)
    lines = answer.split(b"\n")
    events = {
        at: event
        for at, line in enumerate(lines)
        if line.startswith((b"data:", b"{")) and (event := parsed(line.removeprefix(b"data:"))) is not None
    }
    pieces = {at: dialect.said(event) for at, event in events.items()} if dialect else {}
    begin = "".join(pieces.values()).find(old)
    if begin < 0:
        return None
    end, passed = begin + len(old), 0
    for at, event in events.items():
        piece = pieces[at]
        low, high, passed = begin - passed, end - passed, passed + len(piece)
        if not piece:
            fresh = _replaced(event, old, new)  # the whole text once more, at its end
        elif high > 0 and low < len(piece):
            fresh = _resaid(event, piece, piece[: max(low, 0)] + (new if low >= 0 else "") + piece[max(high, 0) :])
        else:
            continue
        if fresh != event:
            head = b"data: " if lines[at].startswith(b"data:") else b""
            lines[at] = head + json.dumps(fresh, ensure_ascii=False).encode() + lines[at][len(lines[at].rstrip()) :]
    return b"\n".join(lines)


def _resaid(value: Any, piece: str, fresh: str) -> Any:
    """Return an event with another text in the field that holds its text."""
    if isinstance(value, list):
        return [_resaid(each, piece, fresh) for each in value]
    if not isinstance(value, dict):
        return value
    fields = ("content", "delta", "text", "response")
    return {
        name: fresh if name in fields and each == piece else _resaid(each, piece, fresh) for name, each in value.items()
    }
