import hashlib
import os


def hash_password(password: str) -> str:
    """Return what is kept of a new password, as a text."""
