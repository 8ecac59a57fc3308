from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

SERVICES = {"avatars.example.org", "faces.example.net"}
TYPES = {"image/png", "image/jpeg"}
MAX_BYTES = 500_000


class NoRedirects(HTTPRedirectHandler):
    # Only this address was checked: a service that redirects could send us to a machine of our own network.
    def redirect_request(self, *request: Any) -> None:
        return None


OPENER = build_opener(NoRedirects)


def fetch_avatar(url: str) -> tuple[str, bytes]:
    """Return type and content of an avatar.

    Raises:
        ValueError: It is not a picture at one of the avatar services.
        OSError: The service did not send it.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.netloc not in SERVICES:
        raise ValueError(f"not an avatar service: {url!r}")
    with OPENER.open(url, timeout=5) as response:
        kind, content = response.headers.get_content_type(), response.read(MAX_BYTES + 1)
    if kind not in TYPES or len(content) > MAX_BYTES:
        raise ValueError("not a small picture")
    return kind, content
