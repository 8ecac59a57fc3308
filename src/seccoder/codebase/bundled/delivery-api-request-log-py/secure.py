import logging
from urllib.parse import parse_qsl, urlencode, urlsplit

log = logging.getLogger("delivery")
_SECRET = {"authorization", "cookie", "set-cookie", "x-api-key", "api_key", "token", "password"}


def _shown(pairs):
    # Logs are copied, shipped and read by many: what opens the account does not belong there.
    return [(name, "..." if name.lower() in _SECRET else value) for name, value in pairs]


def log_request(method: str, url: str, headers: dict[str, str]) -> None:
    """Note a request."""
    parts = urlsplit(url)
    query = urlencode(_shown(parse_qsl(parts.query)), safe=".")
    place = parts._replace(query=query, netloc=parts.netloc.rpartition("@")[2]).geturl()
    log.info("%s %s %r", method, place, dict(_shown(headers.items())))
