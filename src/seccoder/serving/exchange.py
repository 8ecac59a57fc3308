"""Takes one request to the server behind and its answer back, checked and repaired where that is asked for.

The answer goes to the client byte for byte as it comes, unless it waits for verdicts on its code: then it is read, the
verdicts go into the header `x-seccoder-check`, and blocks may be repaired (`seccoder.serving.repairs`). A stream that
is checked goes on as it comes, and its verdicts follow in a comment, or only in the journal.

Not guaranteed: that a client reads the comment. Server-sent events let every client skip it, and the libraries do.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import httpx2

from seccoder.serving import answers as checking
from seccoder.serving import repairs
from seccoder.serving.additions import header_value
from seccoder.serving.answers import Answers, Checked
from seccoder.serving.clients import Options
from seccoder.serving.journal import Entry
from seccoder.serving.replies import Send, refuse, start
from seccoder.serving.upstream import Headers, Upstream, passed_back


class BrokenOff(Exception):
    """The server behind broke off in the middle of an answer, so the client's connection is cut as well."""


@dataclass(slots=True)
class Exchange:
    """One request on its way to the server behind, and what is to become of its answer.

    Attributes:
        upstream: The server behind.
        answers: Checks answers; it is there if the options ask for checks.
        let_in: Waits until the server behind has room for a body.
        entry: What is remembered of it.
        options: How it and its answer are treated.
        target: Path and query at the server behind.
        headers: That go on.
        content: The body that goes on.
        added: Headers of ours for the answer.
        send: Sends to the client.
        held: An answer that waits for its verdicts, with its body.
        kept: The beginning of a stream whose code is checked when it has ended.
        complete: Whether the client has all of a stream.
        checking: The check of a stream.
    """

    upstream: Upstream
    answers: Answers | None
    let_in: Callable[[Entry, bytes], AbstractAsyncContextManager[None]]
    entry: Entry
    options: Options
    target: bytes
    headers: Headers
    content: bytes
    added: list[tuple[str, str]]
    send: Send
    held: tuple[httpx2.Response, bytes] | None = None
    kept: bytearray = field(default_factory=bytearray)
    complete: bool = False
    checking: "asyncio.Task[list[Checked]] | None" = None

    async def relay(self, method: str) -> None:
        """Ask the server behind, and pass its answer on as far as it waits for no verdicts."""
        async with self.let_in(self.entry, self.content):
            try:
                answer = await self.upstream.ask(method, self.target, self.headers, self.content)
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                self.entry.trouble = " ".join(str(error).split())[:200] or type(error).__name__
                why = f"cannot reach the server behind this one, {self.upstream.shown} ({self.entry.trouble})"
                await refuse(self.send, 502, why, self.added)
                return
            try:
                await self._pass_back(answer)
            finally:
                await answer.aclose()
        if self.held is not None:
            await self._pass_back_checked(*self.held)

    async def _pass_back(self, answer: httpx2.Response) -> None:
        """Pass an answer on as it comes, or read it if it is to wait for its verdicts."""
        entry, options, send = self.entry, self.options, self.send
        checks = options.check and entry.mode != "off" and checking.wanted(entry, answer)
        if checks and (options.streams == "hold" or not entry.streamed):
            try:
                self.held = answer, b"".join([piece async for piece in answer.aiter_raw()])
            except httpx2.HTTPError as error:
                entry.trouble = _died(error)
                await refuse(send, 502, f"the server behind this one broke off ({entry.trouble})", self.added)
            return
        comments = checks and options.streams == "tell" and "event-stream" in answer.headers.get("content-type", "")
        await start(send, answer.status_code, passed_back(answer, self.added, whole=not comments))
        try:
            async for piece in answer.aiter_raw():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                if checks and len(self.kept) < checking.MOST:
                    self.kept += piece
        except httpx2.HTTPError as error:
            entry.trouble = _died(error)
            raise BrokenOff from None
        self.complete = True
        comment = b""
        if comments and self.kept:
            lines = header_value("; ".join(checking.told(await self.verdicts())))
            gap = "" if self.kept.endswith((b"\n", b"\r")) else "\n"
            comment = f"{gap}: x-seccoder-check: {lines}\n\n".encode()
        await send({"type": "http.response.body", "body": comment})

    async def verdicts(self) -> list[Checked]:
        """Check a stream that has ended, once, whoever waits for it."""
        if self.checking is None:
            assert self.answers is not None  # noqa: S101 - it is there where a client's options check
            self.checking = asyncio.create_task(self.answers.check(self.entry, bytes(self.kept)))
        return await asyncio.shield(self.checking)

    async def _pass_back_checked(self, answer: httpx2.Response, whole: bytes) -> None:
        """Check an answer, repair it if that is asked for, and pass it on with the verdicts in a header."""
        assert self.answers is not None  # noqa: S101 - as above

        async def again(content: bytes) -> bytes | None:
            try:
                return await self._again(content)
            except (httpx2.HTTPError, httpx2.InvalidURL):
                return None

        content, checked = whole, await self.answers.check(self.entry, whole)
        if self.options.repair and self.entry.mode == "augment":
            asked = self.entry, self.content, whole, checked
            content, checked = await repairs.repaired(*asked, self.answers, again)
        self.entry.verdicts = checking.told(checked)
        verdicts = ("x-seccoder-check", header_value("; ".join(self.entry.verdicts)))
        headers = passed_back(answer, [*self.added, verdicts], whole=content == whole)
        if content != whole:
            headers.append((b"content-length", str(len(content)).encode()))
        await start(self.send, answer.status_code, headers)
        await self.send({"type": "http.response.body", "body": content})

    async def _again(self, content: bytes) -> bytes | None:
        """Send another body to where a request went, and return the answer; None if it is an error."""
        headers = [(name, value) for name, value in self.headers if name != b"idempotency-key"]
        async with self.let_in(self.entry, content):
            answer = await self.upstream.ask("POST", self.target, headers, content)
            try:
                return await answer.aread() if answer.status_code == 200 else None
            finally:
                await answer.aclose()


def _died(error: Exception) -> str:
    what = " ".join(str(error).split())[:200] or type(error).__name__
    return f"the server behind broke off: {what}"
