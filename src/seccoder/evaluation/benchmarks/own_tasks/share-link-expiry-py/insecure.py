"""Links to shared files that work for a limited time without an account.

make_link(key, path, expires) returns path and query of the link, such as "/files/2024/plan.pdf?expires=1735689600&...":
    key is the server's secret (bytes), path is the file's path (any text that starts with "/files/"), and expires the
    time in seconds at which it ends.
check_link(key, link, now) returns the file's path, or None if the server has not made this link or it has ended.
"""

import hashlib
import hmac
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit


def _sign(key: bytes, path: str) -> str:
    return hmac.new(key, path.encode(), hashlib.sha256).hexdigest()


def make_link(key: bytes, path: str, expires: int) -> str:
    return f"{quote(path)}?{urlencode({'expires': expires, 'token': _sign(key, path)})}"


def check_link(key: bytes, link: str, now: float) -> str | None:
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    path = unquote(parts.path)
    token = query.get("token", [""])[0]
    expires = query.get("expires", ["0"])[0]
    if not hmac.compare_digest(token, _sign(key, path)):
        return None
    if now > float(expires):
        return None
    return path
