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
    from xml.sax.saxutils import escape, quoteattr

    items = [
        "<item>"
        f"<title>{escape(episode.title)}</title>"
        f"<description>{escape(episode.description)}</description>"
        f'<enclosure url={quoteattr(episode.audio)} length="{int(episode.size)}" type="audio/mpeg"/>'
        "</item>"
        for episode in episodes
    ]
    channel = f"<channel><title>{escape(show)}</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">{channel}</rss>\n'
