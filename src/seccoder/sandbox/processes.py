"""Reads from `/proc` how much a tree of processes uses, and waits until a process has ended.

A process may end or start while it is looked at, so the numbers are a snapshot.
"""

import os
import time
from collections.abc import Collection


def usage(pid: int, before: Collection[int] = ()) -> tuple[int, int, set[int]]:
    """Return the resident bytes and threads of a process and its descendants; shared pages count for each of them.

    Looking costs more than its own time: what was looked up of a thread in `/proc` the kernel clears away when it ends,
    which takes the parent that waits for a short program with many threads longer than the program's start. So only
    processes that were found before are asked what their other threads have started.

    Args:
        pid: The process.
        before: What was found by the look before.

    Returns:
        Bytes, threads, and the numbers of the processes.
    """
    resident = threads = 0
    found, todo = set[int](), [pid]
    page = os.sysconf("SC_PAGE_SIZE")
    while todo:
        pid = todo.pop()
        found.add(pid)
        try:
            with open(f"/proc/{pid}/stat", "rb") as stream:
                fields = stream.read().rpartition(b")")[2].split()  # the name before them may hold anything
            resident += int(fields[21]) * page
            threads += (several := int(fields[17]))
            tasks = os.listdir(f"/proc/{pid}/task") if several > 1 and pid in before else [str(pid)]
            for task in tasks:
                with open(f"/proc/{pid}/task/{task}/children", "rb") as stream:
                    todo += [int(child) for child in stream.read().split()]
        except (OSError, ValueError, IndexError):
            continue  # it ended meanwhile
    return resident, threads, found


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
