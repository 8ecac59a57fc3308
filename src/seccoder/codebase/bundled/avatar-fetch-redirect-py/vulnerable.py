from urllib.parse import urlsplit
from urllib.request import urlopen

SERVICES = {"avatars.example.org", "faces.example.net"}
TYPES = {"image/png", "image/jpeg"}
MAX_BYTES = 500_000


def fetch_avatar(url: str) -> tuple[str, bytes]:
    """Return type and content of an avatar.

    Raises:
        ValueError: It is not a picture at one of the avatar services.
        OSError: The service did not send it.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.netloc not in SERVICES:
        raise ValueError(f"not an avatar service: {url!r}")
    with urlopen(url, timeout=5) as response:
        kind, content = response.headers.get_content_type(), response.read(MAX_BYTES + 1)
    if kind not in TYPES or len(content) > MAX_BYTES:
        raise ValueError("not a small picture")
    return kind, content
