import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urlsplit

MAX_BYTES = 2_000_000


def fetch_feed(url: str) -> bytes:
    """Download a subscribed feed.

    Raises:
        ValueError: We do not fetch from there.
        OSError, http.client.HTTPException: The server did not answer with a feed of at most 2 MB.
    """
    parts = urlsplit(url)
    host = parts.hostname
    if parts.scheme != "https" or not host or parts.port not in (None, 443):
        raise ValueError(f"not the https address of a feed: {url!r}")
    addresses = [entry[4][0] for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    # We connect to the address that was checked, as a second DNS answer may differ, and http.client never redirects.
    if not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise ValueError(f"not a public server: {host}")
    tcp = socket.create_connection((addresses[0], 443), timeout=10)
    connection = http.client.HTTPSConnection(host)
    connection.sock = ssl.create_default_context().wrap_socket(tcp, server_hostname=host)
    try:
        connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        response = connection.getresponse()
        body = response.read(MAX_BYTES + 1)
    finally:
        connection.close()
    if response.status != 200 or len(body) > MAX_BYTES:
        raise OSError(f"no usable feed at {url}: status {response.status}")
    return body
