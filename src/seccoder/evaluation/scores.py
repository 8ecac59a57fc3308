"""Computes a run's figures: each metric per arm with its interval, and paired tests between arms.

It takes a run's folder and returns `Scores` (`seccoder.evaluation.results`). Each arm is compared with `none`,
`placebo` and `placebo-cue`. A comparison is called higher or lower where its interval leaves out 0, and no difference
otherwise.

Intervals resample scenarios and seeds; those of one scenario resample its samples. A difference is taken where both
arms have a figure, scenario by scenario. What is left out of a figure is named in `skipped`.

The figures do not depend on the order in which samples came in, and they hold no date. A run that was killed and
continued therefore gives the same file as one that was not.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from seccoder.evaluation import methods, metrics, samples
from seccoder.evaluation.benchmarks.benchmark import Benchmark
from seccoder.evaluation.metrics import COSTS, KS, RATES, Prices
from seccoder.evaluation.results import Comparison, Counts, Figure, Outcome, Scope, Scores, Skipped
from seccoder.evaluation.run_folder import Cell, Folder, Record
from seccoder.evaluation.statistics import CROSSED_RESAMPLES, Bootstrap, Crossed, Interval, permutation
from seccoder.types import Sample

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

BASELINES = ("none", "placebo", "placebo-cue")
# The metrics that also get rows per language, CWE and scenario.
MAIN = ("security-rate", "secure-exercised", "proven", "pass@1", "func-sec@1")
_COUNTED: dict[str, Callable[[Sample], bool]] = {
    "secure": samples.secure,
    "vulnerable": samples.vulnerable,
    "invalid": samples.invalid,
    "inert": samples.inert,
    "undecided": samples.undecided,
    "duplicate": samples.duplicate,
}


@dataclass(frozen=True, slots=True)
class _Scope:
    """Some of the benchmark's scenarios, which get rows of their own."""

    kind: Scope
    target: str
    tasks: tuple[int, ...]  # indices of the tasks


@dataclass(frozen=True, slots=True)
class Difference:
    """What paired differences say: their mean with its interval, and whether it could be chance."""

    value: float
    low: float | None
    high: float | None
    p: float
    outcome: Outcome


def score(folder: Folder, manifest: Record, benchmark: Benchmark, prices: Prices | None = None) -> Scores:
    """Compute everything from what is stored.

    Args:
        folder: The folder of the run.
        manifest: Says which arms, and how many samples and seeds.
        benchmark: The benchmark of the run.
        prices: Prices of tokens, for figures in money.
    """
    cells = samples.judge(folder, benchmark, manifest["arms"], manifest["samples"])
    table = _Table(benchmark, manifest, cells, prices)
    rows: list[Figure] = []
    for scope in _scopes(benchmark) if benchmark.tasks else ():  # a shard may have none
        rows += table.rows(scope)
    identity = manifest["identity"]
    run = {
        **identity,
        **{name: manifest[name] for name in ("arms", "samples", "seeds", "chat", "oracles")},
        "tasks": len(benchmark.tasks),
        "resamples": CROSSED_RESAMPLES,
        "overlaps": len(manifest["contamination"]["overlaps"]),
        "prices": None if prices is None else [prices.prompt, prices.completion],
    }
    return Scores(run, rows, [*_not_measured(folder, manifest, benchmark, cells), *table.skipped()])


