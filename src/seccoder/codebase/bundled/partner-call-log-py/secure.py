import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

log = logging.getLogger("partner")
LOGGED_HEADERS = {"x-request-id", "user-agent", "accept", "content-type"}


def log_call(method: str, url: str, headers: Mapping[str, str], status: int, seconds: float) -> None:
    """Write one line about a call to the log."""
    parts = urlsplit(url)
    # Keys hide in headers, in the query and before the host's @, under any name: only what is known to be harmless.
    address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    shown = {name: value for name, value in headers.items() if name.lower() in LOGGED_HEADERS}
    log.info("%s %r %d %.0fms %r", method, address, status, seconds * 1000, shown)
