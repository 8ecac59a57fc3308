"""What a report says, before it has a form, and how figures are chosen and written in every form alike.

A row is a figure as `seccoder.evaluation.scores` makes it: rates lie in 0..1, `scope` says whether it is of the whole
benchmark or of a language, CWE or scenario, and a comparison has `against` and `difference`. Nothing here is escaped:
texts of completions are as untrusted as they came, and each formatter makes them harmless in its own way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from seccoder.models import specs

Row = Mapping[str, Any]

METRICS = {  # what a reader looks for first: the title of each, and what it counts
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
BY_PART = ("security-rate", "secure-exercised", "pass@1", "func-sec@1")  # shown by weakness and language
PREFERRED = "hybrid"  # the arm that headlines are about: what `seccoder generate` retrieves with


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding, with its line counted within the completion (None: elsewhere)."""

    oracle: str
    cwe: str
    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """One completion and what the oracles said of it."""

    label: str
    reason: str
    completion: str
    findings: Sequence[ShownFinding]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was shown to the code LM: who it is, and its code."""

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
    """One task with its prompt, and what the arms made of it."""

    benchmark: str
    task: str
    cwe: str
    language: str
    prompt: str
    arms: Sequence[ExampleArm]


@dataclass(frozen=True, slots=True)
class Report:
    """A run, or several side by side.

    Attributes:
        title: What was measured.
        rows: Every figure.
        skipped: What was not measured: `target` and `reason`.
        runs: What each run was: its scores' `run` and its manifest's machine, versions and commands.
        examples: A selection of completions.
        covered: Tasks, and different demonstrations shown for them, by CWE and language.
        samples: How many completions there are.
        reproduced: Figures beside the paper's: rows with `title`, `condition`, `paper` and `paper_model`.
    """

    title: str
    rows: Sequence[Row]
    skipped: Sequence[Row] = ()
    runs: Sequence[Mapping[str, Any]] = ()
    examples: Sequence[ExampleTask] = ()
    covered: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    samples: int = 0
    reproduced: Sequence[Row] = ()


# --- which figures ---------------------------------------------------------------------------------------------------


def figures(rows: Iterable[Row], scope: str = "all") -> list[Row]:
    """The figures of a scope that are no comparisons."""
    return [row for row in rows if row.get("scope", "all") == scope and "against" not in row]


def comparisons(rows: Iterable[Row]) -> list[Row]:
    """The differences between arms, over the whole benchmark, in the metrics that come first."""
    return [row for row in rows if "against" in row and row["scope"] == "all" and metric_of(row) in METRICS]


def headlines(rows: Iterable[Row]) -> list[Row]:
    """The comparisons that answer whether it helps: of the preferred arm, else of every arm that is no baseline."""
    every = [row for row in comparisons(rows) if metric_of(row) in BY_PART and row["arm"] != "placebo"]
    return [row for row in every if row["arm"] == PREFERRED] or every


def metric_of(row: Row) -> str:
    """The metric a comparison compares."""
    return str(row["metric"]).partition(" minus ")[0]


def by_title(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Figures beside the paper's, by the table or figure they belong to, in order."""
    found = list(rows)
    return [(title, [row for row in found if row["title"] == title]) for title in distinct(r["title"] for r in found)]


def by_reason(skipped: Iterable[Row]) -> list[tuple[str, list[str]]]:
    """What was not measured, each reason once with all it holds for."""
    found: dict[str, list[str]] = {}
    for row in skipped:
        found.setdefault(row["reason"], []).append(row["target"])
    return [(reason, distinct(targets)) for reason, targets in found.items()]


def distinct(values: Iterable[Any]) -> list[Any]:
    """Each value once, in order of appearance."""
    return list(dict.fromkeys(values))


# --- what code LMs are called ----------------------------------------------------------------------------------------


def short(model: str) -> str:
    """A code LM's spec without the folder of what was trained on it."""
    base, adapter = specs.split(model)
    return base if adapter is None else f"{base}+{adapter.kind}"


def with_short_names(report: Report) -> Report:
    """The report for people: code LMs without the folders of what was trained on them, where that is unambiguous."""
    specs = distinct(str(row["model"]) for row in (*report.rows, *report.reproduced) if row["model"])
    times = Counter(map(short, specs))
    names = {spec: short(spec) for spec in specs if times[short(spec)] == 1}

    def named(rows: Sequence[Row]) -> list[Row]:
        return [{**row, "model": names.get(row["model"], row["model"])} for row in rows]

    title = report.title
    for spec in sorted(names, key=len, reverse=True):
        title = title.replace(spec, names[spec])
    examples = [
        replace(task, arms=[replace(arm, model=names.get(arm.model, arm.model)) for arm in task.arms])
        for task in report.examples
    ]
    return replace(report, title=title, rows=named(report.rows), reproduced=named(report.reproduced), examples=examples)


# --- how they are written --------------------------------------------------------------------------------------------


def number(value: float | None) -> str:
    """A figure: three decimals, fewer where they would say nothing; "" for none."""
    if value is None:
        return ""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 1000 else f"{value:,.0f}"


def signed(value: float | None) -> str:
    """A difference, with its sign; a true minus; a question mark for none."""
    if value is None:
        return "?"
    return ("+" if value >= 0 else "\N{MINUS SIGN}") + number(abs(value))


def figure(row: Row) -> str:
    """The value of a row, with its sign if it is a difference."""
    return _figure(row, "value")


def paper(row: Row) -> str:
    """The paper's figure beside it, likewise; "" for none."""
    return "" if row["paper"] is None else _figure(row, "paper")


def _figure(row: Row, name: str) -> str:
    return signed(row[name]) if "against" in row else number(row[name])


def interval(row: Row, base: float | None = None) -> str:
    """The interval of a figure, with signs if it is a difference or its difference to `base` is asked for."""
    if row["value"] is None:
        return ""
    write = signed if base is not None or "against" in row else number
    low, high = ("?" if row[end] is None else write(row[end] - (base or 0.0)) for end in ("low", "high"))
    return f"[{low}, {high}]"


def beside(row: Row) -> str:
    """Our figure less the paper's, with the interval of ours; "" where there is no figure of the paper."""
    if row["paper"] is None or row["value"] is None:
        return ""
    return f"{signed(row['value'] - row['paper'])} {interval(row, row['paper'])}"
