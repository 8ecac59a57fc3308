"""Computes intervals, tests and estimators for every measurement in the project.

It works on numbers per case, or per scenario and seed. It gives 95 % percentile intervals of a bootstrap over clusters,
p-values of a paired permutation test, and the unbiased estimate of pass@k.

Not guaranteed: with few clusters a percentile bootstrap is too narrow, and over two or three of them (a single CWE) it
shows a range, no more.
"""

import itertools
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

RESAMPLES = 1000
CROSSED_RESAMPLES = 4000
FLIPS = 10_000  # flips of the permutation test, where not all of them can be tried
_EXACT = 13  # so many pairs or fewer have at most 8,192 ways to flip


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval; an end that no resample could give is None."""

    value: float
    low: float | None
    high: float | None


class Bootstrap:
    """Means with 95 % percentile intervals over resampled clusters.

    Args:
        clusters: The name of each case's cluster.
        seed: The seed of the resampling; all means of one bootstrap share their resamples.
        resamples: How many resamples are drawn.
    """

    def __init__(self, clusters: Sequence[str], seed: int, resamples: int = RESAMPLES) -> None:
        names, self._cluster = np.unique(np.array(clusters), return_inverse=True)
        draws = np.random.default_rng(seed).integers(0, len(names), (resamples, len(names)))
        self._weights = np.stack([np.bincount(draw, minlength=len(names)) for draw in draws]).astype(float)

    def mean(self, values: "Floats") -> tuple[float, float, float]:
        """Return mean, low and high of one value per case; cases that are not a number are left out."""
        known = np.isfinite(values)
        size = self._weights.shape[1]
        sums = np.bincount(self._cluster[known], weights=values[known], minlength=size)
        counts = np.bincount(self._cluster[known], minlength=size)
        resampled = self._weights @ counts
        means = (self._weights @ sums)[resampled > 0] / resampled[resampled > 0]
        low, high = np.percentile(means, [2.5, 97.5])
        return float(values[known].mean()), float(low), float(high)


class Crossed:
    """Figures over scenarios and seeds, both resampled: a value is a mean over scenarios, then over seeds.

    Args:
        scenarios: How many scenarios there are.
        seeds: How many seeds there are.
        seed: The seed of the resampling; everything measured by one object shares its resamples, so differences are
            paired.
        resamples: How many resamples are drawn.
    """

    def __init__(self, scenarios: int, seeds: int, seed: int, resamples: int = CROSSED_RESAMPLES) -> None:
        random = np.random.default_rng(seed)
        self._rows = _counts(random, scenarios, resamples)
        self._columns = _counts(random, seeds, resamples)

    def mean(self, values: "Floats") -> Interval | None:
        """Return the figure of a table (scenarios, seeds), without what is not a number; None if nothing is left."""
        known = np.isfinite(values)
        if not known.any():
            return None
        filled = np.where(known, values, 0.0)

        def means(rows: "Floats", columns: "Floats") -> "Floats":
            counts = rows @ known
            there = counts > 0
            per_seed = np.divide(rows @ filled, counts, out=np.zeros_like(counts), where=there)
            weights = columns * there
            return _divide((per_seed * weights).sum(axis=1), weights.sum(axis=1))

        return self._interval(means(self._rows, self._columns), means(*_unresampled(values)))

    def ratio(self, numerators: "Floats", denominators: "Floats") -> Interval | None:
        """Divide the sums of two tables (scenarios, seeds), such as seconds per proven sample; None for 0 below."""

        def ratios(rows: "Floats", columns: "Floats") -> "Floats":
            above = ((rows @ numerators) * columns).sum(axis=1)
            return _divide(above, ((rows @ denominators) * columns).sum(axis=1))

        value = ratios(*_unresampled(numerators))
        return None if not np.isfinite(value[0]) else self._interval(ratios(self._rows, self._columns), value)

    def _interval(self, resampled: "Floats", value: "Floats") -> Interval:
        kept = resampled[~np.isnan(resampled)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # infinity less infinity, where nothing was proven
            low, high = (float(end) for end in np.percentile(kept, [2.5, 97.5]))
        return Interval(float(value[0]), low if math.isfinite(low) else None, high if math.isfinite(high) else None)


def permutation(differences: "Floats", seed: int) -> float:
    """Return the two-sided p-value of a paired test: could the signs of these differences be chance?

    Args:
        differences: One per scenario (the mean over its seeds); what is not a number is left out.
        seed: The seed of the random flips, where there are too many scenarios to try all.
    """
    pairs = differences[np.isfinite(differences)]
    if not len(pairs):
        return 1.0
    as_far = np.abs(_signs(len(pairs), seed) @ pairs) / len(pairs) >= abs(pairs.mean()) - 1e-12
    return float(as_far.mean() if len(pairs) <= _EXACT else (1 + as_far.sum()) / (1 + FLIPS))


def at_k(n: int, successes: int, k: int) -> float:
    """Estimate without bias the probability that one of k samples succeeds, from n samples (Chen et al., 2021)."""
    if not 0 < k <= n:
        return math.nan
    return 1 - math.comb(n - successes, k) / math.comb(n, k)


@lru_cache(maxsize=4)
def _signs(pairs: int, seed: int) -> "Floats":
    """Return ways to flip the signs of so many pairs: all of them, or as many random ones as there is time for."""
    if pairs <= _EXACT:
        return np.array(list(itertools.product((1.0, -1.0), repeat=pairs)))
    return np.random.default_rng(seed).choice((1.0, -1.0), (FLIPS, pairs))


def _counts(random: np.random.Generator, size: int, resamples: int) -> "Floats":
    """Count how often each of so many clusters is in each resample, shape (resamples, size)."""
    draws = random.integers(0, size, (resamples, size))
    flat = np.bincount((draws + size * np.arange(resamples)[:, None]).ravel(), minlength=resamples * size)
    return flat.reshape(resamples, size).astype(float)


def _unresampled(values: "Floats") -> tuple["Floats", "Floats"]:
    """Return the weights of no resampling."""
    return np.ones((1, values.shape[0])), np.ones((1, values.shape[1]))


def _divide(above: "Floats", below: "Floats") -> "Floats":
    """Divide; something over nothing is infinite, and nothing over nothing is not a number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below)
