"""Measures, without a code LM, how well a retriever finds demonstrations of a query's weakness.

It takes a benchmark (`seccoder.evaluation.benchmarks.retrieval`: queries, their CWEs, and what must not be in the
base), a codebase and arms. It gives figures with 95 % intervals from a bootstrap over clusters (repositories, on test
B; tasks, on A and C), and paired differences to BM25. Beside each figure stands what a random order would give, which
is computed and not sampled.

The retriever is loaded afresh for every set of excluded demonstrations, on a base without them, so that nothing fitted
or counted (LSA, idf, centroids) has seen the query's repository. To leave them out of the ranking alone is not enough:
an LSA fitted with them in the base scores an accuracy@1 of .51 on test B, and one fitted without them about .45.

Each benchmark is read in several ways from the same scores. The first is the plain order. With `/one-per-cwe` behind
its name, one demonstration per CWE comes before any repeats (`hybrid` shows that one). On test C, both are read again
with `/same-family`, where a demonstration of a sibling of the CWE is a hit too (`seccoder.code.cwe.same_family`).
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from seccoder import retrievers
from seccoder.code.cwe import same_family
from seccoder.code.languages import family
from seccoder.codebase.codebase import Codebase
from seccoder.errors import UsageError
from seccoder.evaluation.benchmarks.retrieval import IN_WORDS, Benchmark, Case, load
from seccoder.evaluation.results import Figure, Scores
from seccoder.evaluation.statistics import RESAMPLES, Bootstrap
from seccoder.retrievers.ranked import Corpus, Ranked
from seccoder.types import Demonstration

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

METRICS = ("accuracy@1", "recall@3", "mrr", "average-minimum-demonstrations", "recall@5", "recall@10")
COMPARED = ("accuracy@1", "average-minimum-demonstrations")  # given also as paired differences to the baselines
BASELINES = ("bm25", "bm25:whitespace")
ARMS = ("bm25", "bm25:whitespace", "dense", "hybrid")
ARMS_IN_WORDS = ("bm25", "dense", "hybrid")  # tasks in words have no code whose white space could be counted
FLOOR = "random order (computed)"
NODES = 400  # nodes of the numerical integration; exact up to twice as many candidates
# Figure 6 of the paper. It does not say which tokens its BM25 counts; white space fits best.
PAPER = {"bm25:whitespace": 6.06, "dense:instructor-xl": 5.17}


OnProgress = Callable[[int, int | None], None]  # cases done, cases in all, over all arms


class Without:
    """A codebase without some demonstrations. Nothing derived from the whole is seen, so everything is fitted afresh.

    Args:
        corpus: The whole codebase.
        demonstrations: All of its demonstrations, ordered by id.
        excluded: Ids of those to leave out.
    """

    def __init__(self, corpus: Corpus, demonstrations: Sequence[Demonstration], excluded: frozenset[str]) -> None:
        self._corpus = corpus
        self._demonstrations = [each for each in demonstrations if each.id not in excluded]

    def demonstrations(self) -> list[Demonstration]:
        """Return what is left, ordered by id."""
        return self._demonstrations

    def digest(self) -> str:
        """Return a hash over the ids that are left."""
        return hashlib.sha256("\n".join(each.id for each in self._demonstrations).encode()).hexdigest()

    def vectors(self, embedder_version: str, ids: Sequence[str]) -> "Mapping[str, npt.NDArray[np.float32]]":
        """Return those of the whole: a pretrained embedder's are the same, and a fitted one has another version."""
        return self._corpus.vectors(embedder_version, ids)

    def put_vectors(self, embedder_version: str, vectors: "Mapping[str, npt.NDArray[np.float32]]") -> None:
        """Keep nothing."""

    def derived(self, key: str) -> bytes | None:
        """Return nothing: it was derived from the whole."""

    def put_derived(self, key: str, value: bytes) -> None:
        """Keep nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a ranking: what it adds to the target's name, its order, and what counts as a hit."""

    suffix: str
    diversify: bool = False
    family: bool = False

    def hit(self, demonstration: Demonstration, cwe: str) -> bool:
        """Tell whether this demonstration is what a case with this CWE looks for."""
        if self.family:
            return any(same_family(cwe, each) for each in demonstration.cwes)
        return cwe in demonstration.cwes


