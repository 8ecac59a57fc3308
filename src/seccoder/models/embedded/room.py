"""Lets calls of a model in while what they need together fits into its memory; the others wait for their turn.

llama.cpp lets every request in that fits alone. When the memory that all of them share runs out, it ends all of them
with an error, however long they have computed. So the sum of what is let in never exceeds the memory. Calls come in as
they arrived: a large one is not overtaken by small ones for ever.

A call waits for a future, in a thread (`kept`) or in an event loop (`asyncio.wrap_future`).
"""

import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import NamedTuple


class Need(NamedTuple):
    """What a call takes at most: tokens of memory, and samples that are drawn at a time."""

    tokens: int
    samples: int


class Room:
    """The memory of one model; any thread may use it.

    Args:
        tokens: How many tokens fit into it.
        samples: How many samples are drawn at a time.
    """

    def __init__(self, tokens: int, samples: int) -> None:
        self._size = self._free = Need(tokens, samples)
        self._waiting: deque[tuple[Need, Future[Need]]] = deque()
        self._lock = threading.RLock()

    def enter(self, need: Need) -> "Future[Need]":
        """Ask for room, or for all there is if more is needed; the future is done when it was taken."""
        turn: Future[Need] = Future()
        taken = Need(min(need.tokens, self._size.tokens), min(need.samples, self._size.samples))
        with self._lock:
            self._waiting.append((taken, turn))
            self._let_in()
        return turn

    def leave(self, turn: "Future[Need]") -> None:
        """Give back what was taken, or wait no longer."""
        with self._lock:
            if not turn.cancel():
                taken = turn.result()
                self._free = Need(self._free.tokens + taken.tokens, self._free.samples + taken.samples)
            self._let_in()

    @contextmanager
    def kept(self, need: Need) -> Iterator[None]:
        """Wait until there is room, and keep it until the block ends."""
        turn = self.enter(need)
        try:
            turn.result()
            yield
        finally:
            self.leave(turn)

    def _let_in(self) -> None:
        while self._waiting:
            taken, turn = self._waiting[0]
            if not turn.cancelled() and (taken.tokens > self._free.tokens or taken.samples > self._free.samples):
                return
            self._waiting.popleft()
            if turn.set_running_or_notify_cancel():  # whoever asked may have gone
                self._free = Need(self._free.tokens - taken.tokens, self._free.samples - taken.samples)
                turn.set_result(taken)
