import logging

log = logging.getLogger("delivery")


def log_request(method: str, url: str, headers: dict[str, str]) -> None:
    """Note a request."""
    log.info("%s %s %r", method, url, headers)
