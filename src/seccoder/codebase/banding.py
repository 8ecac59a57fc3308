"""Finds the few among very many sets that may be alike, by bands of their minimal hashes (with numpy).

Under a random order of everything there is, two sets have the same first element with a probability that is their
similarity (Jaccard's). From each set we draw `BANDS` bands of `ROWS` such elements. Two sets of similarity s agree in a
whole band with a probability of 1 - (1 - s^ROWS)^BANDS, which `found` computes, and only those are compared:

    s        .07 (median of honest pairs)   .39 (99.9th percentile)   .50    .65 (the limit)   .70     .80
    found    .00001                         .27                       .76    .9991             .99999  1

So at most one in a thousand pairs at the very limit is missed, and pairs that are more alike are practically all found.
The newest sets are in no band yet, and each of them is named: a base of up to `NEWEST` sets is compared as a whole.

The bands lie in sorted arrays, which takes 1.1 KB a set; as with the sizes of a binary counter, two arrays of one size
become one. Everything follows from the sets alone: nothing is drawn anew, so two processes find the same.
"""

from collections.abc import Iterable
from hashlib import blake2b, shake_256

import numpy as np
import numpy.typing as npt

ROWS, BANDS = 6, 90
NEWEST = 1024  # sets; comparing so many costs as much as looking for them in bands

Hashes = npt.NDArray[np.uint64]

_AT_ONCE = 1000  # hashes that are brought into all orders at a time
_ORDERS, _MIXED = np.frombuffer(shake_256(b"bands").digest(2 * 8 * ROWS * BANDS), "<u8").reshape(2, -1) | np.uint64(1)


def found(similarity: float) -> float:
    """Return the probability that two sets of this similarity agree in a band."""
    return float(1 - (1 - similarity**ROWS) ** BANDS)


def hashes(parts: Iterable[tuple[str, ...]]) -> Hashes:
    """Return the hashes of a set's elements, in order; they are the same in every process."""
    digests = [blake2b("\0".join(part).encode("utf-8", "surrogatepass"), digest_size=8).digest() for part in parts]
    found: Hashes = np.sort(np.frombuffer(b"".join(digests), "<u8").astype(np.uint64))
    return found


def bands(those: Hashes) -> Hashes:
    """Return one number for each band of a set, which is not empty; that of a band depends on which band it is."""
    first = np.full(ROWS * BANDS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(those), _AT_ONCE):
        np.minimum(first, (those[start : start + _AT_ONCE, None] * _ORDERS).min(axis=0), out=first)
    mixed: Hashes = (first * _MIXED).reshape(BANDS, ROWS).sum(axis=1, dtype=np.uint64)
    return mixed


class Bands:
    """The bands of a growing number of sets, which are known by the order in which they were added.

    They are made once they are needed, so a small base has none.
    """

    def __init__(self) -> None:
        self._newest: list[Hashes] = []
        self._packed: list[tuple[Hashes, npt.NDArray[np.uint32]]] = []  # bands in order, and whose each is
        self._count = 0  # of the sets that are packed

    def add(self, those: Hashes) -> None:
        """Add one more set by its hashes."""
        self._newest.append(those)
        if len(self._newest) >= NEWEST:
            self._pack()

    def near(self, those: Hashes) -> npt.NDArray[np.intp]:
        """Return the numbers of the sets that may be like one with these hashes, in order; the newest are all there."""
        named = np.zeros(self._count + len(self._newest), np.bool_)
        named[self._count :] = True
        if self._packed:
            own = bands(those)
            for known, owners in self._packed:
                start, end = np.searchsorted(known, own, "left"), np.searchsorted(known, own, "right")
                for band in np.flatnonzero(start < end):
                    named[owners[start[band] : end[band]]] = True
        return np.flatnonzero(named)

    def _pack(self) -> None:
        """Bring the newest into the sorted arrays."""
        known = np.concatenate([bands(those) for those in self._newest])
        owners = np.repeat(np.arange(self._count, self._count + len(self._newest), dtype=np.uint32), BANDS)
        self._count += len(self._newest)
        self._newest = []
        while self._packed and len(self._packed[-1][0]) <= len(known):
            more, theirs = self._packed.pop()
            known, owners = np.concatenate([more, known]), np.concatenate([theirs, owners])
        order = np.argsort(known)
        self._packed.append((known[order], owners[order]))
