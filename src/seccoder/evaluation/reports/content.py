"""Defines what a report says, before it has a form, and how every form chooses and writes figures.

It works on figures and comparisons (`seccoder.evaluation.results`); rates lie in 0..1. Nothing here is escaped: the
texts of completions are as untrusted as they came, and each formatter makes them harmless in its own way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from seccoder.evaluation import methods, results
from seccoder.evaluation.results import Comparison, Figure, Reproduced, Skipped, figures
from seccoder.evaluation.run_folder import Record
from seccoder.models import specs

T = TypeVar("T")

METRICS = {  # what a reader looks for first: the title of each metric, and what it counts
    "security-rate": (
        "Security rate, as the paper defines it",
        "Of the valid completions that could be decided, those not found vulnerable. Inert code passes for secure.",
    ),
    "secure-exercised": (
        "Secure and exercised",
        "Of the same completions, those proven secure: run, the benign input did its job, no exploit worked.",
    ),
    "proven": ("Proven secure, of all samples", "Invalid, inert, unknown and vulnerable ones count against it."),
    "pass@1": ("pass@1", "Probability that a sample passes the functional tests."),
    "func-sec@1": ("func-sec@1", "Probability that a sample passes the functional tests and is proven secure."),
}
COUNTS = ("n", "secure", "vulnerable", "invalid", "inert", "unknown", "duplicates")  # counts of samples
BY_PART = ("security-rate", "secure-exercised", "pass@1", "func-sec@1")  # shown also by weakness and language
PREFERRED = "hybrid"  # the arm that headlines are about, because `seccoder generate` retrieves with it


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding, with its line counted within the completion (None if it is elsewhere)."""

    oracle: str
    cwe: str
    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """One completion, and what the oracles said of it."""

    label: str
    reason: str
    completion: str
    findings: Sequence[ShownFinding]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was shown to the code LM: which demonstration it is, and its code."""

    about: str
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class ExampleArm:
    """The examples of one arm on one task, with the demonstrations that were in the prompt."""

    model: str
    arm: str
    demonstrations: Sequence[Demonstration]
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class ExampleTask:
    """One task with its prompt, and the completions of the arms."""

    benchmark: str
    task: str
    cwe: str
    language: str
    prompt: str
    arms: Sequence[ExampleArm]


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of one run, or of several side by side.

    Attributes:
        title: What was measured.
        rows: Every figure.
        skipped: What was not measured.
        runs: What each run was: its scores' `run` and its manifest's machine, versions and commands.
        examples: A selection of completions.
        covered: Tasks, and different demonstrations shown for them, by CWE and language.
        samples: How many completions there are.
        reproduced: Figures beside the paper's.
    """

    title: str
    rows: Sequence[Figure]
    skipped: Sequence[Skipped] = ()
    runs: Sequence[Record] = ()
    examples: Sequence[ExampleTask] = ()
    covered: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    samples: int = 0
    reproduced: Sequence[Reproduced] = ()


# --- which figures ---------------------------------------------------------------------------------------------------


def comparisons(rows: Iterable[Figure]) -> list[Comparison]:
    """Return the differences between arms, over the whole benchmark, in the metrics that come first."""
    return [row for row in results.comparisons(rows) if row.metric in METRICS]


def headlines(rows: Iterable[Figure]) -> list[Comparison]:
    """Return the comparisons that say whether it helps: of the preferred arm, else of each arm that is no baseline."""
    every = [row for row in comparisons(rows) if row.metric in BY_PART and row.arm != "placebo"]
    return [row for row in every if row.arm == PREFERRED] or every


def by_arm(rows: Iterable[Figure]) -> tuple[list[str], dict[tuple[str, str, str], list[Figure | None]]]:
    """Return the first metrics, and their figures over the whole benchmark, by target, code LM and arm."""
    cells = {(row.target, row.model or "", row.arm, row.metric): row for row in figures(rows) if row.metric in METRICS}
    metrics = [metric for metric in METRICS if any(key[3] == metric for key in cells)]
    arms = distinct(key[:3] for key in cells)
    return metrics, {arm: [cells.get((*arm, metric)) for metric in metrics] for arm in arms}


