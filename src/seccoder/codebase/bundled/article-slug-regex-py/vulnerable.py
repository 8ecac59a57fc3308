import re

MAX_LENGTH = 200
SLUG = re.compile(r"^([a-z0-9]+-?)+(?<!-)$")


def is_slug(text: str) -> bool:
    """Whether the text may stand in the address of an article, such as `spring-sale-2024`."""
    return len(text) <= MAX_LENGTH and SLUG.match(text) is not None
