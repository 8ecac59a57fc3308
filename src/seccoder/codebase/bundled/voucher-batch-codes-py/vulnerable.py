import random
from collections.abc import Container

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    characters = "".join(random.choices(ALPHABET, k=12))
    return "-".join((characters[:4], characters[4:8], characters[8:]))


def make_batch(count: int, used: Container[str]) -> set[str]:
    """Return so many new codes."""
    codes: set[str] = set()
    while len(codes) < count:
        code = new_code()
        if code not in used:
            codes.add(code)
    return codes
