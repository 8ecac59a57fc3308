import re

from jinja2 import Environment
from markupsafe import Markup, escape

MENTION = re.compile(r"(?<![\w/])@([a-z0-9_]{3,20})(?!\w)")


def mentions(text: str) -> Markup:
    """Turn @nickname into a link, for `{{ post.text | mentions }}`."""
    # Markup() does not clean anything, it is our word that the text is clean: so it is escaped first, then extended.
    escaped = str(escape(text))
    linked = MENTION.sub(r'<a href="/members/\1">@\1</a>', escaped)
    return Markup(linked.replace("\n", "<br>\n"))


def install(environment: Environment) -> None:
    environment.filters["mentions"] = mentions
