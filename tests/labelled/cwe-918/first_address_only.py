# vulnerable: the address is judged before the request, a redirection is followed to wherever it leads
import ipaddress
import socket
from urllib.parse import urlsplit

import requests


def fetch(url):
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise ValueError("scheme")
    for *_, place in socket.getaddrinfo(parts.hostname, parts.port or 443):
        if not ipaddress.ip_address(place[0]).is_global:
            raise ValueError("inside")
    return requests.get(url, timeout=5).text
