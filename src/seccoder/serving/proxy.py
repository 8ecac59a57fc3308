"""Serves programs that speak to a model: it puts secure examples into their requests and passes them on.

It answers with the answers of the server behind it, byte for byte and as they come, so any client that can be given a
base URL works without a change. On the way, requests in a dialect that it knows get examples (`additions`). The header
`x-seccoder-demonstrations` of the answer names them, or `x-seccoder-none` says why there are none. `/health` and
`/metrics` are its own, and so are the pages that are handed to `build`.

Requests are untrusted. They are limited in size, a web page cannot use the server (`guard`), and `..` does not leave
the part of the server behind that is passed on: `/v1/...`, and Ollama's and llama.cpp's own paths beside it.

Not guaranteed: that a client reads the example as it is meant, or that code in an answer is secure. With `--check` it
is checked (`answers`).
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import httpx2

from seccoder.errors import MissingExtra
from seccoder.models.embedded import llamacpp
from seccoder.models.embedded.room import Need
from seccoder.pipeline import SecCoder
from seccoder.serving import shown
from seccoder.serving.additions import Additions, header_value
from seccoder.serving.answers import Answers
from seccoder.serving.guard import Guard
from seccoder.serving.journal import Entry, Journal
from seccoder.serving.upstream import Headers, Message, Receive, Upstream, passed_back, while_there

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

Send = Callable[[Message], Awaitable[None]]
Scope = Mapping[str, Any]

MAX_BODY = 64_000_000  # bytes; conversations hold images
LARGE = 500_000  # bytes of a body that is read beside the event loop, so that no stream waits for it
PASSED_ON = ("/v1/", "/api/", "/infill", "/completion", "/tokenize", "/props")


class Left(Exception):
    """The client went away."""


class Proxy:
    """The application (ASGI).

    Attributes:
        journal: The last requests.
        additions: What is added to requests.
        upstream: The server behind.
    """

    def __init__(
        self,
        upstream: Upstream,
        additions: Additions,
        guard: Guard,
        *,
        answers: Answers | None = None,
        model: llamacpp.LlamaCppLM | None = None,
        journal: Journal | None = None,
        pages: Sequence["BaseRoute"] = (),
    ) -> None:
        from starlette.applications import Starlette
        from starlette.routing import Route

        self.upstream, self.additions, self.journal = upstream, additions, journal or Journal()
        self._guard, self._answers, self._running = guard, answers, 0
        self._model = model

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            yield
            await upstream.close()
            if answers is not None:
                answers.close()

        routes = [Route("/health", self._health), Route("/metrics", self._metrics), *pages]
        self._own = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: self._nothing})

    @property
    def running(self) -> int:
        """How many requests are being answered."""
        return self._running

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._own(dict(scope), receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        pages = list(self._guard.for_pages(headers).items())
        raw = scope["raw_path"].partition(b"?")[0]
        if refused := self._guard.refuses(headers) or _bad_path(raw):
            await _refuse(send, *refused)
        elif scope["method"] == "OPTIONS" and pages:
            await _answer(send, 204, pages, b"")
        elif raw.decode("ascii", "replace").startswith(PASSED_ON):
            await self._pass_on(scope, headers, pages, receive, send)
        else:
            await self._own(dict(scope), receive, send)

    async def _pass_on(
        self, scope: Scope, headers: Mapping[str, str], pages: list[tuple[str, str]], receive: Receive, send: Send
    ) -> None:
        entry = self.journal.open(scope["method"], scope["path"])
        entry.client = headers.get("user-agent", "")[:200]
        began = time.perf_counter()
        self._running += 1

        async def send_and_note(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status, entry.first_byte = message["status"], (time.perf_counter() - began) * 1000
            await send(message)

        try:
            await self._exchange(entry, scope, headers, pages, receive, send_and_note)
        except Left:
            entry.trouble = entry.trouble or "the client left"
        except asyncio.CancelledError:
            entry.trouble = "stopped with the server"
        except BrokenOff:
            raise
        except Exception as error:  # a defect of ours; the server lives, and the client is told
            entry.trouble = f"internal error: {type(error).__name__}: {error}"[:300]
            if entry.status is not None:
                raise BrokenOff from None
            await _refuse(send_and_note, 500, entry.trouble)
        finally:
            self._running -= 1
            entry.whole = (time.perf_counter() - began) * 1000
            self.journal.end(entry)

    async def _exchange(
        self,
        entry: Entry,
        scope: Scope,
        headers: Mapping[str, str],
        pages: list[tuple[str, str]],
        receive: Receive,
        send: Send,
    ) -> None:
        body = await _body(receive)
        if body is None:
            entry.trouble = "too large"
            await _refuse(send, 413, f"a request may have {MAX_BODY:,} bytes")
            return
        switch = headers.get("x-seccoder", "")
        if len(body) > LARGE:
            content, added = await asyncio.to_thread(self.additions.add, entry, switch, body)
        else:
            content, added = self.additions.add(entry, switch, body)
        target = self.upstream.target(scope["raw_path"].partition(b"?")[0], scope["query_string"])
        if target is None:
            why = f"{self.upstream.shown} does not end in /v1, so it is not known where {entry.path} is behind it"
            await _refuse(send, 404, why)
            return
        passed = self._passed(scope["headers"], headers)
        extra = [*added.items(), *pages]
        kept = bytearray()  # of a stream that is checked when it has ended

        async def relay() -> None:
            async with self._let_in(entry, content):
                await exchange()

        async def exchange() -> None:
            try:
                answer = await self.upstream.ask(scope["method"], target, passed, content)
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                entry.trouble = " ".join(str(error).split())[:200] or type(error).__name__
                why = f"cannot reach the server behind this one, {self.upstream.shown} ({entry.trouble})"
                await _refuse(send, 502, why, extra)
                return
            try:
                await self._relay(entry, answer, extra, kept, send)
            finally:
                await answer.aclose()

        if not await while_there(receive, relay()):
            raise Left
        if kept and self._answers is not None:
            entry.verdicts = await self._answers.check(entry, bytes(kept))

    async def _relay(
        self, entry: Entry, answer: httpx2.Response, extra: list[tuple[str, str]], kept: bytearray, send: Send
    ) -> None:
        checks = self._answers is not None and self._answers.wants(entry, answer)
        if checks and not entry.streamed and self._answers is not None:
            try:
                whole = b"".join([piece async for piece in answer.aiter_raw()])
            except httpx2.HTTPError as error:
                entry.trouble = _died(error)
                await _refuse(send, 502, f"the server behind this one broke off ({entry.trouble})", extra)
                return
            entry.verdicts = await self._answers.check(entry, whole)
            verdicts = [("x-seccoder-check", header_value("; ".join(entry.verdicts)))]
            await _start(send, answer.status_code, passed_back(answer, [*extra, *verdicts]))
            await send({"type": "http.response.body", "body": whole})
            return
        await _start(send, answer.status_code, passed_back(answer, extra))
        try:
            async for piece in answer.aiter_raw():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                if checks and self._answers is not None and len(kept) < self._answers.MOST:
                    kept += piece
        except httpx2.HTTPError as error:
            entry.trouble = _died(error)
            raise BrokenOff from None
        await send({"type": "http.response.body", "body": b""})

    @asynccontextmanager
    async def _let_in(self, entry: Entry, content: bytes) -> AsyncIterator[None]:
        """Wait until a model of this process has room for a request, and keep it until the block ends."""
        if self._model is None or not entry.dialect:
            yield
            return
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            body = None
        need = await asyncio.to_thread(self._model.needs, body) if isinstance(body, dict) else Need(0, 0)
        turn = self._model.room.enter(need)
        try:
            await asyncio.wrap_future(turn)
            yield
        finally:
            self._model.room.leave(turn)

    def _passed(self, raw: Headers, headers: Mapping[str, str]) -> Headers:
        """Return the headers that go on: all but ours, and but the one that held our key."""
        ours = {b"x-seccoder", b"x-seccoder-key"}
        if (name := self._guard.key_header(headers)) is not None:
            ours.add(name.encode())
        if self._answers is not None:  # what is checked must not be compressed
            ours.add(b"accept-encoding")
        return [(name, value) for name, value in raw if name not in ours]

    async def _health(self, request: "Request") -> "Response":
        from starlette.responses import JSONResponse

        from seccoder import __version__

        kept = {"status": "ok", "version": __version__, "upstream": self.upstream.shown, "mode": self.additions.mode}
        return JSONResponse({**kept, "running": self._running})

    async def _metrics(self, request: "Request") -> "Response":
        from starlette.responses import PlainTextResponse

        return PlainTextResponse(shown.metrics(self.journal, self._running), media_type="text/plain; version=0.0.4")

    async def _nothing(self, request: "Request", error: Exception) -> "Response":
        from starlette.responses import JSONResponse

        why = f"there is no {request.url.path[:100]}; the base URL for clients ends in /v1"
        return JSONResponse(_error(404, why), 404)


class BrokenOff(Exception):
    """The server behind broke off in the middle of an answer, so the client's connection is cut as well."""


