"""Sets the figures of runs beside the paper's, table by table.

It takes what is wanted of which run (`plan`) and the figures to which each run was scored, and adds the paper's figure
to each of these. Differences are to the first condition of a table. If that condition was another run (of a code LM
before it was trained), the differences are paired over the scenarios that both have; the rate of a scenario is a mean
over all seeds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from seccoder.evaluation.paper import figures as printed
from seccoder.evaluation.paper.plan import Run, Wanted, base_of, plan
from seccoder.evaluation.paper.targets import PROFILES, TARGETS, Target
from seccoder.evaluation.results import Comparison, Figure, Reproduced, Scores, comparisons, figures
from seccoder.evaluation.scores import difference

RATES = ("security-rate", "secure-exercised")
RETRIEVAL_METRICS = ("accuracy@1", "average-minimum-demonstrations")


def beside(wanted: Sequence[Wanted], scored: Mapping[Run, Sequence[Figure]]) -> list[Reproduced]:
    """Return the rows of all targets, in the paper's order; what was not run is left out."""
    order = list(TARGETS)
    found = [row for each in wanted if each.run in scored for row in _rows(each, _first(each, wanted), scored)]
    return sorted(found, key=lambda row: order.index(row.ours.target))


def of_runs(scores: Sequence[Scores]) -> list[Reproduced]:
    """Return the rows of profile `local` that some runs give together, whoever made them."""
    scored = {Run(*(each.run[name] for name in ("benchmark", "model", "codebase"))): each.results for each in scores}
    specs = list(dict.fromkeys(run.model for run in scored))
    wanted: dict[Wanted, None] = {}
    for base in dict.fromkeys(map(base_of, specs)):
        chosen = [base, *(spec for spec in specs if base_of(spec) == base != spec)]
        wanted |= dict.fromkeys(plan(list(TARGETS), PROFILES["local"], chosen)[0])
    return beside(list(wanted), scored)


def _first(each: Wanted, wanted: Sequence[Wanted]) -> Wanted:
    """Return what a condition is compared with: the first one of its target on the same code LM."""
    condition = TARGETS[each.target].conditions[0]
    key = (each.target, each.paper_model, base_of(each.run.model))
    return next(
        (other for other in wanted
         if other.condition == condition and (other.target, other.paper_model, base_of(other.run.model)) == key),
        each,
    )  # fmt: skip


def _rows(wanted: Wanted, first: Wanted, scored: Mapping[Run, Sequence[Figure]]) -> Iterator[Reproduced]:
    target = TARGETS[wanted.target]
    here = [row for row in scored[wanted.run] if row.arm == wanted.arm]
    if target.shows == "rates":
        yield from _rates(wanted, target, here)
        if wanted is not first:
            yield from _differences(wanted, target, first, here, scored.get(first.run, ()))
    elif target.shows == "scenarios":
        yield from _scenarios(wanted, here)
    elif target.shows == "pass":
        gains = [row for row in comparisons(here) if row.against == "none"]
        passes = [row for row in (*figures(here), *gains) if row.metric.startswith("pass@")]
        yield from (_with_paper(wanted, row, None) for row in passes)
    elif target.shows == "retrieval":
        for row in figures(here):
            if row.target == target.benchmark and row.metric in RETRIEVAL_METRICS:
                average = row.metric == "average-minimum-demonstrations"
                yield _with_paper(
                    wanted, row, printed.demonstrations_needed(wanted.condition.label) if average else None
                )


def _rates(wanted: Wanted, target: Target, rows: Sequence[Figure]) -> Iterator[Reproduced]:
    theirs = {"security-rate": _theirs(wanted, target, wanted.condition.label), "secure-exercised": None}
    for metric, figure in theirs.items():
        for row in figures(rows):
            if row.metric == metric:
                yield _with_paper(wanted, row, figure)


def _theirs(wanted: Wanted, target: Target, label: str) -> float | None:
    return printed.security_rate(wanted.target, wanted.paper_model or "", label)


def _differences(
    wanted: Wanted, target: Target, first: Wanted, here: Sequence[Figure], there: Sequence[Figure]
) -> Iterator[Reproduced]:
    """Yield the differences of both rates to the first condition: as scored in one run, else paired over scenarios."""
    theirs, base = (_theirs(wanted, target, each.condition.label) for each in (wanted, first))
    gain = None if theirs is None or base is None else round(theirs - base, 6)
    for metric in RATES:
        figure = gain if metric == "security-rate" else None
        if wanted.run == first.run:
            rows = [row for row in comparisons(here) if (row.metric, row.base) == (metric, first.arm)]
        else:
            rows = _paired(metric, first, here, [row for row in there if row.arm == first.arm])
        yield from (_with_paper(wanted, row, figure) for row in rows)


def _paired(metric: str, first: Wanted, here: Sequence[Figure], there: Sequence[Figure]) -> list[Comparison]:
    """Return the difference between arms of two runs; nothing if they share no scenario."""
    ours, theirs = (
        {row.target: row.value for row in figures(rows, "scenario") if row.metric == metric} for rows in (here, there)
    )
    both = [name for name in ours if name in theirs]
    if not both:
        return []
    whole = next(row for row in figures(here) if row.metric == metric)
    told = difference(np.array([[ours[name] - theirs[name]] for name in both]))
    counts = whole.counts and replace(whole.counts, scenarios=len(both))
    figure = replace(whole, value=told.value, low=told.low, high=told.high, counts=counts)
    return [figure.minus(first.arm, base_model=first.run.model, p=told.p, difference=told.outcome)]


def _scenarios(wanted: Wanted, rows: Sequence[Figure]) -> Iterator[Reproduced]:
    """Yield a row per scenario; for SecCoder also the gain of each language."""
    place = 0 if wanted.condition.label == "None" else 1
    gains = [row for row in comparisons(rows, "language") if row.base == "none"]
    for row in (*gains, *figures(rows, "scenario")):
        part = row.target.partition("/")[2]
        if row.metric != "security-rate":
            continue
        if isinstance(row, Comparison):
            yield _with_paper(wanted, row, printed.language_gain(part), part)
        else:
            rates = printed.scenario_rates(part)
            yield _with_paper(wanted, row, None if rates is None else rates[place], part)


def _title(target: str) -> str:
    """Return the name of a target as the paper prints it, such as Table 3."""
    return f"{target[:-1].capitalize()} {target[-1]}"


def _with_paper(wanted: Wanted, row: Figure, figure: float | None, part: str = "") -> Reproduced:
    """Return a row of a target, with the paper's figure."""
    title = f"{_title(wanted.target)}: {TARGETS[wanted.target].title}"
    condition = f"{wanted.condition.label}, {part}" if part else wanted.condition.label
    return Reproduced(replace(row, target=wanted.target, paper=figure), title, condition, wanted.paper_model)
