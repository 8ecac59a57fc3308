"""Defines what an evaluation says: figures, comparisons of two arms, and what was left out, with the reason.

They are written as the documented JSON of `scores.json`, `evaluate --json` and `reproduced.json`, and read back from
it. In JSON a comparison is a row like that of a figure, with more keys, and its metric reads `security-rate minus
none`. Only this module writes and reads that text; all others ask for the type and its fields.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal

from seccoder.evaluation.run_folder import SCORES, Record, read_json

Scope = Literal["all", "level", "language", "cwe", "scenario"]
Outcome = Literal["higher", "lower", "no difference"]

_MINUS = " minus "


@dataclass(frozen=True, slots=True)
class Counts:
    """More counts behind a figure, where a code LM was sampled: of samples, of scenarios and of seeds."""

    secure: int
    vulnerable: int
    duplicates: int
    scenarios: int
    seeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One metric of one arm, with its 95 % interval.

    Attributes:
        target: What was measured, such as `sven`, `sven/python`, `sven/CWE-22`.
        model: The spec of the code LM; None where there is none, as in retrieval.
        arm: The experimental condition.
        metric: What is counted (`seccoder.evaluation.metrics`).
        value: The figure.
        low: The lower end of its interval; None if no resample could give one.
        high: The upper end of its interval, likewise.
        n: How many samples, or queries, it is made of.
        invalid: How many of these do not parse or compile; likewise `inert` and `unknown`.
        inert: See `invalid`.
        unknown: See `invalid`; in retrieval, the queries that are left out.
        scope: Whether the figure is of the whole benchmark or of a part of it.
        counts: More counts; None where nothing was sampled.
        paper: The figure that the paper prints for the same, if it does.
    """

    target: str
    model: str | None
    arm: str
    metric: str
    value: float
    low: float | None
    high: float | None
    n: int
    invalid: int
    inert: int
    unknown: int
    scope: Scope
    counts: Counts | None = None
    paper: float | None = None

    @property
    def label(self) -> str:
        """Say in words what is counted."""
        return self.metric

    def minus(
        self, base: str, *, base_model: str | None = None, p: float | None = None, difference: Outcome | None = None
    ) -> "Comparison":
        """Return the comparison whose difference this figure is; the arguments are fields of `Comparison`."""
        mine = {field.name: getattr(self, field.name) for field in fields(Figure)}
        return Comparison(**mine, base=base, base_model=base_model, p=p, difference=difference)

    def to_json(self) -> Record:
        """Return the documented shape of a row."""
        row: Record = {"target": self.target, "model": self.model, "arm": self.arm, "metric": self.label}
        row |= {name: getattr(self, name) for name in ("value", "low", "high", "n", "invalid", "inert", "unknown")}
        if self.counts is not None:  # the rows of retrieval have no more keys
            counts = asdict(self.counts)
            row |= {name: counts.pop(name) for name in ("secure", "vulnerable", "duplicates")}
            row |= {"scope": self.scope, **counts}
        return {**row, "paper": self.paper}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Figure):
    """The difference between an arm and another one in a metric.

    Attributes:
        base: The arm that is taken away.
        base_model: The code LM of that arm, where it is not the same one.
        p: The p-value of the paired permutation test; None where none was made, as in retrieval.
        difference: What the interval said to whoever stored it, likewise; reports go by `said`.
    """

    base: str
    base_model: str | None = None
    p: float | None = None
    difference: Outcome | None = None

    @property
    def said(self) -> Outcome | None:
        """Say what the interval says: one that touches 0, in the three decimals that are shown, tells no difference."""
        low, high = self.low, self.high
        touches = low is None or high is None or round(low, 3) <= 0 <= round(high, 3)
        return "no difference" if self.difference and touches else self.difference

    @property
    def label(self) -> str:
        """Say in words what is counted."""
        return f"{self.metric}{_MINUS}{self.base}"

    @property
    def against(self) -> str:
        """Say in words what the arm is compared with."""
        return self.base if self.base_model is None else f"{self.base_model} {self.base}"

    def to_json(self) -> Record:
        """Return the documented shape of a row."""
        row = Figure.to_json(self)  # `super()` does not know a dataclass with slots
        if self.difference is not None:
            row |= {"p": self.p, "difference": self.difference, "against": self.against}
        return row


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not measured, and why."""

    target: str
    reason: str

    def to_json(self) -> Record:
        """Return the documented shape."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of a run.

    Attributes:
        run: What the run was.
        results: Its figures and comparisons.
        skipped: What is in none of them.
    """

    run: Record
    results: list[Figure]
    skipped: list[Skipped]

    def to_json(self) -> Record:
        """Return the documented shape."""
        rows, left_out = ([each.to_json() for each in every] for every in (self.results, self.skipped))
        return {"run": self.run, "results": rows, "skipped": left_out}

    @classmethod
    def read(cls, folder: Path) -> "Scores | None":
        """Return the scores of a run's folder; None if it has none yet.

        Raises:
            SecCoderError: If the file is damaged.
        """
        stored = read_json(folder / SCORES)
        if stored is None:
            return None
        rows, left_out = map(from_json, stored["results"]), map(skipped_from_json, stored["skipped"])
        return cls(stored["run"], list(rows), list(left_out))


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A figure beside the paper's.

    Attributes:
        ours: Our figure; its target is the paper's table or figure, and its `paper` the figure that is printed there.
        title: What the table or figure is called.
        condition: The paper's label of the row.
        paper_model: The code LM of the paper's figure.
    """

    ours: Figure
    title: str
    condition: str
    paper_model: str | None

    def to_json(self) -> Record:
        """Return the documented shape, which is a row with more keys."""
        row = {**self.ours.to_json(), "title": self.title, "condition": self.condition}
        return {**row, "paper_model": self.paper_model, "paper_difference": self._difference()}

    def _difference(self) -> dict[str, float | None] | None:
        """Return our figure less the paper's, with the interval of ours."""
        ours, paper = self.ours, self.ours.paper
        if paper is None:
            return None
        ends = {"value": ours.value, "low": ours.low, "high": ours.high}
        return {end: None if value is None else round(value - paper, 6) for end, value in ends.items()}


