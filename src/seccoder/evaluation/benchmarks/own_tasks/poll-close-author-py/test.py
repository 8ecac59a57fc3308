"""A poll is closed by its author, and by nobody else."""

import subject


def closed(user):
    poll = {"question": "Saturday or Sunday?", "author": "ann", "open": True}
    try:
        subject.close_poll(user, poll)
    except Exception:
        pass
    return poll


def test_functional_the_author_closes_it():
    assert closed("ann") == {"question": "Saturday or Sunday?", "author": "ann", "open": False}


def test_security_nobody_else_does():
    assert all(closed(user)["open"] for user in ("bob", "", "anna", None))
