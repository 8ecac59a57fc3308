import os


def save_entry(path, text):
    """Save an entry of the user's private diary to a new file."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