class _Table:
    """Every metric of every arm as a table of scenarios and seeds."""

    def __init__(
        self, benchmark: Benchmark, manifest: Record, cells: Mapping[Cell, list[Sample]], prices: Prices | None
    ) -> None:
        self._name = benchmark.name
        self._model = manifest["identity"]["model"]
        self._tasks = benchmark.tasks
        self._arms: list[str] = manifest["arms"]
        first = manifest["identity"]["settings"]["seed"]
        self._seeds = range(first, first + manifest["seeds"])
        self._seed = first
        self._cells = cells
        self._counts = {cell: _counts(judged) for cell, judged in cells.items()}
        self._prices = prices
        self._no_ratio: list[Skipped] = []
        self._bootstraps: dict[int, Bootstrap] = {}
        self._metrics = self._measured(manifest["samples"])
        self._values = {
            (arm, metric): self._matrix(arm, self._of(metric)) for arm in self._arms for metric in self._metrics
        }

    def rows(self, scope: _Scope) -> list[Figure]:
        """Return all rows of a scope."""
        if scope.kind == "scenario":
            return [row for arm in self._arms for row in self._of_one_scenario(scope, arm)]
        bootstrap = Crossed(len(scope.tasks), len(self._seeds), self._seed)
        wanted = self._metrics if scope.kind == "all" else [each for each in self._metrics if each in MAIN]
        rows: list[Figure] = []
        for arm in self._arms:
            for metric in wanted:
                values = self._values[arm, metric][list(scope.tasks)]
                if interval := bootstrap.mean(values):
                    rows.append(self._row(scope, arm, metric, interval, values))
            if scope.kind == "all":
                rows += self._ratios(scope, arm, bootstrap)
        if scope.kind != "cwe":
            rows += self._comparisons(scope, bootstrap, wanted)
        return rows

    def skipped(self) -> list[Skipped]:
        """Return scenarios without a security rate, and costs per something of which there is nothing."""
        found: list[Skipped] = []
        for arm in self._arms:
            for task in self._tasks:
                empty = [
                    str(seed)
                    for seed in self._seeds
                    if (cell := self._cells.get((task.id, arm, seed)))
                    and "security-rate" in self._metrics
                    and math.isnan(metrics.rate("security-rate", cell))
                ]
                if empty:
                    reason = f"arm {arm}, seed {', '.join(empty)}: no valid completion that was decided; left out"
                    found.append(Skipped(f"{self._name}/{task.id}", reason))
        return [*found, *self._no_ratio]

    def _measured(self, count: int) -> list[str]:
        """Return the metrics that this benchmark and this many samples can give."""
        ks = [k for k in KS if k <= count]
        judged = [each for cell in self._cells.values() for each in cell]
        secure = any(task.cwe for task in self._tasks)
        functional = any(samples.functional(each) is not None for each in judged)
        found = [*RATES, *(f"proven@{k}" for k in ks if k > 1)] if secure else ["valid"]
        found += [f"pass@{k}" for k in ks if functional]
        found += [f"func-sec@{k}" for k in ks if functional and secure]
        return found + [each for each in COSTS if each != "cost" or self._prices]

    def _of(self, metric: str) -> Callable[[Sequence[Sample]], float]:
        if metric in RATES:
            return lambda cell: metrics.rate(metric, cell)
        if metric in COSTS:
            return lambda cell: metrics.cost(metric, cell, self._prices)
        return lambda cell: metrics.successes(metric, cell)

    def _matrix(self, arm: str, of: Callable[[Sequence[Sample]], float]) -> "Floats":
        cells = [[self._cells.get((task.id, arm, seed)) for seed in self._seeds] for task in self._tasks]
        return np.array([[of(cell) if cell else math.nan for cell in row] for row in cells], dtype=float)

    def _ratios(self, scope: _Scope, arm: str, bootstrap: Crossed) -> list[Figure]:
        """Return what one secured sample takes."""
        rows: list[Figure] = []
        if "proven" not in self._metrics:
            return rows
        below = np.nan_to_num(self._matrix(arm, lambda cell: float(metrics.secured(cell))))
        if not below.any():
            reason = f"arm {arm}: no sample was proven secure, so there is no cost of one"
            self._no_ratio.append(Skipped(scope.target, reason))
        for metric in (each for each in COSTS if each in self._metrics):
            above = self._matrix(arm, partial(self._sum, metric))
            known = np.isfinite(above)
            if not known.any():
                continue
            interval = bootstrap.ratio(np.where(known, above, 0), np.where(known, below, 0))
            if interval is not None:
                rows.append(self._row(scope, arm, f"{metric}-per-secured", interval, above))
        return rows

    def _sum(self, metric: str, cell: Sequence[Sample]) -> float:
        return sum(metrics.costs(metric, cell, self._prices))

    def _comparisons(self, scope: _Scope, bootstrap: Crossed, wanted: Sequence[str]) -> list[Comparison]:
        rows: list[Comparison] = []
        baselines = {arm: self._baselines(arm) for arm in self._arms}
        every = dict.fromkeys((*BASELINES, *(base for of in baselines.values() for base in of)))
        for base in every:
            for arm in (arm for arm in self._arms if base in baselines[arm]):
                for metric in wanted:
                    pairs = (self._values[arm, metric] - self._values[base, metric])[list(scope.tasks)]
                    if interval := bootstrap.mean(pairs):
                        p, outcome = _test(interval, pairs, self._seed)
                        rows.append(self._row(scope, arm, metric, interval, pairs).minus(base, p=p, difference=outcome))
        return rows

    def _baselines(self, arm: str) -> list[str]:
        """Return what an arm is compared with: the baselines, and of a method what they give by the same steps."""
        steps = arm.removeprefix(methods.base(arm))
        same = (f"{base}{steps.removeprefix('+none') if base == 'none' else steps}" for base in BASELINES)
        every = dict.fromkeys((*BASELINES, *same))
        before = list(every)[: list(every).index(arm)] if arm in every else list(every)
        return [base for base in before if base in self._arms]

    def _of_one_scenario(self, scope: _Scope, arm: str) -> list[Figure]:
        task = self._tasks[scope.tasks[0]]
        judged = [each for seed in self._seeds for each in self._cells.get((task.id, arm, seed), ())]
        rows: list[Figure] = []
        if not judged:
            return rows
        bootstrap = self._over_samples(len(judged))
        for metric in (each for each in MAIN if each in self._metrics):
            values = np.array(metrics.values(metric, judged))
            if np.isfinite(values).any():
                interval = Interval(*bootstrap.mean(values))
                rows.append(self._row(scope, arm, metric, interval, self._values[arm, metric][list(scope.tasks)]))
        return rows

    def _over_samples(self, count: int) -> Bootstrap:
        if count not in self._bootstraps:
            self._bootstraps[count] = Bootstrap([str(number) for number in range(count)], self._seed)
        return self._bootstraps[count]

    def _row(self, scope: _Scope, arm: str, metric: str, interval: Interval, values: "Floats") -> Figure:
        known = np.isfinite(values)
        counts: Counter[str] = Counter()
        for index in scope.tasks:
            for seed in self._seeds:
                counts.update(self._counts.get((self._tasks[index].id, arm, seed)))
        return Figure(
            target=scope.target,
            model=self._model,
            arm=arm,
            metric=metric,
            value=_rounded(interval.value),
            low=_end(interval.low),
            high=_end(interval.high),
            n=counts["n"],
            invalid=counts["invalid"],
            inert=counts["inert"],
            unknown=counts["undecided"],
            scope=scope.kind,
            counts=Counts(
                secure=counts["secure"],
                vulnerable=counts["vulnerable"],
                duplicates=counts["duplicate"],
                scenarios=int(known.any(axis=1).sum()),
                seeds=int(known.any(axis=0).sum()),
            ),
        )


