from typing import Any

import httpx

MAX_HOPS = 3


def fetch_station(client: httpx.Client, address: str, token: str) -> Any:
    """The station's JSON."""
    url = first = httpx.URL(address)
    for _ in range(MAX_HOPS + 1):
        # At every step: the token leaves encrypted and for the station it belongs to, or not at all.
        if url.scheme != "https" or url.host != first.host:
            raise ValueError(f"not an https address of the station: {url}")
        answer = client.get(url, headers={"Authorization": f"Bearer {token}"}, follow_redirects=False, timeout=10)
        if not answer.is_redirect:
            answer.raise_for_status()
            return answer.json()
        url = url.join(answer.headers["Location"])
    raise ValueError("too many redirects")
