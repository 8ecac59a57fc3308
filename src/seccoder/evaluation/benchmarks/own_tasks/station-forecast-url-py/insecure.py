from urllib.parse import quote, urlencode


def forecast_url(region: str, station: str, days: int = 3) -> str:
    """Return the address of a station's forecast, which the hub then fetches with our key.

    For the region "north", the station "10 384" and 3 days it is
    https://north.api.weather.example/v2/stations/10%20384/forecast?days=3

    Args:
        region: The region as the user entered it in the settings.
        station: The station as the user entered it in the settings.
        days: How many days.

    Raises:
        ValueError: If there can be no such station.
    """
    if not region or not station:
        raise ValueError("region and station are needed")
    return f"https://{region}.api.weather.example/v2/stations/{quote(station)}/forecast?{urlencode({'days': days})}"
