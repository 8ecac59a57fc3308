"""Defines a source of candidates: it is read in batches, and it can be read on from where it stopped.

The sources themselves are in `seccoder.expansion.sources`; `seccoder.expansion.expand` reads them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from seccoder.expansion.candidate import Candidate

SIZE = 200  # candidates in a batch, for sources that have no reason for another size


@dataclass(frozen=True, slots=True)
class Trial:
    """What the tests that came with a fix showed: whether one fails without the fix and passes with it, in words."""

    held: bool
    said: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some candidates of a source.

    Attributes:
        candidates: Any number of candidates, also none.
        cursor: Where the source goes on once these are settled; None if it has to be read from the beginning.
        done: How far it was read, in units of the source's own.
        total: How many units there are; None if that is not known.
        trial: Runs, in the sandbox, the tests that came with a candidate's fix; gives None where none came with it.
    """

    candidates: Sequence[Candidate]
    cursor: str | None = None
    done: int = 0
    total: int | None = None
    trial: Callable[[Candidate], Trial | None] | None = None


class CandidateSource(Protocol):
    """A place where candidates come from."""

    name: str  # the same source has the same name in every run
    skipped: list[str]  # what could not be read, one line each; the list grows while the source is read

    def batches(self, cursor: str | None) -> Iterator[Batch]:
        """Read on from a cursor, or from the beginning.

        Raises:
            UsageError: If it cannot be read, or is not what it was taken for.
        """
        ...
