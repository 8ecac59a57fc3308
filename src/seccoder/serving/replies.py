"""Sends answers and errors of our own to a client, in the messages of ASGI."""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from seccoder.serving.upstream import Headers, Message

Send = Callable[[Message], Awaitable[None]]


async def start(send: Send, status: int, headers: Headers) -> None:
    """Begin an answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def answer(send: Send, status: int, headers: Sequence[tuple[str, str]], body: bytes) -> None:
    """Send a whole answer."""
    raw = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers]
    await start(send, status, [*raw, (b"content-length", str(len(body)).encode())] if body else raw)
    await send({"type": "http.response.body", "body": body})


def error(status: int, message: str) -> dict[str, Any]:
    """Return an error in the form that clients of OpenAI's and of Anthropic's API show."""
    told = {"message": f"seccoder: {message}", "type": "seccoder_error", "code": status}
    return {"type": "error", "error": told}


async def refuse(send: Send, status: int, message: str, extra: Sequence[tuple[str, str]] = ()) -> None:
    """Answer with an error."""
    body = json.dumps(error(status, message)).encode()
    await answer(send, status, [("content-type", "application/json"), *extra], body)
