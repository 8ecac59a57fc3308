"""Sets the figures of runs beside the paper's, table by table.

In flow what is wanted of which run (`plan`) and the rows that each run was scored to; out flow rows in the same shape
with `title`, `condition`, `paper`, `paper_model` and `paper_difference` (ours less the paper's, with the interval of
ours; the paper has none). Differences are to a table's first condition. Where that was another run (of a code LM
before it was trained), they are paired over the scenarios that both have, whose rates are means over all seeds.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from seccoder.evaluation.paper import figures
from seccoder.evaluation.paper.plan import Run, Wanted, base_of, plan
from seccoder.evaluation.paper.targets import PROFILES, TARGETS, Target
from seccoder.evaluation.scores import difference

Row = dict[str, Any]

RATES = ("security-rate", "secure-exercised")
RETRIEVAL_METRICS = ("accuracy@1", "average-minimum-demonstrations")


def beside(wanted: Sequence[Wanted], scored: Mapping[Run, Sequence[Row]]) -> list[Row]:
    """The rows of all targets, in the paper's order; what was not run is left out."""
    order = list(TARGETS)
    found = [row for each in wanted if each.run in scored for row in _rows(each, _first(each, wanted), scored)]
    return sorted(found, key=lambda row: order.index(row["target"]))


def of_runs(scores: Sequence[Row]) -> list[Row]:
    """The rows of profile `local` that some runs give together, whoever made them.

    Args:
        scores: Their `scores.json`.
    """
    scored = {
        Run(*(each["run"][name] for name in ("benchmark", "model", "codebase"))): each["results"] for each in scores
    }
    specs = list(dict.fromkeys(run.model for run in scored))
    wanted: dict[Wanted, None] = {}
    for base in dict.fromkeys(map(base_of, specs)):
        chosen = [base, *(spec for spec in specs if base_of(spec) == base != spec)]
        wanted |= dict.fromkeys(plan(list(TARGETS), PROFILES["local"], chosen)[0])
    return beside(list(wanted), scored)


def _first(each: Wanted, wanted: Sequence[Wanted]) -> Wanted:
    """What a condition is compared with: the first one of its target on the same code LM."""
    condition = TARGETS[each.target].conditions[0]
    key = (each.target, each.paper_model, base_of(each.run.model))
    return next(
        (other for other in wanted
         if other.condition == condition and (other.target, other.paper_model, base_of(other.run.model)) == key),
        each,
    )  # fmt: skip


def _rows(wanted: Wanted, first: Wanted, scored: Mapping[Run, Sequence[Row]]) -> Iterator[Row]:
    target = TARGETS[wanted.target]
    here = [row for row in scored[wanted.run] if row["arm"] == wanted.arm]
    if target.shows == "rates":
        yield from _rates(wanted, target, here)
        if wanted is not first:
            yield from _differences(wanted, target, first, here, scored.get(first.run, ()))
    elif target.shows == "scenarios":
        yield from _scenarios(wanted, here)
    elif target.shows == "pass":
        passes = [row for row in here if row["scope"] == "all" and row["metric"].startswith("pass@")]
        yield from (_beside(wanted, row, None) for row in passes if row.get("against", "none") == "none")
    elif target.shows == "retrieval":
        for row in here:
            if row["target"] == target.benchmark and row["metric"] in RETRIEVAL_METRICS:
                average = row["metric"] == "average-minimum-demonstrations"
                yield _beside(wanted, row, figures.demonstrations_needed(wanted.condition.label) if average else None)


def _rates(wanted: Wanted, target: Target, rows: Sequence[Row]) -> Iterator[Row]:
    printed = {"security-rate": _theirs(wanted, target, wanted.condition.label), "secure-exercised": None}
    for metric, figure in printed.items():
        for row in rows:
            if row["scope"] == "all" and row["metric"] == metric:
                yield _beside(wanted, row, figure)


def _theirs(wanted: Wanted, target: Target, label: str) -> float | None:
    return figures.security_rate(wanted.target, wanted.paper_model or "", label)


def _differences(
    wanted: Wanted, target: Target, first: Wanted, here: Sequence[Row], there: Sequence[Row]
) -> Iterator[Row]:
    """Of both rates, to the first condition: as it was scored if both are of one run, else paired over scenarios."""
    theirs = [_theirs(wanted, target, each.condition.label) for each in (wanted, first)]
    gain = None if None in theirs else round(theirs[0] - theirs[1], 6)  # type: ignore[operator]
    for metric in RATES:
        figure = gain if metric == "security-rate" else None
        if wanted.run == first.run:
            name = f"{metric} minus {first.arm}"
            rows = [row for row in here if row["scope"] == "all" and row["metric"] == name]
        else:
            rows = _paired(metric, first, here, [row for row in there if row["arm"] == first.arm])
        yield from (_beside(wanted, row, figure) for row in rows)


def _paired(metric: str, first: Wanted, here: Sequence[Row], there: Sequence[Row]) -> list[Row]:
    """The difference between arms of two runs; nothing if they share no scenario."""
    ours, theirs = (
        {row["target"]: row["value"] for row in rows if row["scope"] == "scenario" and row["metric"] == metric}
        for rows in (here, there)
    )
    both = [name for name in ours if name in theirs]
    if not both:
        return []
    whole = next(row for row in here if row["scope"] == "all" and row["metric"] == metric)
    told = difference(np.array([[ours[name] - theirs[name]] for name in both]))
    against = f"{first.run.model} {first.arm}"
    return [{**whole, **told, "metric": f"{metric} minus {first.arm}", "against": against, "scenarios": len(both)}]


def _scenarios(wanted: Wanted, rows: Sequence[Row]) -> Iterator[Row]:
    """A row per scenario; for SecCoder also the gain of each language."""
    place = 0 if wanted.condition.label == "None" else 1
    for row in rows:
        part = row["target"].partition("/")[2]
        if row["scope"] == "scenario" and row["metric"] == "security-rate":
            rates = figures.scenario_rates(part)
            yield _beside(wanted, row, None if rates is None else rates[place], part)
        elif row["scope"] == "language" and row["metric"] == "security-rate minus none":
            yield _beside(wanted, row, figures.language_gain(part), part)


def _printed(target: str) -> str:
    """The name of a target as the paper prints it: Table 3."""
    return f"{target[:-1].capitalize()} {target[-1]}"


def _beside(wanted: Wanted, row: Row, figure: float | None, part: str = "") -> Row:
    """A row of a target, with the paper's figure and the difference."""
    apart = None
    if figure is not None and row["value"] is not None:
        ends = ((end, row[end]) for end in ("value", "low", "high"))
        apart = {end: None if value is None else round(value - figure, 6) for end, value in ends}
    return {
        **row,
        "target": wanted.target,
        "title": f"{_printed(wanted.target)}: {TARGETS[wanted.target].title}",
        "condition": f"{wanted.condition.label}, {part}" if part else wanted.condition.label,
        "paper": figure,
        "paper_model": wanted.paper_model,
        "paper_difference": apart,
    }
