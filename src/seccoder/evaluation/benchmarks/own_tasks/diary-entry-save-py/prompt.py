import os


def save_entry(path, text):
    """Save an entry of the user's private diary to a new file."""