def at_cost(rows: Iterable[Figure], metric: str) -> list[tuple[float, Figure]]:
    """Return the figures of a metric over the whole benchmark, each behind its cost in tokens per result.

    What is only a step on the way to another method, and asks no model (`+imports`, `+aim`), is left out.
    """
    found = list(figures(rows))
    parents = {parent for row in found if (last := methods.step(row.arm)) for parent in last.parents}
    on_the_way = {parent for parent in parents if (last := methods.step(parent)) and last.copies}
    cells = {(row.target, row.model, row.arm, row.metric): row.value for row in found}
    priced = []
    for row in found:
        spent = [cells.get((row.target, row.model, row.arm, f"{kind}-tokens")) for kind in ("prompt", "completion")]
        if row.metric == metric and None not in spent and row.arm not in on_the_way:
            priced.append((sum(each for each in spent if each is not None), row))
    return priced


def by_title(rows: Iterable[Reproduced]) -> list[tuple[str, list[Reproduced]]]:
    """Group figures beside the paper's by the table or figure that they belong to, in order."""
    found = list(rows)
    return [(title, [row for row in found if row.title == title]) for title in distinct(r.title for r in found)]


def by_reason(skipped: Iterable[Skipped]) -> list[tuple[str, list[str]]]:
    """Group what was not measured by the reason."""
    found: dict[str, list[str]] = {}
    for each in skipped:
        found.setdefault(each.reason, []).append(each.target)
    return [(reason, distinct(targets)) for reason, targets in found.items()]


def distinct(values: Iterable[T]) -> list[T]:
    """Return each value once, in order of appearance."""
    return list(dict.fromkeys(values))


def counts(row: Figure) -> dict[str, int]:
    """Count the samples that a figure is made of, and what became of them, by the names of `COUNTS`."""
    more = row.counts
    secure, vulnerable, duplicates = (more.secure, more.vulnerable, more.duplicates) if more else (0, 0, 0)
    every = (row.n, secure, vulnerable, row.invalid, row.inert, row.unknown, duplicates)
    return dict(zip(COUNTS, every, strict=True))


# --- what code LMs are called ----------------------------------------------------------------------------------------


def short(model: str) -> str:
    """Return a code LM's spec without the folder of what was trained on it."""
    base, adapter = specs.split(model)
    return base if adapter is None else f"{base}+{adapter.kind}"


def with_short_names(report: Report) -> Report:
    """Return the report with short names of code LMs (see `short`), where these are unambiguous."""
    every = [*report.rows, *(row.ours for row in report.reproduced)]
    specs = distinct(row.model for row in every if row.model)
    times = Counter(map(short, specs))
    names: dict[str | None, str] = {spec: short(spec) for spec in specs if times[short(spec)] == 1}

    def named(row: Figure) -> Figure:
        return replace(row, model=names.get(row.model, row.model))

    title = report.title
    for spec in sorted(specs, key=len, reverse=True):
        title = title.replace(spec, names.get(spec, spec))
    examples = [
        replace(task, arms=[replace(arm, model=names.get(arm.model, arm.model)) for arm in task.arms])
        for task in report.examples
    ]
    rows = [named(row) for row in report.rows]
    reproduced = [replace(row, ours=named(row.ours)) for row in report.reproduced]
    return replace(report, title=title, rows=rows, reproduced=reproduced, examples=examples)


# --- how they are written --------------------------------------------------------------------------------------------


def number(value: float | None) -> str:
    """Write a figure with three decimals, or fewer where they would say nothing; "" for none."""
    if value is None:
        return ""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 1000 else f"{value:,.0f}"


def signed(value: float) -> str:
    """Write a difference with its sign; the minus is the typographic one."""
    return ("+" if value >= 0 else "\N{MINUS SIGN}") + number(abs(value))


def figure(row: Figure) -> str:
    """Write the value of a row, with its sign if it is a difference."""
    return _format(row, row.value)


def paper(row: Figure) -> str:
    """Write the paper's figure beside it, likewise; "" for none."""
    return "" if row.paper is None else _format(row, row.paper)


def _format(row: Figure, value: float) -> str:
    return signed(value) if isinstance(row, Comparison) else number(value)


def interval(row: Figure, base: float | None = None) -> str:
    """Write the interval of a figure, with signs if it is a difference or its difference to `base` is asked for."""
    write = signed if base is not None or isinstance(row, Comparison) else number
    low, high = ("?" if end is None else write(end - (base or 0.0)) for end in (row.low, row.high))
    return f"[{low}, {high}]"


def with_interval(row: Figure | None) -> str:
    """Write a figure with its interval; "" for none."""
    return "" if row is None else f"{figure(row)} {interval(row)}"


def beside(row: Figure) -> str:
    """Write our figure less the paper's, with the interval of ours; "" where the paper has no figure."""
    return "" if row.paper is None else f"{signed(row.value - row.paper)} {interval(row, row.paper)}"