READINGS = (Reading(""), Reading("/one-per-cwe", diversify=True))
FAMILY_READINGS = tuple(replace(reading, suffix=f"/same-family{reading.suffix}", family=True) for reading in READINGS)


def measure(
    name: str,
    *,
    codebase: str = "",
    arms: Sequence[str] = (),
    seed: int = 0,
    on_progress: OnProgress | None = None,
) -> Scores:
    """Measure arms over one of the five benchmarks.

    Args:
        name: Which benchmark.
        codebase: The secure codebase; "" for the paper's 596 demonstrations, or the bundled ones for tasks in words.
        arms: Names of retrievers; empty for the usual ones.
        seed: The seed of the random retriever and the bootstrap.
        on_progress: Called with (cases done, cases in all), over all arms.

    Raises:
        UsageError: If an arm is `none` or unknown, or no case can be answered from this base.
        SecCoderError: If the data, the codebase or an embedder cannot be used.
    """
    in_words = name in IN_WORDS
    arms = arms or (ARMS_IN_WORDS if in_words else ARMS)
    with Codebase.open(codebase or ("bundled" if in_words else "sven")) as base:
        benchmark = load(name, base.demonstrations())
        rows = evaluate(benchmark, base, arms, seed=seed, on_progress=on_progress)
        run = {
            "benchmark": name,
            "arms": list(arms),
            "codebase": base.digest(),
            "demonstrations": len(base.ids()),
            "queries": len(benchmark.cases),
            "seed": seed,
            "resamples": RESAMPLES,
        }
    return Scores(run, rows, [])


def evaluate(
    benchmark: Benchmark,
    corpus: Corpus,
    arms: Sequence[str],
    *,
    seed: int = 0,
    on_progress: OnProgress | None = None,
) -> list[Figure]:
    """Measure arms over a benchmark.

    Args:
        benchmark: The queries; its name is the rows' `target`.
        corpus: The secure codebase.
        arms: Names of retrievers.
        seed: The seed of the random retriever and the bootstrap.
        on_progress: Called with (cases done, cases in all), over all arms.

    Returns:
        The figures, and the comparisons to the baselines; `unknown` counts cases that are not in the figure because the
        base holds no demonstration with their CWE. Where the benchmark says that those are misses, they are misses in
        every metric but the average minimum number.

    Raises:
        UsageError: If an arm is `none` or unknown, or no case can be answered from this base.
    """
    cases = benchmark.cases
    if not cases or not arms:
        raise UsageError("nothing to measure: no cases or no arms")
    if "none" in arms:
        raise UsageError("the arm 'none' retrieves nothing: there is nothing to measure")
    demonstrations = corpus.demonstrations()
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        groups[case.excluded].append(number)
    readings = READINGS + (FAMILY_READINGS if benchmark.families else ())
    total, done = len(cases) * len(arms), 0
    ranks: dict[str, Floats] = {}
    floors = np.full((len(readings), len(cases), len(METRICS)), np.nan)
    for arm in arms:
        retrievers.load(arm, corpus, seed=seed)  # reports a wrong name first, and stores a pretrained arm's vectors
        first = np.full((len(readings), len(cases)), np.inf)
        for excluded, numbers in groups.items():
            base = Without(corpus, demonstrations, excluded)
            retriever = retrievers.load(
                arm, base, seed=seed, language_filter=benchmark.language_filter, diversify=False
            )
            if not isinstance(retriever, Ranked):
                raise UsageError(f"the arm {arm} ranks nothing")
            for number in numbers:
                first[:, number] = _first_hits(retriever, cases[number], readings)
                if not ranks:
                    floors[:, number] = _floors(retriever, cases[number], readings)
                done += 1
                if on_progress:
                    on_progress(done, total)
        ranks[arm] = first
    if not np.isfinite(ranks[arms[0]][0]).any():
        raise UsageError("the base holds no demonstration with the CWE of any query: there is nothing to measure")
    bootstrap = Bootstrap([case.cluster for case in cases], seed)
    rows: list[Figure] = []
    for number, reading in enumerate(readings):
        values = {arm: _metrics(first[number]) for arm, first in ranks.items()}
        rows += _rows(benchmark, reading, {FLOOR: floors[number], **values}, bootstrap)
    return rows


