"""Serves OpenAI clients: it puts secure examples into their requests and passes them on to another server.

It answers requests to `/v1/...` with the answers of the server behind it, byte for byte and as they come, so any client
that can be given a base URL works without a change. On the way, `/v1/chat/completions` and `/v1/completions` get
demonstrations (`seccoder.serving.rewrite`). The header `x-seccoder-demonstrations` of the answer names them, or
`x-seccoder-none` says why there are none. Nothing is checked or repaired here, because what a stream says is with the
client before it could be run. `seccoder mcp` and `check` do that.

Requests are untrusted. They are limited in size. The client's own key goes to the server behind and nowhere else, and
no key of ours is added but that of a model in this process. A web page cannot use the server: requests whose Host or
Origin is no loopback name are refused (also what DNS rebinding sends), unless it listens for other machines.

Not guaranteed: protection from other users of this machine, who can reach a loopback port.
"""

import ipaddress
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from seccoder.errors import MissingExtra, SecCoderError, UsageError
from seccoder.models.embedded import llamacpp
from seccoder.pipeline import SecCoder
from seccoder.serving import rewrite
from seccoder.serving.admission import Room
from seccoder.types import Hit, Query

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

MAX_BODY = 64_000_000  # bytes; conversations hold images
_CONNECT, _SILENCE = 10.0, 900.0  # seconds; a model may think for long before its first word
_REWRITES = {"chat/completions": rewrite.chat, "completions": rewrite.completion}
# These headers are about one connection (RFC 9110, section 7.6.1) or no longer true for the body: they are not sent on.
_HOP = {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy-authorization"}
_HOP |= {"proxy-authenticate", "proxy-connection", "host", "content-length"}


def serve(
    seccoder: SecCoder,
    upstream: str | None,
    *,
    host: str,
    port: int,
    language: str | None,
    ready: Callable[[str], None],
) -> None:
    """Answer until interrupted.

    Args:
        seccoder: The flow whose codebase, retriever, k and threshold are used; without an upstream also its model.
        upstream: Base URL of the server behind this one, such as `http://127.0.0.1:11434/v1`. None means a server that
            is started in this process for the model of the settings.
        host: Address to listen at.
        port: Port to listen at; 0 means any free one.
        language: Canonical name of the language of all requests; None means the one that each request names.
        ready: Called with this server's base URL once it listens.

    Raises:
        MissingExtra: If the extra `serve` is not installed.
        UsageError: If the upstream is no address, the model has none, or the port is taken.
        SecCoderError: If the codebase, the retriever or the model cannot be used.
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingExtra("seccoder serve", "serve") from None
    model = None
    if upstream is None:
        model = _model_here(seccoder)
        upstream = model.url
    app = build(seccoder, upstream, model=model, language=language, local=_is_loopback(host))
    config = uvicorn.Config(
        app, host, port, log_level="warning", access_log=False, server_header=False, date_header=False
    )  # the headers of the server behind are passed on
    server = uvicorn.Server(config)
    try:
        listening = config.bind_socket()
    except (OSError, SystemExit):  # uvicorn logs what happened and leaves
        raise UsageError(f"cannot listen at {host}, port {port}: give another --port") from None
    with listening:
        listening.listen(config.backlog)  # whoever is told the address may use it at once, and waits until we answer
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listening.getsockname()[1]}/v1")
        server.run(sockets=[listening])


def build(
    seccoder: SecCoder,
    upstream: str,
    *,
    model: llamacpp.LlamaCppLM | None = None,
    language: str | None = None,
    local: bool = True,
) -> "Starlette":
    """Make the application.

    Args:
        seccoder: The flow whose codebase, retriever, k and threshold are used.
        upstream: Base URL of the server behind this one.
        model: The model of this process that is at the upstream. Its key is sent on instead of the client's, and its
            requests are let in as they fit into its memory.
        language: Canonical name of the language; None means the one that each request names.
        local: Whether requests that a web page could have sent are refused.

    Raises:
        MissingExtra: If the extra `serve` is not installed.
        UsageError: If the upstream is no address or the retriever is unknown.
    """
    try:
        from starlette.applications import Starlette
        from starlette.routing import Route
    except ImportError:
        raise MissingExtra("seccoder serve", "serve") from None
    upstream = upstream.rstrip("/")
    parts = urlsplit(upstream)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{upstream!r} is no address of a server; it should look like http://HOST/v1")

    def find(query: Query) -> tuple[Sequence[Hit], float]:
        return seccoder.retrieve(query), seccoder.threshold()

    find(Query("", "python", "warm up"))  # indices are made now, not while the first client waits
    client = httpx2.AsyncClient(
        timeout=httpx2.Timeout(_SILENCE, connect=_CONNECT),
        limits=httpx2.Limits(max_connections=None),
        trust_env=not _is_loopback(parts.hostname),
    )

    add = partial(_add_demonstrations, find=find, language=language)
    behind = _Behind(client, upstream, model, Room(llamacpp.CELLS) if model else None)

    async def answer(request: "Request") -> "Response | _Answer":
        return await _answer(request, behind, add, local)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await client.aclose()

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return Starlette(routes=[Route("/v1/{path:path}", answer, methods=methods)], lifespan=lifespan)


@dataclass(frozen=True, slots=True)
class _Behind:
    """The server behind this one; with its memory, if it is a model of this process."""

    client: httpx2.AsyncClient
    upstream: str
    model: llamacpp.LlamaCppLM | None
    room: Room | None

    async def enter(self, path: str, content: bytes) -> int:
        """Wait until there is room for a request, and return what it takes."""
        from starlette.concurrency import run_in_threadpool

        if self.model is None or self.room is None or path not in _REWRITES:
            return 0
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            body = None
        tokens = await run_in_threadpool(self.model.needs, body) if isinstance(body, dict) else 0
        return await self.room.enter(tokens)

    def leave(self, taken: int) -> None:
        """Give back what a request took."""
        if self.room is not None:
            self.room.leave(taken)


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer that ends with the request behind it, also if nobody listens any more."""

    response: "Response"
    behind: _Behind
    taken: int
    asked: httpx2.Response

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await self.response(scope, receive, send)
        finally:
            try:
                await self.asked.aclose()
            finally:
                self.behind.leave(self.taken)


async def _answer(
    request: "Request",
    behind: _Behind,
    rewrite_body: Callable[[str, bytes], tuple[bytes, dict[str, str]]],
    local: bool,
) -> "Response | _Answer":
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import StreamingResponse

    if local and not _from_here(request.headers):
        return _refusal(403, "this server answers programs on its own machine only, not web pages")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            return _refusal(413, f"a request may have {MAX_BODY:,} bytes")
    content = bytes(body)
    added: dict[str, str] = {}
    path = request.path_params["path"]
    if request.method == "POST" and path in _REWRITES:
        content, added = await run_in_threadpool(rewrite_body, path, content)
    headers = [(name, value) for name, value in request.headers.items() if name not in _HOP]
    if (
        "accept-encoding" not in request.headers
    ):  # otherwise our HTTP client would ask for an encoding that this client may not read
        headers.append(("accept-encoding", "identity"))
    if behind.model is not None:
        headers = [(name, value) for name, value in headers if name != "authorization"]
        headers.append(("authorization", f"Bearer {behind.model.key}"))
    taken = await behind.enter(path, content)
    if taken and await request.is_disconnected():  # while it waited
        behind.leave(taken)
        return _refusal(499, "nobody waits for this answer")
    try:
        asked = behind.client.build_request(
            request.method, f"{behind.upstream}/{path}", params=request.query_params, headers=headers, content=content
        )
        response = await behind.client.send(asked, stream=True)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        behind.leave(taken)
        what = " ".join(str(error).split())[:200] or type(error).__name__
        return _refusal(502, f"cannot reach the server behind this one, {behind.upstream} ({what})")
    except BaseException:
        behind.leave(taken)
        raise
    # The raw bytes are passed on as they come, so what the server compressed stays compressed.
    answered = StreamingResponse(response.aiter_raw(), response.status_code)
    kept = [(name, value) for name, value in response.headers.multi_items() if name.lower() not in _HOP]
    answered.raw_headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in kept]
    answered.headers.update(added)
    return _Answer(answered, behind, taken, response)


