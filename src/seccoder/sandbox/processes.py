"""Reads from `/proc` how much a tree of processes uses, and waits until a process has ended.

A process may end or start while it is looked at, so the numbers are a snapshot.
"""

import os
import time


def usage(pid: int) -> tuple[int, int]:
    """Return the resident bytes and threads of a process and its descendants; shared pages count for each of them."""
    resident = threads = 0
    todo = [pid]
    page = os.sysconf("SC_PAGE_SIZE")
    while todo:
        folder = f"/proc/{todo.pop()}"
        try:
            with open(f"{folder}/statm", "rb") as stream:
                resident += int(stream.read().split()[1]) * page
            for task in os.listdir(f"{folder}/task"):
                threads += 1
                with open(f"{folder}/task/{task}/children", "rb") as stream:
                    todo += [int(child) for child in stream.read().split()]
        except (OSError, ValueError, IndexError):
            continue  # it ended meanwhile
    return resident, threads


def until_gone(pid: int, seconds: float) -> None:
    """Wait until a process has ended (a zombie has), or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with open(f"/proc/{pid}/stat", "rb") as stream:
                if stream.read().rpartition(b")")[2].split()[0] in b"ZX":
                    return
        except OSError:
            return
        time.sleep(0.002)