def _counts(cell: Sequence[Sample]) -> dict[str, int]:
    return {"n": len(cell)} | {name: sum(map(counted, cell)) for name, counted in _COUNTED.items()}


def difference(pairs: "Floats") -> Difference:
    """Compute what paired differences say.

    Args:
        pairs: A table (scenarios, seeds); at least one is a number.
    """
    interval = Crossed(pairs.shape[0], pairs.shape[1], seed=0).mean(pairs)
    assert interval is not None  # noqa: S101 - for the type checker
    return Difference(
        _rounded(interval.value), _end(interval.low), _end(interval.high), *_test(interval, pairs, seed=0)
    )


def _test(interval: Interval, pairs: "Floats", seed: int) -> tuple[float, Outcome]:
    """Return the p-value of a comparison, and what its interval says in words."""
    known = np.isfinite(pairs)
    counts = known.sum(axis=1)
    there = counts > 0
    per_scenario = np.where(known, pairs, 0).sum(axis=1)[there] / counts[there]
    low, high = interval.low, interval.high
    apart = low is not None and high is not None and (round(low, 3) > 0 or round(high, 3) < 0)  # as it is shown
    outcome: Outcome = "no difference" if not apart else "higher" if interval.value > 0 else "lower"
    return _rounded(permutation(per_scenario, seed)), outcome


def _scopes(benchmark: Benchmark) -> list[_Scope]:
    """Return the whole, then each level, language and CWE, then each scenario."""
    by: dict[tuple[Scope, str], list[int]] = defaultdict(list)
    for index, task in enumerate(benchmark.tasks):
        if task.level:
            by["level", f"level {task.level}"].append(index)
        by["language", task.language].append(index)
        if task.cwe:
            by["cwe", task.cwe].append(index)
    every = tuple(range(len(benchmark.tasks)))
    parts = [_Scope(kind, f"{benchmark.name}/{name}", tuple(tasks)) for (kind, name), tasks in sorted(by.items())]
    parts.sort(key=lambda part: part.kind, reverse=True)  # levels and languages first
    scenarios = [_Scope("scenario", f"{benchmark.name}/{task.id}", (i,)) for i, task in enumerate(benchmark.tasks)]
    return [_Scope("all", benchmark.name, every), *parts, *scenarios]


def _not_measured(
    folder: Folder, manifest: Record, benchmark: Benchmark, cells: Mapping[Cell, list[Sample]]
) -> list[Skipped]:
    """Return what the benchmark leaves out, what an arm has nothing to show for, and what is not there yet."""
    found = [Skipped(f"{benchmark.name}/{name}", reason) for name, reason in benchmark.skipped]
    without: dict[tuple[str, str], str] = {}
    cells_without = set()
    for record in folder.prompts.records:
        if "why_none" in record:
            without.setdefault((record["task"], record["arm"]), record["why_none"])
            cells_without.add((record["task"], record["arm"], record["seed"]))
    for (task, arm), reason in without.items():
        if arm in manifest["arms"]:
            found.append(Skipped(f"{benchmark.name}/{task}", f"arm {arm}: {reason}"))
    first = manifest["identity"]["settings"]["seed"]
    wanted = [
        (task.id, arm, seed)
        for task in benchmark.tasks
        for arm in manifest["arms"]
        for seed in range(first, first + manifest["seeds"])
    ]
    expected = [cell for cell in wanted if (cell[0], methods.base(cell[1]), cell[2]) not in cells_without]
    in_all = sum(methods.size(arm, manifest["samples"]) for _, arm, _ in expected)
    if missing := in_all - sum(len(cells.get(cell, ())) for cell in expected):
        reason = f"{missing} of {in_all} samples are not there yet"
        found.append(Skipped(benchmark.name, reason))
    return found


def _rounded(number: float) -> float:
    return round(number, 6)


def _end(number: float | None) -> float | None:
    return None if number is None else _rounded(number)
