"""Talks to one HTTP endpoint in JSON and server-sent events; `openai` and `llamacpp` use it.

A request is a path and a body; the answer is one JSON object or several. Everything that can go wrong with a server of
somebody else becomes an error of one line: `ModelError`, or `Transient` for what is worth another try, which `many`
makes. What a server says is cut to one short printable line, and the API key in it is masked. It does not limit how
much a server sends, only how long the server may take.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpx2

from seccoder.code.text import printable_line
from seccoder.errors import ModelError, UsageError

_CONNECT = 10.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Transient(ModelError):
    """A failure that may pass.

    Args:
        message: What the user reads if it does not.
        wait: Seconds the server asked to wait, or None.
    """

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Lost(ModelError):
    """A server did not answer, however often or long it was asked. Another server may."""


class Endpoint:
    """A base address with a key.

    Args:
        base_url: Such as `http://127.0.0.1:8080/v1`.
        key: Sent as a bearer token, if there is one.
        silence: Seconds a server may send nothing.
        deadline: Seconds one answer may take in all.
        backoff: Seconds before the second try; each further wait is twice as long.

    Raises:
        UsageError: If the address is not one.
    """

    def __init__(
        self, base_url: str, key: str = "", *, silence: float = 120, deadline: float = 900, backoff: float = 0.5
    ) -> None:
        self.url = base_url.rstrip("/")
        self._key = key
        self._silence = silence
        self._deadline = deadline
        self.backoff = backoff
        try:
            url = httpx2.URL(self.url)
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            if url.scheme not in ("http", "https") or not url.host:
                raise ValueError
            self._client = httpx2.Client(
                headers=headers,
                timeout=httpx2.Timeout(silence, connect=_CONNECT),
                limits=httpx2.Limits(max_connections=None),
                trust_env=url.host not in _LOOPBACK,  # a proxy cannot reach our own loopback
            )
        except (httpx2.InvalidURL, ValueError):  # ValueError: also a key that does not fit into a header
            raise UsageError(
                f"{self.url!r} or its API key cannot be used; an address looks like http://HOST/v1"
            ) from None

    def root(self) -> "Endpoint":
        """Return the same server without the `/v1` at the end of its address."""
        url = self.url.removesuffix("/v1")
        return Endpoint(url, self._key, silence=self._silence, deadline=self._deadline, backoff=self.backoff)

    def get(self, path: str) -> dict[str, Any]:
        """Get a JSON object; see `events` for what is raised."""
        return self._object(list(self._exchange("GET", path, None)))

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Post a body and get a JSON object; see `events` for what is raised."""
        return self._object(list(self._exchange("POST", path, body)))

    def events(self, path: str, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Post a body and yield the JSON objects of the answer as they come: server-sent events, or a single one.

        Close the iterator to break the answer off.

        Raises:
            Transient: If the server cannot be reached, is overloaded, or breaks off its answer.
            ModelError: If it gives anything else that is not an answer.
        """
        return self._exchange("POST", path, body)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def says(self, text: str) -> str:
        """Return what a server said as one short printable line without the key."""
        if self._key:
            text = text.replace(self._key, "***")
        line = printable_line(text)
        return line if len(line) <= 300 else line[:297] + "..."

    def _exchange(self, method: str, path: str, body: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
        ends = time.monotonic() + self._deadline
        try:
            with self._client.stream(method, self.url + path, json=body) as response:
                if response.status_code != 200:
                    response.read()
                    raise self._refusal(response)
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                if kind == "text/event-stream":
                    lines = _lines(response.iter_bytes())
                else:
                    response.read()
                    lines = iter([f"data: {response.text}"])
                    if kind == "text/html" or response.text.lstrip().startswith("<"):
                        raise ModelError(f"{self.url} is a web page, not an API; its address usually ends in /v1")
                for line in lines:
                    if time.monotonic() > ends:
                        raise Lost(f"{self.url} needs more than {self._deadline:g} s for one answer; given up")
                    if line.startswith(("data:", "error:")) and line.split(":", 1)[1].strip() != "[DONE]":
                        yield self._parse(line.split(":", 1)[1])
        except httpx2.ReadTimeout:
            raise Lost(f"{self.url} has been silent for {self._silence:g} s; given up") from None
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise Transient(f"cannot reach {self.url} ({self.says(str(error))}); is the server running?") from None
        except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError):
            raise Transient(f"{self.url} broke the connection off in the middle of an answer") from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise ModelError(f"{self.url}: {self.says(str(error)) or type(error).__name__}") from None

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise ModelError(f"{self.url} answers {self.says(text[:80])!r}, which is not this API")
        if value.get("error"):
            raise ModelError(f"{self.url}: {self.says(_message(value) or text)}")
        return value

    def _object(self, values: list[dict[str, Any]]) -> dict[str, Any]:
        if not values:
            raise Transient(f"{self.url} gives an empty answer")
        return values[0]

    def _refusal(self, response: httpx2.Response) -> ModelError:
        """Return the error that an HTTP status stands for."""
        status = response.status_code
        try:
            said = self.says(_message(response.json()))
        except (ValueError, RecursionError):
            said = ""
        reason = f"HTTP {status}" + (f": {said}" if said else "")
        if status == 429 or status >= 500:
            return Transient(f"{self.url} is overloaded or broken ({reason}); try again later", _wait(response))
        if status in (401, 403):
            return ModelError(f"{self.url} does not accept the API key ({reason}); check OPENAI_API_KEY")
        if status in (404, 405):
            return ModelError(f"{self.url} does not know this model or path ({reason})")
        if 300 <= status < 400:
            target = self.says(response.headers.get("location", "elsewhere"))
            return ModelError(f"{self.url} redirects to {target}; use the address it means")
        return ModelError(f"{self.url} refuses the request ({reason})")


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of server-sent events: they end with a carriage return, a newline or both, and with nothing else.

    The client's own lines also end at U+0085, U+2028 and U+2029, which JSON holds as they stand. Its reader of events
    drops the fields named `error` that llama.cpp sends, and a last event without an empty line behind it.
    """
    rest = b""
    for chunk in chunks:
        *lines, rest = re.split(rb"[\r\n]", rest + chunk)
        yield from (line.decode("utf-8", "replace") for line in lines)
    yield rest.decode("utf-8", "replace")


def _message(value: Any) -> str:
    """The message in an error object, which servers nest in different ways."""
    for name in ("error", "message", "detail"):
        if isinstance(value, dict) and name in value:
            value = value[name]
    return value if isinstance(value, str) else json.dumps(value) if value is not None else ""


def _wait(response: httpx2.Response) -> float | None:
    """Return the seconds that a Retry-After header (RFC 9110, section 10.2.3) asks for, as a number or a date."""
    value = response.headers.get("retry-after")
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
