# secure: the input is one quoted part of the path, the host is fixed
from urllib.parse import quote

import requests


def weather(city: str):
    answer = requests.get(f"https://api.weather.example/v1/cities/{quote(city, safe='')}", timeout=5)
    answer.raise_for_status()
    return answer.json()
