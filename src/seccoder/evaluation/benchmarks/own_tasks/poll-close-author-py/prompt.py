def close_poll(user, poll):
    """Close a poll for the user who is logged in: set its "open" to False.

    A poll is a dict with "question", "author" (the name of the user who made it) and "open"; user is a name.
    """
