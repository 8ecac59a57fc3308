import re

MAX_LENGTH = 200
# Every word after the first must begin with a hyphen, so there is one way to match a text and no backtracking.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether the text may stand in the address of an article, such as `spring-sale-2024`."""
    return len(text) <= MAX_LENGTH and SLUG.fullmatch(text) is not None