def _died(error: Exception) -> str:
    what = " ".join(str(error).split())[:200] or type(error).__name__
    return f"the server behind broke off: {what}"


async def _body(receive: Receive) -> bytes | None:
    """Return the body of a request, or None if it is too large.

    Raises:
        Left: If the client goes before it is complete.
    """
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _bad_path(raw: bytes) -> tuple[int, str] | None:
    """Refuse a path that could lead out of the part of the server behind that is passed on."""
    segments = unquote(raw.decode("ascii", "replace")).replace("\\", "/").split("/")
    return (400, "a path must not hold . or .. as a part") if {".", ".."} & set(segments) else None


async def _start(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _answer(send: Send, status: int, headers: Sequence[tuple[str, str]], body: bytes) -> None:
    raw = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers]
    await _start(send, status, [*raw, (b"content-length", str(len(body)).encode())] if body else raw)
    await send({"type": "http.response.body", "body": body})


def _error(status: int, message: str) -> dict[str, Any]:
    """Return an error in the form that clients of OpenAI's and of Anthropic's API show."""
    error = {"message": f"seccoder: {message}", "type": "seccoder_error", "code": status}
    return {"type": "error", "error": error}


async def _refuse(send: Send, status: int, message: str, extra: Sequence[tuple[str, str]] = ()) -> None:
    """Answer with an error."""
    body = json.dumps(_error(status, message)).encode()
    await _answer(send, status, [("content-type", "application/json"), *extra], body)


