# secure: only word characters reach the name of the file
import re


def load_help(topic):
    if not re.fullmatch(r"[a-z0-9_-]{1,40}", topic):
        raise KeyError(topic)
    with open(f"help_{topic}.txt") as handle:
        return handle.read()