def _add_demonstrations(
    path: str, content: bytes, *, find: rewrite.Find, language: str | None
) -> tuple[bytes, dict[str, str]]:
    """Return the body with demonstrations and the headers that name them. An unreadable body is returned as it is."""
    try:
        body = json.loads(content)
        if not isinstance(body, dict):
            raise ValueError
    except (ValueError, RecursionError):
        return content, {"x-seccoder-none": "the request is no JSON object"}
    try:
        done = _REWRITES[path](body, find, language)
    except SecCoderError as error:
        return content, {"x-seccoder-none": _header(str(error))}
    if not done.shown:
        return content, {"x-seccoder-none": _header(done.why_none)}
    ids = ", ".join(hit.demonstration.id for hit in done.shown)
    return json.dumps(done.body).encode(), {"x-seccoder-demonstrations": ids}


def _header(text: str) -> str:
    """Make a text fit to be a header's value."""
    return "".join(character if " " <= character <= "~" else "?" for character in text)[:300]


def _refusal(status: int, message: str) -> "Response":
    """Make an error in the form that clients of this API show."""
    from starlette.responses import JSONResponse

    return JSONResponse(
        {"error": {"message": f"seccoder: {message}", "type": "seccoder_error", "code": status}}, status
    )


def _from_here(headers: Mapping[str, str]) -> bool:
    """Tell whether Host and, if there is one, Origin name this machine. Editors have origins of their own schemes."""
    origin = urlsplit(headers.get("origin", ""))
    if origin.scheme in ("http", "https") and not _is_loopback(origin.hostname or ""):
        return False
    if headers.get("origin") == "null":  # a sandboxed frame or a file: could be any page
        return False
    return _is_loopback(urlsplit(f"//{headers.get('host', '')}").hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _model_here(seccoder: SecCoder) -> llamacpp.LlamaCppLM:
    """Start the model of the settings behind a port of its own.

    Raises:
        UsageError: If the model is none that is served in this process.
        SecCoderError: If it cannot be started.
    """
    model = seccoder.settings.model
    if re.split("[:?]", model)[0] not in ("embedded", "gguf"):
        raise UsageError(f"{model} has no server here; name the one it has with --upstream http://HOST/v1")
    return seccoder.lm  # type: ignore[return-value]  # the models with these names are of this class