def _first_hits(retriever: Ranked, case: Case, readings: Sequence[Reading]) -> "Floats":
    """Return the rank of the first hit in each reading, inf for none, shape (readings,)."""
    scores = retriever.scorer.scores(case.query)
    ranks = []
    for reading in readings:
        order = replace(retriever, diversify=reading.diversify).order(scores, case.query.language).tolist()
        hits = (rank for rank, i in enumerate(order, 1) if reading.hit(retriever.demonstrations[i], case.cwe))
        ranks.append(float(next(hits, np.inf)))
    return np.array(ranks)


# --- the random floor ------------------------------------------------------------------------------------------------


def _floors(retriever: Ranked, case: Case, readings: Sequence[Reading]) -> "Floats":
    """Compute the expected metrics of a random order of the candidates in each reading, shape (readings, metrics)."""
    everything = np.zeros(len(retriever.demonstrations), dtype=np.float32)
    candidates = [retriever.demonstrations[i] for i in retriever.order(everything, case.query.language).tolist()]
    floors = np.full((len(readings), len(METRICS)), np.nan)
    for number, reading in enumerate(readings):
        groups: dict[str, list[bool]] = defaultdict(
            list
        )  # by the first CWE, because that decides the order of one per CWE
        for each in candidates:
            groups[next(iter(each.cwes), "")].append(reading.hit(each, case.cwe))
        counts = [(len(hits), sum(hits)) for hits in groups.values()]
        gold = sum(hits for _, hits in counts)
        if gold:
            random = first_hit_per_cwe(counts) if reading.diversify else first_hit(len(candidates), gold)
            floors[number] = random @ _metrics(np.arange(1, len(random) + 1, dtype=float))
    return floors


def first_hit(candidates: int, gold: int) -> "Floats":
    """Return the distribution of the rank (1 first) of the first of `gold` hits in a random order of `candidates`."""
    ranks = np.arange(1, candidates - gold + 1)
    ratios = (candidates - gold - ranks + 1) / (candidates - ranks)
    return np.asarray(gold / candidates * np.concatenate([[1.0], np.cumprod(ratios)]))


