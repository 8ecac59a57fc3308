from typing import Any

import httpx


def fetch_station(client: httpx.Client, address: str, token: str) -> Any:
    """The station's JSON."""
    url = httpx.URL(address)
    if url.scheme != "https":
        raise ValueError(f"not an https address of the station: {url}")
    answer = client.get(url, headers={"Authorization": f"Bearer {token}"}, follow_redirects=True, timeout=10)
    if len(answer.history) > 3:
        raise ValueError("too many redirects")
    answer.raise_for_status()
    return answer.json()
