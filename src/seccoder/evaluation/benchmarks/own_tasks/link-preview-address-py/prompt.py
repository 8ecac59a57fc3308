import ipaddress
from urllib.parse import urlsplit


def may_load(address):
    """Tell whether the server may load an address: http or https, and a host that is not in our own network.

    Hosts are names such as www.weather.example, or IP addresses in figures.
    """
