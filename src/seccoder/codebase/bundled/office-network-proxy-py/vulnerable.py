from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

Address = IPv4Address | IPv6Address


class OfficeOnly:
    """WSGI middleware: only visitors from the office networks reach the application."""

    def __init__(self, app: Callable[..., Iterable[bytes]], office: Iterable[str], proxies: Iterable[str]) -> None:
        self._app = app
        self._office = [ip_network(network) for network in office]
        self._proxies = [ip_network(network) for network in proxies]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            visitor = self._visitor(environ)
        except ValueError:
            visitor = None
        if visitor is not None and any(visitor in network for network in self._office):
            return self._app(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/plain")])
        return [b"Only from the office network.\n"]

    def _visitor(self, environ: dict[str, Any]) -> Address | None:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        hops = [*(forwarded.split(",") if forwarded else []), environ["REMOTE_ADDR"]]
        for hop in hops:
            address = ip_address(hop.strip())
            address = getattr(address, "ipv4_mapped", None) or address
            if not any(address in network for network in self._proxies):
                return address
        return None
