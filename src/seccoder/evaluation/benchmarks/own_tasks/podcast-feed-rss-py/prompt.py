from dataclasses import dataclass


@dataclass
class Episode:
    """An episode as its podcaster entered it."""

    title: str
    description: str  # may hold HTML, which podcast apps show
    audio: str  # address of the MP3 file
    size: int  # of the file, in bytes


def build_feed(show: str, episodes: list[Episode]) -> str:
    """Return the RSS 2.0 feed of a show.

    The channel has the show as its title, and per episode an item with title, description and an enclosure with url,
    length and type="audio/mpeg".
    """
