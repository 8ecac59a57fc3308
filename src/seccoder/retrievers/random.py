"""Scores demonstrations at random, as the paper's control does.

The scores depend only on the seed, the query and the demonstration, whatever the order of the base.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from seccoder.types import Demonstration, Query

if TYPE_CHECKING:
    from seccoder.retrievers.ranked import Corpus, Scores


class RandomScorer:
    """Gives scores uniform in 0..1, drawn from a hash of seed, query and demonstration.

    Args:
        ids: Ids of the demonstrations, sorted.
        seed: The seed of the draw; another seed gives other scores.
    """

    options: tuple[str, ...] | None = ()
    threshold = 0.0
    diversify = False

    @classmethod
    def make(cls, corpus: "Corpus", demonstrations: Sequence[Demonstration], option: str, seed: int) -> "RandomScorer":
        """Make the scorer of a codebase."""
        return cls([demonstration.id for demonstration in demonstrations], seed)

    def __init__(self, ids: Sequence[str], seed: int) -> None:
        self._ids = ids
        self._seed = seed

    def scores(self, query: Query) -> "Scores":
        """Return one independent draw per demonstration."""
        key = hashlib.sha256(repr((self._seed, query.code, query.task)).encode("utf-8", "backslashreplace"))
        draws = np.empty(len(self._ids), dtype=np.float32)
        for i, id_ in enumerate(self._ids):
            draw = key.copy()
            draw.update(id_.encode())
            draws[i] = int.from_bytes(draw.digest()[:3], "big") / 2**24  # 24 bits: exact in float32
        return draws
