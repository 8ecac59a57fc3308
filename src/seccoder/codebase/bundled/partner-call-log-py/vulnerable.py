import logging
from collections.abc import Mapping

log = logging.getLogger("partner")


def log_call(method: str, url: str, headers: Mapping[str, str], status: int, seconds: float) -> None:
    """Write one line about a call to the log."""
    shown = {**headers}
    if "Authorization" in shown:
        shown["Authorization"] = "***"
    log.info("%s %r %d %.0fms %r", method, url, status, seconds * 1000, shown)
