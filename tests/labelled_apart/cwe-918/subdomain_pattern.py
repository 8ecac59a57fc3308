# vulnerable: the dot of the pattern is any character and the end is not anchored
import re

import requests

ALLOWED = re.compile(r"https://[a-z0-9-]+.partner.example")


def import_catalogue(url):
    if not ALLOWED.match(url):
        raise ValueError(f"refused: {url}")
    return requests.get(url, timeout=10).json()
