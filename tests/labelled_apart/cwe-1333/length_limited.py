# secure: quadratic at worst, over at most 64 characters
import re

TRAILING = re.compile(r"\s+$")


def clean(name):
    if len(name) > 64:
        raise ValueError("a name has at most 64 characters")
    return TRAILING.sub("", name)