@dataclass(frozen=True, slots=True)
class Options:
    """How requests and answers are treated.

    Attributes:
        language: Canonical name of the language of all requests; None means the one that each shows.
        mode: `augment`, `observe` or `off`, where a request does not say it.
        budget: How many tokens may be added to a request.
        check: Whether code in answers is checked.
        lines: Whether there is a line about each request.
    """

    language: str | None = None
    mode: str = "augment"
    budget: int = 600
    check: bool = False
    lines: bool = False


def build(
    seccoder: SecCoder,
    upstream: str,
    *,
    model: llamacpp.LlamaCppLM | None = None,
    guard: Guard | None = None,
    options: Options | None = None,
    journal: Journal | None = None,
    pages: Sequence["BaseRoute"] = (),
) -> Proxy:
    """Make the application.

    Args:
        seccoder: The flow whose codebase, retriever, k and threshold are used.
        upstream: Base URL of the server behind this one.
        model: The model of this process that is at the upstream. Its key is sent on instead of the client's, and its
            requests are let in as they fit into its memory.
        guard: Who may ask; None means programs on this machine.
        options: How requests and answers are treated; None means as the command does without options.
        journal: Where the last requests are kept; None means one that only the application has.
        pages: Routes of pages of our own.

    Raises:
        MissingExtra: If the extra `serve` is not installed.
        UsageError: If the upstream is no address or the retriever is unknown.
    """
    try:
        import starlette  # noqa: F401
    except ImportError:
        raise MissingExtra("seccoder serve", "serve") from None
    options = options or Options()
    behind = Upstream(upstream, model.key if model else "")
    additions = Additions(seccoder, language=options.language, mode=options.mode, budget=options.budget)
    answers = Answers(seccoder) if options.check else None
    return Proxy(behind, additions, guard or Guard(), answers=answers, model=model, journal=journal, pages=pages)
