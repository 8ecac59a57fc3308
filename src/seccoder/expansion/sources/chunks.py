"""Puts candidates that come one after the other into batches, for the simple sources.

The batches have no cursor: the source is read from the beginning again, and what was decided is skipped by its content.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from seccoder.expansion.candidate import Candidate
from seccoder.expansion.source import SIZE, Batch


class Chunks:
    """A source that is read from the beginning each time.

    Args:
        name: The name of the source.
        read: Yields its candidates, and is given a list to which it adds what it had to skip.
        close: Called when the source was read.
    """

    def __init__(
        self, name: str, read: Callable[[list[str]], Iterable[Candidate]], close: Callable[[], None] | None = None
    ) -> None:
        self.name = name
        self.skipped: list[str] = []
        self._read = read
        self._close = close

    def batches(self, cursor: str | None) -> Iterator[Batch]:
        """Yield all candidates, some at a time."""
        try:
            candidates = iter(self._read(self.skipped))
            done = 0
            while chunk := list(islice(candidates, SIZE)):
                done += len(chunk)
                yield Batch(chunk, None, done)
        finally:
            if self._close:
                self._close()
