import os
import stat
from pathlib import Path

MAX_BYTES = 4000


def read_footer(home: Path) -> str:
    """The text of `.footer` in a user's home; raises OSError if there is none or it is not a regular file."""
    # Open once, not through a link, and check the opened file itself: the name may mean another file a moment later.
    descriptor = os.open(home / ".footer", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("the footer is not a regular file")
        return file.read(MAX_BYTES).decode("utf-8", "replace")
