import urllib.request
from urllib.parse import urlsplit

MAX_BYTES = 2_000_000
INTERNAL_HOSTS = {"localhost", "127.0.0.1", "0.0.0.0", "::1", "169.254.169.254"}


def fetch_feed(url: str) -> bytes:
    """Download a subscribed feed.

    Raises:
        ValueError: We do not fetch from there.
        OSError, http.client.HTTPException: The server did not answer with a feed of at most 2 MB.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"not the https address of a feed: {url!r}")
    if parts.hostname in INTERNAL_HOSTS:
        raise ValueError(f"not a public server: {parts.hostname}")
    with urllib.request.urlopen(url, timeout=10) as response:
        body = response.read(MAX_BYTES + 1)
    if response.status != 200 or len(body) > MAX_BYTES:
        raise OSError(f"no usable feed at {url}: status {response.status}")
    return body
