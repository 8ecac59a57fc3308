"""Decides who may ask the server: programs on this machine, or whoever has the key.

A web page must not use the server, although a browser on this machine can reach it. A request whose Host is no
loopback name is refused (also what DNS rebinding sends), and one whose Origin is a page from elsewhere. A browser sends
no Origin for a picture or a link, but it says where the request comes from (`Sec-Fetch-Site`), so what another site
caused is refused as well. Editors have origins of their own schemes and are let in. For other machines there is a key,
and nothing else counts.

Not guaranteed: protection from other users of this machine, who can reach a loopback port, unless there is a key.
"""

import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

KEY_HEADERS = ("x-seccoder-key", "authorization", "x-api-key")


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may ask.

    Attributes:
        local: Whether only programs on this machine may, which is told by names; otherwise the key counts.
        key: What every request must bring; "" asks for none.
        hosts: Names beside the loopback ones that a request may use for this machine.
        cors: Whether pages of this machine may read the answers.
    """

    local: bool = True
    key: str = ""
    hosts: tuple[str, ...] = ()
    cors: bool = False

    def refuses(self, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Return the status and the reason of a refusal, or None.

        Args:
            headers: Of the request, with names in lower case.
        """
        if self.key and self.key_header(headers) is None:
            return 401, "this server needs its key, in x-seccoder-key or in place of the client's own key"
        if not self.local:
            return None
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if not is_loopback(host) and host not in self.hosts:
            return 403, (
                f"this server answers programs on its own machine only, not web pages; {host[:100]!r} is no name of "
                f"this machine. If it is one, as in a container, start with --allow-host {host[:100]}"
            )
        origin = headers.get("origin")
        if origin is None:
            if headers.get("sec-fetch-site") == "cross-site":
                return 403, "this server answers programs on its own machine only, not web pages"
        elif origin == "null" or not self.knows_origin(origin):  # "null" is a sandboxed frame or a file: any page
            return 403, "this server answers programs on its own machine only, not web pages"
        return None

    def knows_origin(self, origin: str) -> bool:
        """Tell whether an Origin is a page of this machine or an editor's own scheme."""
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https"):
            return True
        return is_loopback(parts.hostname or "") or (parts.hostname or "") in self.hosts

    def key_header(self, headers: Mapping[str, str]) -> str | None:
        """Return the name of the header that holds the right key, or None."""
        for name in KEY_HEADERS:
            given = headers.get(name, "").removeprefix("Bearer ")
            if self.key and hmac.compare_digest(given.encode(), self.key.encode()):
                return name
        return None

    def for_pages(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return the headers with which a browser lets a page of this machine read an answer; none unless asked for."""
        origin = headers.get("origin", "")
        if not self.cors or not origin or origin == "null" or not self.knows_origin(origin):
            return {}
        asked = headers.get("access-control-request-headers", "*")
        return {
            "access-control-allow-origin": origin,
            "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
            "access-control-allow-headers": asked,
            "access-control-expose-headers": "*",
            "vary": "Origin",
        }


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
