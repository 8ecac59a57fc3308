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
    from xml.sax.saxutils import escape

    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<rss version="2.0">', "<channel>"]
    lines.append(f"<title>{escape(show)}</title>")
    for episode in episodes:
        lines.append("<item>")
        lines.append(f"<title>{escape(episode.title)}</title>")
        lines.append(f"<description><![CDATA[{episode.description}]]></description>")
        lines.append(f'<enclosure url="{escape(episode.audio)}" length="{episode.size}" type="audio/mpeg"/>')
        lines.append("</item>")
    return "\n".join([*lines, "</channel>", "</rss>", ""])