def from_json(row: Record) -> Figure:
    """Return the figure or comparison that is stored as a row.

    Args:
        row: What `to_json` made. A row without a scope is one of retrieval, and of the whole benchmark.
    """
    known = {field.name: row[field.name] for field in fields(Figure) if field.name in row}
    metric, _, base = str(row["metric"]).partition(_MINUS)
    names = [field.name for field in fields(Counts)]
    counts = Counts(**{name: row[name] for name in names}) if names[0] in row else None
    figure = Figure(**{"scope": "all", **known, "metric": metric, "counts": counts})
    if not base:
        return figure
    model = str(row.get("against", base)).removesuffix(base).rstrip()
    return figure.minus(base, base_model=model or None, p=row.get("p"), difference=row.get("difference"))


def reproduced_from_json(row: Record) -> Reproduced:
    """Return the figure beside the paper's that is stored as a row."""
    return Reproduced(from_json(row), row["title"], row["condition"], row["paper_model"])


def skipped_from_json(record: Record) -> Skipped:
    """Return what was not measured, as it is stored."""
    return Skipped(record["target"], record["reason"])


def figures(rows: Iterable[Figure], scope: Scope = "all") -> list[Figure]:
    """Return the figures of a scope that are no comparisons."""
    return [row for row in rows if row.scope == scope and not isinstance(row, Comparison)]


def comparisons(rows: Iterable[Figure], scope: Scope = "all") -> list[Comparison]:
    """Return the comparisons of a scope."""
    return [row for row in rows if row.scope == scope and isinstance(row, Comparison)]