def first_hit_per_cwe(groups: Sequence[tuple[int, int]]) -> "Floats":
    """Return the same where one demonstration per CWE comes before any repeats.

    Round r holds the r-th demonstration of each CWE that has so many, in the order of their arrival. Let every
    demonstration arrive at an independent uniform time. Within a CWE, which of them are hits says nothing on when they
    arrive, and CWEs are independent. Given the time at which the round's first hit arrives, each other CWE is there
    already with a probability of its own, so the place in the round is one plus a sum of independent coin flips. All
    this is a polynomial in the arrival time, which is integrated out by Gauss and Legendre's rule.

    Args:
        groups: For each first CWE among the candidates, how many name it first, and how many of those are hits.
    """
    candidates = sum(size for size, _ in groups)
    times, weights = _nodes(min(candidates // 2 + 1, NODES))
    distribution = np.zeros(candidates)
    before = 0  # demonstrations shown in earlier rounds
    no_hit = 1.0  # the probability that none of them is a hit
    arrived = [np.ones_like(times) for _ in groups]  # the probability that a CWE's r-th is there
    for number in range(1, max(size for size, _ in groups) + 1):
        there = [i for i, (size, _) in enumerate(groups) if size >= number]
        for i in there:
            arrived[i] = arrived[i] - _binomial(groups[i][0], number - 1, times)
        hit = {
            i: groups[i][1] / (groups[i][0] - number + 1) for i in there
        }  # the probability of a hit, given that no earlier one is one
        for i in there:
            if not hit[i]:
                continue
            places = np.zeros((len(times), len(there)))
            places[:, 0] = 1
            for other in there:
                if other != i:
                    earlier = (arrived[other] * (1 - hit[other]))[:, None]
                    shifted = places[:, :-1] * earlier
                    places *= (1 - arrived[other])[:, None]
                    places[:, 1:] += shifted
            size = groups[i][0]
            arrives = size * _binomial(size - 1, number - 1, times)  # the density of the arrival time
            distribution[before : before + len(there)] += no_hit * hit[i] * ((weights * arrives) @ places)
        no_hit *= math.prod(1 - chance for chance in hit.values())
        if no_hit <= 0:
            break
        before += len(there)
    return distribution


@cache
def _nodes(count: int) -> tuple["Floats", "Floats"]:
    """Return the nodes and weights of the integration over 0..1."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return (nodes + 1) / 2, weights / 2


def _binomial(size: int, successes: int, chance: "Floats") -> "Floats":
    """Return the probability of so many successes; logarithms, as coefficients of a large base exceed any float."""
    ways = math.lgamma(size + 1) - math.lgamma(successes + 1) - math.lgamma(size - successes + 1)
    return np.asarray(np.exp(ways + successes * np.log(chance) + (size - successes) * np.log1p(-chance)))


# --- figures ---------------------------------------------------------------------------------------------------------


def _metrics(ranks: "Floats") -> "Floats":
    """Return one row per case, one column per metric; not a number for a case without any hit in the base."""
    columns = [ranks == 1, ranks <= 3, 1 / ranks, ranks, ranks <= 5, ranks <= 10]
    values = np.stack(columns, axis=1).astype(float)
    values[~np.isfinite(ranks)] = np.nan
    return values


def _rows(benchmark: Benchmark, reading: Reading, values: Mapping[str, "Floats"], bootstrap: Bootstrap) -> list[Figure]:
    """Make the rows of one reading, from one value per case and metric for the floor and each arm."""
    target = benchmark.name + reading.suffix
    languages = np.array([family(case.query.language or "any") for case in benchmark.cases])
    tables = {arm: _misses(table) if benchmark.absent_is_miss else table for arm, table in values.items()}
    rows: list[Figure] = []
    for arm, table in tables.items():
        for column, metric in enumerate(METRICS):
            row = _row(target, arm, metric, bootstrap.mean(table[:, column]), table[:, column])
            printed = target == "retrieval-a" and metric == "average-minimum-demonstrations"
            rows.append(replace(row, paper=PAPER.get(arm)) if printed else row)
        for language in benchmark.apart:
            there = languages == language
            for metric in benchmark.apart_metrics:
                column = METRICS.index(metric)
                if np.isfinite(table[there, column]).any():
                    interval = bootstrap.mean(np.where(there, table[:, column], np.nan))
                    row = _row(target, arm, f"{metric}, {language}", interval, table[there, column])
                    rows.append(replace(row, scope="language"))
    arms = [arm for arm in tables if arm != FLOOR]
    for arm, base in ((arm, base) for arm in arms for base in BASELINES if base in arms and arm != base):
        if arm in BASELINES[: BASELINES.index(base)]:
            continue  # each pair of baselines is compared once
        for metric in COMPARED:
            difference = (tables[arm] - tables[base])[:, METRICS.index(metric)]
            rows.append(_row(target, arm, metric, bootstrap.mean(difference), difference).minus(base))
    return rows


def _misses(table: "Floats") -> "Floats":
    """Return the same with 0 for what is not a number, except for the rank, because a miss has none."""
    rank = np.array(METRICS) == "average-minimum-demonstrations"
    return np.where(np.isnan(table) & ~rank, 0.0, table)


def _row(target: str, arm: str, metric: str, interval: tuple[float, float, float], values: "Floats") -> Figure:
    value, low, high = interval
    known = int(np.isfinite(values).sum())
    return Figure(
        target=target,
        model=None,
        arm=arm,
        metric=metric,
        value=value,
        low=low,
        high=high,
        n=known,
        invalid=0,
        inert=0,
        unknown=len(values) - known,
        scope="all",
    )
