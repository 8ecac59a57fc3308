"""Serves programs that speak to a model: it puts secure examples into their requests and passes them on.

It answers with the answers of the server behind it, byte for byte and as they come, so any client that can be given a
base URL works without a change. On the way, requests in a dialect that it knows get examples (`additions`). The header
`x-seccoder-demonstrations` of the answer names them, or `x-seccoder-none` says why there are none. `/health` and
`/metrics` are its own, and so are the pages that are handed to `build`.

Requests are untrusted. They are limited in size, a web page cannot use the server (`guard`), and `..` does not leave
the part of the server behind that is passed on: `/v1/...`, and Ollama's and llama.cpp's own paths beside it.

Not guaranteed: that a client reads the example as it is meant, or that code in an answer is secure. With `--check` it
is checked (`answers`), and with `--repair` asked for once more (`repairs`). How a request is treated may depend on who
sends it (`clients`).
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from seccoder.errors import MissingExtra, UsageError
from seccoder.models.embedded import llamacpp
from seccoder.models.embedded.room import Need
from seccoder.pipeline import SecCoder
from seccoder.serving import clients, shown
from seccoder.serving.additions import Additions
from seccoder.serving.answers import Answers, told
from seccoder.serving.clients import Client, Options
from seccoder.serving.exchange import BrokenOff, Exchange
from seccoder.serving.guard import Guard
from seccoder.serving.journal import Entry, Journal
from seccoder.serving.replies import Send, answer, error, refuse
from seccoder.serving.upstream import Headers, Message, Receive, Upstream, while_there

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

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
        options: How requests are treated unless a client has settings of its own.
        upstream: The server behind.

    Args:
        upstream: The server behind.
        treated: Clients, the last of which sends everything, each with what is added to its requests.
        guard: Who may ask.
        answers: Checks answers; None if that is never asked for.
        model: The model of this process that is the server behind.
        journal: Where the last requests are kept.
        pages: Routes of pages of our own.
    """

    def __init__(
        self,
        upstream: Upstream,
        treated: Sequence[tuple[Client, Additions]],
        guard: Guard,
        *,
        answers: Answers | None = None,
        model: llamacpp.LlamaCppLM | None = None,
        journal: Journal | None = None,
        pages: Sequence["BaseRoute"] = (),
    ) -> None:
        from starlette.applications import Starlette
        from starlette.routing import Route

        self.upstream, self.journal, self.options = upstream, journal or Journal(), treated[-1][0].options
        self._treated, self._guard, self._answers, self._running = treated, guard, answers, 0
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
            await refuse(send, *refused)
        elif scope["method"] == "OPTIONS" and pages:
            await answer(send, 204, pages, b"")
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
            await refuse(send_and_note, 500, entry.trouble)
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
            await refuse(send, 413, f"a request may have {MAX_BODY:,} bytes")
            return
        client, additions = next(each for each in self._treated if each[0].sends(headers, entry.path))
        entry.settings = client.name
        switch = headers.get("x-seccoder", "")
        if len(body) > LARGE:
            content, added = await asyncio.to_thread(additions.add, entry, switch, body)
        else:
            content, added = additions.add(entry, switch, body)
        target = self.upstream.target(scope["raw_path"].partition(b"?")[0], scope["query_string"])
        if target is None:
            why = f"{self.upstream.shown} does not end in /v1, so it is not known where {entry.path} is behind it"
            await refuse(send, 404, why)
            return
        passed = self._passed(scope["headers"], headers, client.options)
        ours = [*added.items(), *pages]
        behind = self.upstream, self._answers, self._let_in
        exchange = Exchange(*behind, entry, client.options, target, passed, content, ours, send)
        there = await while_there(receive, exchange.relay(scope["method"]))
        if exchange.complete and exchange.kept:
            entry.verdicts = told(await exchange.verdicts())
        elif not there:
            raise Left

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

    def _passed(self, raw: Headers, headers: Mapping[str, str], options: Options) -> Headers:
        """Return the headers that go on: all but ours, and but the one that held our key."""
        ours = {b"x-seccoder", b"x-seccoder-key"}
        if (name := self._guard.key_header(headers)) is not None:
            ours.add(name.encode())
        if options.check:  # what is checked must not be compressed
            ours.add(b"accept-encoding")
        return [(name, value) for name, value in raw if name not in ours]

    async def _health(self, request: "Request") -> "Response":
        from starlette.responses import JSONResponse

        from seccoder import __version__

        kept = {"status": "ok", "version": __version__, "upstream": self.upstream.shown, "mode": self.options.mode}
        return JSONResponse({**kept, "running": self._running})

    async def _metrics(self, request: "Request") -> "Response":
        from starlette.responses import PlainTextResponse

        return PlainTextResponse(shown.metrics(self.journal, self._running), media_type="text/plain; version=0.0.4")

    async def _nothing(self, request: "Request", missing: Exception) -> "Response":
        from starlette.responses import JSONResponse

        why = f"there is no {request.url.path[:100]}; the base URL for clients ends in /v1"
        return JSONResponse(error(404, why), 404)


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


def build(
    seccoder: SecCoder,
    upstream: str,
    *,
    model: llamacpp.LlamaCppLM | None = None,
    guard: Guard | None = None,
    options: Options | None = None,
    table: Any = None,
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
        table: What `seccoder.toml` says about single clients (`seccoder.serving.clients`).
        journal: Where the last requests are kept; None means one that only the application has.
        pages: Routes of pages of our own.

    Raises:
        MissingExtra: If the extra `serve` is not installed.
        UsageError: If the upstream is no address, a retriever is unknown, or something in the table is wrong.
    """
    try:
        import starlette  # noqa: F401
    except ImportError:
        raise MissingExtra("seccoder serve", "serve") from None
    options = options or Options()
    behind = Upstream(upstream, model.key if model else "")
    treated = [
        (client, _additions(seccoder, client)) for client in [*clients.read(table, options), Client("", options)]
    ]
    answers = Answers(seccoder) if any(client.options.check for client, _ in treated) else None
    return Proxy(behind, treated, guard or Guard(), answers=answers, model=model, journal=journal, pages=pages)


def _additions(seccoder: SecCoder, client: Client) -> Additions:
    options = client.options
    try:
        return Additions(
            seccoder, language=options.language, mode=options.mode, budget=options.budget, retriever=options.retriever
        )
    except UsageError as error:
        if not client.name:
            raise
        raise UsageError(f"seccoder.toml: [serve.clients.{client.name}]: {error}") from None
