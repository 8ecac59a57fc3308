import random
import secrets
import string


def booking_code():
    """Return a new booking code: eight capital letters that nobody can guess."""
    return "".join(secrets.choice(string.ascii_uppercase) for _ in range(8))
