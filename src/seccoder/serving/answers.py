"""Checks the code in answers: each block in a fence, by running it and by static analysis, without a target.

The answer itself is never changed here; `seccoder.serving.repairs` does that where it is asked for. Where an answer is
not streamed it waits for the verdicts, which go into a header. A stream is with the client before anything can be run,
so its verdicts go into the journal and onto the terminal, and on request into a comment at its end. A check has
`SECONDS`; what is not done by then is said not to have been tried.

Not guaranteed: that all code in an answer is found. Code in the arguments of a tool's call, and code that continues the
client's own, is not checked here: `seccoder check` and the MCP server do that.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

import httpx2

from seccoder.code import recognise
from seccoder.code.languages import FACTS
from seccoder.errors import SecCoderError
from seccoder.pipeline import SecCoder
from seccoder.serving import dialects
from seccoder.serving.conversation import understand
from seccoder.serving.journal import Entry
from seccoder.types import Source, Verdict

SECONDS = 30.0
BLOCKS = 4  # of one answer that are checked
MOST = 2_000_000  # bytes of an answer that are read
_UNFINISHED = ("completions", "infill", "count")


@dataclass(frozen=True, slots=True)
class Checked:
    """A block of code in an answer, with what a check said of it.

    Attributes:
        text: The block as it stands in the answer.
        source: Its code, with its language.
        verdict: None if there is none, for the reason in `note`.
        note: What is to be told beside the verdict.
    """

    text: str
    source: Source
    verdict: Verdict | None = None
    note: str = ""

    @property
    def line(self) -> str:
        """One line, such as `python VULNERABLE CWE-89`."""
        if self.verdict is None:
            return f"{self.source.language} UNKNOWN {self.note}"
        why = self.verdict.reason or " ".join(self.verdict.cwes)
        return f"{self.source.language} {self.verdict.label} {why}".strip() + (f" ({self.note})" if self.note else "")


class Answers:
    """Checks answers.

    Args:
        seccoder: The flow whose oracles are asked.
    """

    def __init__(self, seccoder: SecCoder) -> None:
        self._seccoder = seccoder
        self._workers = ThreadPoolExecutor(2, "seccoder-check")

    async def check(self, entry: Entry, content: bytes) -> list[Checked]:
        """Find the blocks of code in an answer, and check them."""
        blocks = [Checked(text, source) for text, source in _blocks(entry, content)][:BLOCKS]
        try:
            verdicts = await self.judge([each.source for each in blocks])
        except TimeoutError:
            return [Checked(each.text, each.source, None, "not tried: time") for each in blocks]
        except (SecCoderError, OSError) as error:
            return [Checked(each.text, each.source, None, f"not checked: {error}") for each in blocks]
        return [Checked(each.text, each.source, told) for each, told in zip(blocks, verdicts, strict=True)]

    async def judge(self, sources: Sequence[Source]) -> list[Verdict]:
        """Return the verdict on each source.

        Raises:
            TimeoutError: If that takes too long.
            SecCoderError: If it failed as a whole.
        """

        def work() -> list[Verdict]:
            return [each.verdict for each in self._seccoder.check(sources)]

        if not sources:
            return []
        working = asyncio.get_running_loop().run_in_executor(self._workers, work)
        return await asyncio.wait_for(asyncio.shield(working), SECONDS)

    def close(self) -> None:
        """Wait for no check any more."""
        self._workers.shutdown(wait=False, cancel_futures=True)


def wanted(entry: Entry, answer: httpx2.Response) -> bool:
    """Tell whether an answer can hold code that is checked, and is short enough."""
    if answer.status_code != 200 or not entry.dialect or entry.dialect in _UNFINISHED:
        return False
    kind = answer.headers.get("content-type", "")
    entry.streamed = "json" not in kind or "ndjson" in kind
    plain = answer.headers.get("content-encoding", "identity") == "identity"
    length = answer.headers.get("content-length", "0")
    return plain and length.isdigit() and int(length) <= MOST


def told(checked: Sequence[Checked]) -> tuple[str, ...]:
    """Return a line for each block; one that says so if there is none."""
    return tuple(each.line for each in checked) or ("no code to check",)


def _blocks(entry: Entry, content: bytes) -> Iterator[tuple[str, Source]]:
    dialect = dialects.find(entry.method, entry.path)
    if dialect is None:
        return
    text = "".join(dialect.said(each) for each in objects(content))
    for block in understand(text).blocks:
        language = block.language or recognise.of_code(block.code)
        if language in FACTS and block.code.count("\n") > 1:
            yield block.code, Source(dedent(block.code), language)


def objects(content: bytes) -> Iterator[dict[str, Any]]:
    """Return the JSON objects of an answer: one, one per line, or one per event of a stream."""
    pieces = [content]
    if not content.lstrip().startswith(b"{") or b"}\n{" in content:
        lines = content.replace(b"\r\n", b"\n").split(b"\n")
        pieces = [line.removeprefix(b"data:") for line in lines if line.startswith((b"data:", b"{"))]
    for piece in pieces:
        if (value := parsed(piece)) is not None:
            yield value


def parsed(content: bytes) -> dict[str, Any] | None:
    """Return the JSON object that some bytes are, or None."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
