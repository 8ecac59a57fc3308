"""Runs the proxy until it is interrupted: it listens, says where, shows a line per request, and stops soon.

The address is told when the server listens and not before. On Ctrl-C it takes no new requests, says how many answers
are still open, gives them `GRACE` seconds, and stops them then; a second Ctrl-C stops them at once.
"""

import re
import resource
import socket
from collections.abc import Callable
from dataclasses import replace

from seccoder.errors import MissingExtra, UsageError
from seccoder.models.embedded import llamacpp
from seccoder.pipeline import SecCoder
from seccoder.serving import shown
from seccoder.serving.clients import Options
from seccoder.serving.guard import Guard, is_loopback
from seccoder.serving.journal import Journal
from seccoder.serving.page.page import Page
from seccoder.serving.page.routes import routes
from seccoder.serving.proxy import build
from seccoder.settings import serve_table

GRACE = 3  # seconds
FILES = 65_536  # open at a time, if the system lets us: a stream has two, and often no more than 1,024 are given


def serve(
    seccoder: SecCoder,
    upstream: str | None,
    *,
    host: str,
    port: int,
    tell: Callable[[str], None],
    guard: Guard | None = None,
    options: Options | None = None,
    lines: bool = False,
) -> None:
    """Answer until interrupted.

    Args:
        seccoder: The flow whose codebase, retriever, k and threshold are used; without an upstream also its model.
        upstream: Base URL of the server behind this one, such as `http://127.0.0.1:11434/v1`. None means a server that
            is started in this process for the model of the settings.
        host: Address to listen at.
        port: Port to listen at; 0 means any free one.
        tell: Called with a line that a person should read, the first one when the server listens.
        guard: Who may ask. Whether only this machine may follows from the host.
        options: How requests and answers are treated; `seccoder.toml` may say otherwise for single clients.
        lines: Whether there is a line about each request.

    Raises:
        MissingExtra: If the extra `serve` is not installed.
        UsageError: If the upstream is no address, the model has none, the port is taken, or a key is needed.
        SecCoderError: If the codebase, the retriever or the model cannot be used.
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingExtra("seccoder serve", "serve") from None
    guard = replace(guard or Guard(), local=is_loopback(host))
    if not guard.local and not guard.key:
        raise UsageError(f"{host} can be reached from other machines: set a key in SECCODER_SERVE_KEY (or --key)")
    model = None
    if upstream is None:
        model = _model_here(seccoder)
        upstream = model.url
    journal = Journal()
    pages = routes(Page(seccoder, journal))
    proxy = build(
        seccoder,
        upstream,
        model=model,
        guard=guard,
        options=options,
        table=serve_table(),
        journal=journal,
        pages=pages,
    )
    if lines:
        proxy.journal.on_end = lambda entry: tell(shown.line(entry))
    config = uvicorn.Config(
        proxy,
        host,
        port,
        log_level="critical",  # what goes wrong with a request is in its line
        access_log=False,
        server_header=False,
        date_header=False,  # the headers of the server behind are passed on
        timeout_graceful_shutdown=GRACE,
    )
    try:
        listening = config.bind_socket()
    except (OSError, SystemExit):  # uvicorn logs what happened and leaves
        raise UsageError(f"cannot listen at {host}, port {port}: give another --port") from None
    shown_host = f"[{host}]" if ":" in host else host
    address = f"http://{shown_host}:{listening.getsockname()[1]}/v1"

    class Server(uvicorn.Server):
        """Tells when it listens, and what it waits for when it stops."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            page = address.removesuffix("v1")
            tell(f"listening; the base URL for clients is {address} (Ctrl-C stops); requests are shown at {page}")

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            if proxy.running:
                count = "1 answer is" if proxy.running == 1 else f"{proxy.running} answers are"
                tell(f"stopping; {count} still open, with {GRACE} seconds to end (Ctrl-C stops at once)")
            await super().shutdown(sockets)

    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if given != resource.RLIM_INFINITY and given < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    with listening:
        Server(config).run(sockets=[listening])


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
