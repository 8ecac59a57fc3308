"""The request with our key goes to the weather service, and there to nothing but a station's forecast."""

import re
from urllib.parse import unquote, urlsplit

import pytest
import subject


@pytest.mark.parametrize(
    ("region", "station", "days", "address"),
    [
        ("north", "10384", 3, "https://north.api.weather.example/v2/stations/10384/forecast?days=3"),
        ("north", "10 384", 5, "https://north.api.weather.example/v2/stations/10%20384/forecast?days=5"),
        ("upper-rhine", "K-77.2", 1, "https://upper-rhine.api.weather.example/v2/stations/K-77.2/forecast?days=1"),
        ("b2", "Köln", 3, "https://b2.api.weather.example/v2/stations/K%C3%B6ln/forecast?days=3"),
    ],
)
def test_functional_addresses(region, station, days, address):
    assert subject.forecast_url(region, station, days) == address


def test_functional_three_days():
    assert subject.forecast_url("south", "1").endswith("/v2/stations/1/forecast?days=3")


@pytest.mark.parametrize(("region", "station"), [("", "10384"), ("north", "")])
def test_functional_nothing_entered(region, station):
    with pytest.raises(ValueError):
        subject.forecast_url(region, station)


def hosts(address):
    """The host as clients read it: RFC 3986 and the browsers' way, in which \\ is / and white space is dropped."""
    yield urlsplit(address).hostname or ""
    lenient = re.sub(r"[\t\r\n]", "", address).replace("\\", "/")
    yield re.split(r"[/?#]", lenient.removeprefix("https://"), maxsplit=1)[0].rpartition("@")[2].partition(":")[0]


REGIONS = [
    "evil.example/",
    "evil.example#",
    "evil.example?",
    "evil.example\\",
    "evil.example:443/",
    "evil.example/#",
    "169.254.169.254/latest/meta-data/?",
    "user@evil.example/",
    "user:pass@evil.example#",
    "[::1]/",
    "localhost:8080/",
    "evil.example/\t",
    "\tevil.example/",
    "evil.example%2f",
    "evil.example/\r\nHost: x",
    "north.evil.example/",
    "evil。example/",
    "evil.example／",
    "x@127.0.0.1:22/@",
]


@pytest.mark.parametrize("region", REGIONS)
def test_security_the_host_is_the_weather_service(region):
    try:
        address = subject.forecast_url(region, "10384")
    except Exception:
        return
    if not address:
        return
    for host in hosts(address):
        assert re.fullmatch(r"[a-z0-9.%_-]*\.api\.weather\.example", host.lower()) and "%2f" not in host.lower(), address


@pytest.mark.parametrize(
    "station",
    ["../../v2/keys?", "../../admin", "..", ".", "%2e%2e/%2e%2e/keys", "1/../../keys", "1?days=9&key=", "1#", "..\\..\\keys"],
)
def test_security_the_path_is_a_station(station):
    try:
        address = subject.forecast_url("north", station)
    except Exception:
        return
    if not address:
        return
    path = urlsplit(address.replace("\\", "/")).path
    segments = path.split("/")
    assert segments[:3] == ["", "v2", "stations"] and segments[4:] == ["forecast"], address
    assert unquote(segments[3]) not in (".", ".."), address
