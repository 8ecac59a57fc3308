# secure: only a number from the user goes into an address whose host is fixed
import requests

BASE = "https://weather.example.com/v1/stations"


def station(number):
    response = requests.get(f"{BASE}/{int(number)}", timeout=5)
    return response.json()
