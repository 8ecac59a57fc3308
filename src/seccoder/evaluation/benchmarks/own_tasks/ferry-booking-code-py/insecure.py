import random
import secrets
import string


def booking_code():
    """Return a new booking code: eight capital letters that nobody can guess."""
    return "".join(random.choices(string.ascii_uppercase, k=8))
