# secure: each character can be taken in one way only
import re

EMAIL = re.compile(r"[a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+)*@example\.com")


def valid(address):
    return EMAIL.fullmatch(address) is not None
