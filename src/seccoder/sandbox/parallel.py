"""Does the same with each of many things, several at a time: on this machine, or where a cluster has places.

Whatever runs a box or a tool for many sources goes through `each`, so that there is one place to say where it happens.
It takes a function and things, and yields the results in the order of the things. On this machine the function runs in
threads, because each waits for a process. A cluster (`seccoder.oracles.cluster`) gets the things in batches, and the
function with them; both must be able to travel.
"""

import math
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Elsewhere(Protocol):
    """Another place where the work can be done."""

    places: int  # how many batches are worked on at a time

    def each(self, function: Callable[[T], R], batches: Sequence[Sequence[T]]) -> Iterator[Sequence[R]]:
        """Yield the results of each batch, in order."""
        ...


_elsewhere: Elsewhere | None = None


@contextmanager
def sent_to(elsewhere: Elsewhere) -> Iterator[None]:
    """Let all work of this process be done elsewhere while the block runs."""
    global _elsewhere
    _elsewhere = elsewhere
    try:
        yield
    finally:
        _elsewhere = None


def each(
    function: Callable[[T], R], things: Sequence[T], *, at_a_time: int | None = None, together: int = 1
) -> Iterator[R]:
    """Yield what the function returns for each thing, in order.

    Args:
        function: What is done.
        things: What it is done with.
        at_a_time: How many at a time on this machine; None means one per processor.
        together: How many may make a journey to a cluster together: the more, the less a journey costs for each.

    Raises:
        ClusterError: If a cluster lost the work.
    """
    if _elsewhere is not None and things:
        size = share(len(things), together)
        batches = [things[start : start + size] for start in range(0, len(things), size)]
        for results in _elsewhere.each(function, batches):
            yield from results
    elif len(things) == 1:
        yield function(things[0])
    else:
        with ThreadPoolExecutor(at_a_time or os.cpu_count() or 1) as pool:
            yield from pool.map(function, things)


def share(count: int, most: int, least: int = 1) -> int:
    """Return how many of `count` things go together, so that a cluster's places all have some: at most `most`.

    Args:
        count: How many there are.
        most: How many a batch may have; on this machine it has as many.
        least: How many it should have, if there are so many, because the start of a batch costs something.
    """
    if _elsewhere is None:
        return most
    return min(most, max(least, math.ceil(count / (2 * _elsewhere.places))))


def enough(least: int) -> int:
    """Return how many things a step should take at a time, so that a cluster has work while it looks at the results.

    Args:
        least: How many it takes on this machine, and at least.
    """
    return least if _elsewhere is None else max(least, 8 * _elsewhere.places)
