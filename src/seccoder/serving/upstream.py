"""Passes requests on to the server behind, and its answers back: byte for byte, as long as they are wanted.

Path and query travel as they came. Nothing is kept from one request for another: no cookies, no redirects, no default
headers. The client's key goes to the server behind and nowhere else. Whoever leaves before the answer is complete stops
the server behind at once (`while_there`).

Not guaranteed: that a server behind which breaks off is told from one that has finished, if its answer has neither a
length nor chunks.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx2

from seccoder.errors import UsageError
from seccoder.serving.guard import is_loopback

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Headers = list[tuple[bytes, bytes]]

_CONNECT, _SILENCE = 10.0, 900.0  # seconds; a model may think for long before its first word
_LAST = 0.1  # seconds in which work that is as good as done may end
# These headers are about one connection (RFC 9110, section 7.6.1): they are not sent on.
HOP = {b"connection", b"keep-alive", b"te", b"trailer", b"transfer-encoding", b"upgrade", b"proxy-authorization"}
HOP |= {b"proxy-authenticate", b"proxy-connection", b"expect"}


class Upstream:
    """The server behind.

    Args:
        base: Its base URL, such as `https://api.openai.com/v1`.
        key: The key that is sent on instead of the client's key; "" sends on what the client sent.

    Raises:
        UsageError: If the base URL is no address.
    """

    def __init__(self, base: str, key: str = "") -> None:
        base = base.rstrip("/")
        try:
            parts = urlsplit(base)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise UsageError(f"{hidden(base)!r} is no address of a server; it should look like http://HOST/v1")
        self.shown = hidden(base)
        self._url = httpx2.URL(base)
        self._path = parts.path
        self._key = key
        near = is_loopback(str(parts.hostname))
        self._exact = near or parts.scheme == "https"  # a forward proxy needs the whole address as the target
        self._client = httpx2.AsyncClient(
            timeout=httpx2.Timeout(_SILENCE, connect=_CONNECT),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=100),
            trust_env=not near,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )
        self._timeout = self._client.timeout.as_dict()

    def target(self, path: bytes, query: bytes) -> bytes | None:
        """Return the path and query that a request has at the server behind, or None if it has none there.

        `/v1/...` is below the base URL. Everything else is beside it, which is known if the base URL ends in `/v1`.
        """
        base = self._path.encode()
        if path.startswith(b"/v1/"):
            path = base + path.removeprefix(b"/v1")
        elif base.endswith(b"/v1"):
            path = base.removesuffix(b"/v1") + path
        else:
            return None
        return path + (b"?" + query if query else b"")

    async def ask(self, method: str, target: bytes, headers: Headers, content: bytes) -> httpx2.Response:
        """Send a request and return the answer as soon as it begins. Whoever asks closes it.

        Raises:
            httpx2.HTTPError: If the server behind cannot be reached or does not answer.
        """
        ours = HOP | {b"host", b"content-length"}
        kept = [(name, value) for name, value in headers if name not in ours]
        if not any(name == b"accept-encoding" for name, _ in kept):  # do not let it choose one the client cannot read
            kept.append((b"accept-encoding", b"identity"))
        if self._key:
            kept = [(name, value) for name, value in kept if name not in (b"authorization", b"x-api-key")]
            kept.append((b"authorization", b"Bearer " + self._key.encode()))
        extensions: dict[str, Any] = {"timeout": self._timeout}
        url = self._url
        if self._exact:
            extensions["target"] = target
        else:
            url = url.copy_with(raw_path=target)
        body = content if content or method in ("POST", "PUT", "PATCH") else None
        request = httpx2.Request(method, url, headers=kept, content=body, extensions=extensions)
        return await self._client.send(request, stream=True)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()


def hidden(address: str) -> str:
    """Return an address without the user and the password in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def passed_back(response: httpx2.Response, added: Iterable[tuple[str, str]], *, whole: bool = True) -> Headers:
    """Return the headers of an answer as the client gets them, with ours after them.

    Args:
        response: The answer.
        added: Headers of ours.
        whole: Whether its body is passed on as it is, so that its length holds.
    """
    dropped = HOP if whole else HOP | {b"content-length"}
    kept = [(name.lower(), value) for name, value in response.headers.raw if name.lower() not in dropped]
    return kept + [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in added]


async def while_there(receive: Receive, work: Awaitable[None]) -> bool:
    """Do some work as long as the client is there; the work is stopped when the client leaves.

    Args:
        receive: Gives the messages of a client whose request is complete.
        work: What is to be done.

    Returns:
        Whether the work was finished.
    """

    async def left() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(left())
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({working}, timeout=_LAST)  # a complete answer ends with the same message as a client
    finally:
        done = working.done()
        for task in (working, leaving):
            task.cancel()
        await asyncio.wait({working, leaving})
    if not done:
        return False
    working.result()
    return True
