# vulnerable: nested repetition backtracks exponentially
import re

EMAIL = re.compile(r"^([a-zA-Z0-9]+\.?)+@example\.com$")


def is_ours(address):
    return EMAIL.match(address) is not None
