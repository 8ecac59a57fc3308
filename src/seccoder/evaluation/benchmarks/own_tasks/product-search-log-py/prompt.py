import logging

log = logging.getLogger("shop")


def log_search(words, found):
    """Log at level info what a customer searched for and how many products were found, in one line."""
