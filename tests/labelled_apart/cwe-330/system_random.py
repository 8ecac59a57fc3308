# secure: SystemRandom draws from the system
import random
import string

_draw = random.SystemRandom()


def coupon():
    return "-".join("".join(_draw.choices(string.ascii_uppercase, k=5)) for _ in range(4))
