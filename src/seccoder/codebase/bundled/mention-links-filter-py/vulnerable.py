import re

from jinja2 import Environment
from markupsafe import Markup

MENTION = re.compile(r"(?<![\w/])@([a-z0-9_]{3,20})(?!\w)")


def mentions(text: str) -> Markup:
    """Turn @nickname into a link, for `{{ post.text | mentions }}`."""
    linked = MENTION.sub(r'<a href="/members/\1">@\1</a>', text)
    return Markup(linked.replace("\n", "<br>\n"))


def install(environment: Environment) -> None:
    environment.filters["mentions"] = mentions
