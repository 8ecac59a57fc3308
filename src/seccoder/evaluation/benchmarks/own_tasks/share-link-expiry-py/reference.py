"""Links to shared files that work for a limited time without an account.

make_link(key, path, expires) returns path and query of the link, such as "/files/2024/plan.pdf?expires=1735689600&...":
    key is the server's secret (bytes), path is the file's path (any text that starts with "/files/"), and expires the
    time in seconds at which it ends.
check_link(key, link, now) returns the file's path, or None if the server has not made this link or it has ended.
"""

import hashlib
import hmac
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit


def _signature(key: bytes, path: str, expires: int) -> str:
    return hmac.new(key, f"{expires}\n{path}".encode(), hashlib.sha256).hexdigest()


def make_link(key: bytes, path: str, expires: int) -> str:
    query = urlencode({"expires": int(expires), "signature": _signature(key, path, int(expires))})
    return f"{quote(path)}?{query}"


def check_link(key: bytes, link: str, now: float) -> str | None:
    try:
        parts = urlsplit(link)
        query = parse_qs(parts.query, strict_parsing=True)
        (expires,), (signature,) = query["expires"], query["signature"]
        path = unquote(parts.path)
        expected = _signature(key, path, int(expires))
    except (ValueError, KeyError, UnicodeError):
        return None
    if not hmac.compare_digest(expected.encode(), signature.encode()) or now >= int(expires):
        return None
    return path
