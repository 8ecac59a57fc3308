# secure: the scheme and the host must be known ones, redirections are not followed
from urllib.parse import urlsplit

import httpx

HOSTS = frozenset({"photos.example.org", "static.example.org"})


def download(address: str) -> bytes:
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname not in HOSTS or parts.port not in (None, 443):
        raise ValueError(f"not one of ours: {address!r}")
    return httpx.get(address, timeout=4).content
