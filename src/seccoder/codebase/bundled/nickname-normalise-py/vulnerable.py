import re
import unicodedata

RESERVED = {"admin", "moderator", "support", "system"}


def claim_nickname(typed: str, taken: set[str]) -> str:
    """Return the nickname in its stored form, now taken; raises ValueError if it cannot be had."""
    if typed.strip().lower() in RESERVED or typed.strip().lower() in taken:
        raise ValueError("this nickname is taken")
    nickname = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold()).strip()
    if not re.fullmatch(r"[a-z0-9_]{3,20}", nickname):
        raise ValueError("a nickname has 3 to 20 letters a-z, digits or _")
    taken.add(nickname)
    return nickname
