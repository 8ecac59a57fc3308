"""Checks the code in answers: each block in a fence, by running it and by static analysis, without a target.

The answer itself is never changed. Where it is not streamed it waits for the verdicts, which go into a header; a stream
has been with the client before anything could be run, so its verdicts go into the journal and onto the terminal. A
check has `SECONDS`; what is not done by then is said not to have been tried.

Not guaranteed: that all code in an answer is found. Code in the arguments of a tool's call, and code that continues the
client's own, is not checked here: `seccoder check` and the MCP server do that.
"""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2

from seccoder.code import recognise
from seccoder.code.languages import FACTS
from seccoder.errors import SecCoderError
from seccoder.pipeline import SecCoder
from seccoder.serving import dialects
from seccoder.serving.conversation import Block, understand
from seccoder.serving.journal import Entry
from seccoder.types import Source

SECONDS = 30.0
BLOCKS = 4  # of one answer that are checked
_UNFINISHED = ("completions", "infill")


class Answers:
    """Checks answers.

    Args:
        seccoder: The flow whose oracles are asked.
    """

    MOST = 2_000_000  # bytes of an answer that are read

    def __init__(self, seccoder: SecCoder) -> None:
        self._seccoder = seccoder
        self._workers = ThreadPoolExecutor(2, "seccoder-check")

    def wants(self, entry: Entry, answer: httpx2.Response) -> bool:
        """Tell whether an answer can hold code that is checked, and is short enough."""
        if answer.status_code != 200 or not entry.dialect or entry.dialect in _UNFINISHED:
            return False
        kind = answer.headers.get("content-type", "")
        entry.streamed = "json" not in kind or "ndjson" in kind
        plain = answer.headers.get("content-encoding", "identity") == "identity"
        length = answer.headers.get("content-length", "0")
        return plain and length.isdigit() and int(length) <= self.MOST

    async def check(self, entry: Entry, content: bytes) -> tuple[str, ...]:
        """Return one line per block of code in an answer."""
        blocks = list(_blocks(entry, content))[:BLOCKS]
        if not blocks:
            return ("no code to check",)
        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self._workers, self._judge, blocks)
        try:
            return await asyncio.wait_for(asyncio.shield(working), SECONDS)
        except TimeoutError:
            return tuple(f"{block.language} UNKNOWN not tried: time" for block in blocks)

    def _judge(self, blocks: list[Block]) -> tuple[str, ...]:
        try:
            judged = self._seccoder.check([Source(block.code, block.language or "") for block in blocks])
        except (SecCoderError, OSError) as error:
            return (f"not checked: {error}",)
        lines = []
        for block, each in zip(blocks, judged, strict=True):
            verdict = each.verdict
            why = verdict.reason or " ".join(verdict.cwes)
            lines.append(f"{block.language} {verdict.label} {why}".strip())
        return tuple(lines)

    def close(self) -> None:
        """Wait for no check any more."""
        self._workers.shutdown(wait=False, cancel_futures=True)


def _blocks(entry: Entry, content: bytes) -> Iterator[Block]:
    dialect = dialects.find(entry.method, entry.path)
    if dialect is None:
        return
    text = "".join(dialect.said(each) for each in _objects(content))
    for block in understand(text).blocks:
        language = block.language or recognise.of_code(block.code)
        if language in FACTS and block.code.count("\n") > 1:
            yield Block(block.code, language)


def _objects(content: bytes) -> Iterator[dict[str, Any]]:
    """Return the JSON objects of an answer: one, one per line, or one per event of a stream."""
    pieces = [content]
    if not content.lstrip().startswith(b"{") or b"}\n{" in content:
        lines = content.replace(b"\r\n", b"\n").split(b"\n")
        pieces = [line.removeprefix(b"data:") for line in lines if line.startswith((b"data:", b"{"))]
    for piece in pieces:
        try:
            value = json.loads(piece)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value
