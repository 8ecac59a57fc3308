"""Runs in the sandbox: a clock for the code under test that stands still while that code waits for a processor.

So a step gets the same time however busy the machine is. Two things count: processor time, and time in which nothing in
the sandbox was ready to run. Code that sleeps, or waits for what never comes, therefore runs out of time as well.
"""
# ruff: noqa: ANN001, ANN201, ANN204
# (This is a script that runs in the sandbox; the package never imports it.)
# mypy: ignore-errors

import os
import time

LOOK = 0.05  # the seconds between two looks at the processes


def counted(elapsed, used, ready):
    """Return how much of a stretch of wall-clock time is the code's own doing.

    Args:
        elapsed: The seconds that passed.
        used: The seconds of processor time that the code used in them.
        ready: Whether the code was running, or was ready to run but got no processor.
    """
    return max(0.0, min(elapsed, used)) if ready else elapsed


class Clock:
    """Counts the time of all processes in the sandbox but the one that asks."""

    def __init__(self, now=time.monotonic, processes=None):
        self.now, self.processes = now, processes or everything_else
        self.seconds = 0.0
        self.looked, (self.used, _) = now(), self.processes()

    def look(self, *, spoke=False):
        """Return the code's seconds so far. If it just `spoke`, it was not waiting, although it may wait now."""
        now, (used, ready) = self.now(), self.processes()
        self.seconds += counted(now - self.looked, used - self.used, ready or spoke)
        self.looked, self.used = now, used
        return self.seconds


def everything_else():
    """Return the processor seconds that the other processes here have used, and whether one of them is ready to run."""
    ticks, ready = 0, False
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if int(pid) == os.getpid():
            continue
        try:
            # the ticks of the process, and those of the children that it waited for
            ticks += sum(map(int, fields(f"/proc/{pid}/stat")[11:15]))
            ready = ready or any(
                fields(f"/proc/{pid}/task/{t}/stat")[0] in "RD" for t in os.listdir(f"/proc/{pid}/task")
            )
        except (OSError, ValueError, IndexError):
            continue  # the process ended meanwhile
    return ticks / os.sysconf("SC_CLK_TCK"), ready


def fields(path):
    """Return what a `stat` file says behind the program's name, which may hold anything."""
    with open(path, encoding="utf-8", errors="replace") as stream:
        return stream.read().rpartition(")")[2].split()
