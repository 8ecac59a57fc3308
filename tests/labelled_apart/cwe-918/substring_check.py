# vulnerable: the trusted name may stand anywhere in the address, in the query too
import requests


def load_avatar(address):
    if "gravatar.com" not in address:
        return None
    response = requests.get(address, timeout=3)
    response.raise_for_status()
    return response.content
