# vulnerable: private addresses are refused, but urlopen also opens files
import ipaddress
import socket
from urllib.parse import urlsplit
from urllib.request import urlopen


def preview(link):
    host = urlsplit(link).hostname
    if host and not ipaddress.ip_address(socket.gethostbyname(host)).is_global:
        raise ValueError("inside")
    with urlopen(link, timeout=3) as answer:
        return answer.read(2000).decode(errors="replace")
