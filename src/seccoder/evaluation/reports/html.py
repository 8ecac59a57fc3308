"""Writes the report as one HTML page that needs nothing else: style, script and charts are in it.

The page reaches no address. Completions are untrusted: the template engine escapes everything, code is coloured token
by token after escaping, and the page's own policy forbids any script but the one it was written with. The page is
readable without scripts; the filter of the examples is then not shown.

Of the completions it shows the selection that the report holds, each text cut at a stated length.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from seccoder.code.text import spelled_out
from seccoder.evaluation.reports import charts, highlight
from seccoder.evaluation.reports.content import (
    BY_PART,
    METRICS,
    Example,
    Report,
    at_cost,
    beside,
    by_reason,
    by_title,
    comparisons,
    counts,
    distinct,
    figure,
    headlines,
    interval,
    number,
    paper,
    signed,
)
from seccoder.evaluation.results import Figure, Scope, figures
from seccoder.evaluation.run_folder import Record

OUTCOMES = {
    "higher": "Higher: the interval leaves out 0",
    "lower": "Lower: the interval leaves out 0",
    "no difference": "No difference: the interval holds 0",
}
KINDS = (  # what becomes of a sample; together they cover all samples
    ("secure", "SECURE"),
    ("vulnerable", "VULNERABLE"),
    ("inert", "inert"),
    ("unknown", "other UNKNOWN"),
    ("invalid", "INVALID"),
    ("unflagged", "not flagged"),
)
PARTS: dict[Scope, str] = {"level": "level", "language": "language", "cwe": "weakness", "scenario": "task"}  # in order
COSTS = ("seconds", "prompt-tokens", "completion-tokens", "cost", "seconds-per-secured", "cost-per-secured")
AGAINST_COST = ("func-sec@1", "proven", "secure-exercised", "pass@1")
LIMITS = (
    "SECURE speaks of the weakness that was checked, under the exploits that were tried. It is evidence, not proof.",
    "Not flagged is not secure. The security rate as the paper defines it lets inert code pass, and with CodeQL "
    "unflagged code; the rate of secure and exercised never does.",
    "Intervals resample tasks and seeds. They say nothing about other tasks, other prompts or other code LMs.",
    "A placebo demonstration that does as well as a retrieved one means that retrieval was not what helped.",
    "The examples follow a fixed rule; they were not chosen by what they show.",
)


def html(report: Report) -> str:
    """Return the page."""
    style, script = (_file(name) for name in ("page.css", "page.js"))
    rows = report.rows
    page = {
        "report": report,
        "style": Markup(style),  # noqa: S704 - they are files of this package
        "script": Markup(script),  # noqa: S704
        "script_hash": "sha256-" + b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "subtitle": _subtitle(report),
        "several_models": len({row.model for row in rows}) > 1,
        "outcomes": OUTCOMES,
        "headlines": headlines(rows),
        "comparisons": comparisons(rows),
        "reproduced": by_title(report.reproduced),
        "skipped": by_reason(report.skipped),
        "charts": _charts(figures(rows)),
        "kinds": KINDS,
        "counts": _counts(figures(rows)),
        "breakdowns": _breakdowns(rows),
        "costs": _costs(figures(rows)),
        "coverage": _coverage(report),
        "filters": _filters(report),
        "shown": sum(len(arm.examples) for task in report.examples for arm in task.arms),
        "runs": [(_name(run), _facts(run), json.dumps(run, indent=2, ensure_ascii=True)) for run in report.runs],
        "figures": [row for row in rows if row.scope != "scenario"],
        "limits": LIMITS,
    }
    written = {
        "number": number,
        "paper": paper,
        "signed": signed,
        "figure": figure,
        "interval": interval,
        "beside": beside,
    }
    sections = {
        "cost": ("What it reaches, and what it costs", page["costs"]),
        "headline": ("Does it help?", page["headlines"]),
        "paper": ("Beside the paper", page["reproduced"]),
        "arms": ("Arms", page["charts"]),
        "samples": ("Samples", page["counts"]),
        "breakdown": ("By weakness", page["breakdowns"]),
        "coverage": ("Coverage", page["coverage"]),
        "examples": ("Examples", report.examples),
        "skipped": ("Not measured", report.skipped),
        "runs": ("What was run", page["runs"]),
        "figures": ("Every figure", rows),
        "limits": ("Limits", True),
    }
    there = [(anchor, name) for anchor, (name, content) in sections.items() if content]
    environment = Environment(
        autoescape=True, finalize=_harmless, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_file("page.html.j2"))
    return template.render(page, **written, sections=there, code=_code, hits=_hits)


def _harmless(value: Any) -> Any:
    """Return what the template shows of a value: a text without what deceives, which is escaped afterwards."""
    return spelled_out(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _file(name: str) -> str:
    return files("seccoder.evaluation.reports").joinpath(name).read_text(encoding="utf-8")


# --- what stands where -----------------------------------------------------------------------------------------------


def _subtitle(report: Report) -> str:
    whole = figures(report.rows)
    models = distinct(row.model for row in whole if row.model)
    arms = distinct(row.arm for row in whole)
    parts = [", ".join(models), f"{len(arms)} arms" if arms else ""]
    parts.append(f"{report.samples:,} samples" if report.samples else "")
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Chart:
    """A metric, with the arms on one axis and a group for each benchmark and code LM."""

    title: str
    about: str
    groups: list[tuple[str, list[tuple[Figure, Markup]]]]


@dataclass(frozen=True, slots=True)
class _Became:
    """What became of the samples of one benchmark, code LM and arm."""

    row: Figure
    counts: dict[str, int]  # by kind
    duplicates: int
    bar: Markup


@dataclass(frozen=True, slots=True)
class _Cell:
    """A share from 0 to 1 that is shown as a colour, with its text and what a pointer over it shows."""

    share: float
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class _Heat:
    """A line per language, weakness or task, and a column per arm or language; None where there is no figure."""

    title: str
    corner: str
    columns: list[str]
    rows: list[tuple[str, list[_Cell | None]]]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class _Costs:
    """What the arms of one benchmark and code LM cost, beside the figures that they reach."""

    title: str
    up: str
    top: str
    across: str
    plot: Markup
    columns: list[str]
    rows: list[tuple[str, list[str]]]


def _charts(rows: Sequence[Figure]) -> list[_Chart]:
    made = []
    for metric, (title, about) in METRICS.items():
        here = [row for row in rows if row.metric == metric]
        if not here:
            continue
        scale = charts.Scale(0.0, 1.0)
        groups: dict[str, list[tuple[Figure, Markup]]] = defaultdict(list)
        bases = {(row.target, row.model): row.value for row in here if row.arm == "none"}
        for row in here:
            mark = charts.interval(row, scale, reference=bases.get((row.target, row.model)))
            groups[f"{row.target} on {row.model}"].append((row, mark))
        made.append(_Chart(title, about, list(groups.items())))
    return made


def _counts(rows: Sequence[Figure]) -> list[_Became]:
    made = []
    for row in {(row.target, row.model, row.arm): row for row in rows}.values():
        if row.counts is None:
            continue
        every = counts(row)
        shown = {kind: every.get(kind, 0) for kind, _ in KINDS}
        shown["unflagged"] = row.n - sum(shown.values())
        bar = charts.shares([(kind, name, shown[kind]) for kind, name in KINDS])
        made.append(_Became(row, shown, every["duplicates"], bar))
    return made


def _breakdowns(rows: Sequence[Figure]) -> list[_Heat]:
    made = []
    whole = figures(rows)
    runs = distinct((row.target, row.model) for row in whole)
    several = len(runs) > 1
    for benchmark, model in runs:
        arms = distinct(row.arm for row in whole if (row.target, row.model) == (benchmark, model))
        for scope, name in PARTS.items():
            parts = [row for row in figures(rows, scope) if row.model == model]
            here = [row for row in parts if row.target.startswith(f"{benchmark}/")]
            for metric in BY_PART:
                run = f", {benchmark} on {model}" if several else ""
                lines = _breakdown([row for row in here if row.metric == metric], arms)
                if lines:
                    made.append(_Heat(f"By {name}: {metric}{run}", name, arms, lines, folded=scope == "scenario"))
    return made


def _breakdown(rows: Sequence[Figure], arms: Sequence[str]) -> list[tuple[str, list[_Cell | None]]]:
    cells = {(row.target, row.arm): row for row in rows}
    lines = []
    for target in sorted({row.target for row in rows}, key=_natural):
        found = [cells.get((target, arm)) for arm in arms]
        line = [
            _Cell(row.value, f"{row.value:.2f}", f"{interval(row)}, {row.n} samples") if row else None for row in found
        ]
        lines.append((target.partition("/")[2], line))
    return lines


def _costs(rows: Sequence[Figure]) -> list[_Costs]:
    made = []
    cells = {(row.target, row.model, row.arm, row.metric): row for row in rows}
    for benchmark, model in distinct((row.target, row.model) for row in rows):
        here = [row for row in rows if (row.target, row.model) == (benchmark, model)]
        metric = next((each for each in AGAINST_COST if any(row.metric == each for row in here)), None)
        costs = [each for each in COSTS if any(row.metric == each for row in here)]
        if metric is None or "seconds" not in costs:
            continue
        lines = []
        for arm in distinct(row.arm for row in here):
            found = [cells.get((benchmark, model, arm, each)) for each in (*costs, metric)]
            lines.append((arm, [number(row.value) if row else "" for row in found]))
        points = at_cost(here, metric)
        plot, across = charts.scatter(points, "tokens per result"), f"{charts.width(points):,.0f}"
        top = f"{charts.height(points):g}"
        made.append(_Costs(f"{benchmark} on {model}", metric, top, across, plot, [*costs, metric], lines))
    return made


def _coverage(report: Report) -> _Heat | None:
    covered = report.covered
    if not covered:
        return None
    languages = distinct(language for _, language in covered)
    most = max(tasks for tasks, _ in covered.values())
    rows = []
    for name in sorted({name for name, _ in covered}, key=_natural):
        found = [covered.get((name, language)) for language in languages]
        about = f"tasks, and different demonstrations of {name} in their prompts"
        rows.append((name, [cell and _Cell(cell[0] / most, f"{cell[0]} / {cell[1]}", about) for cell in found]))
    return _Heat("Coverage", "CWE", languages, rows)


def _filters(report: Report) -> list[tuple[str, str, list[str]]]:
    arms = [arm for task in report.examples for arm in task.arms]
    found = [
        ("verdict", "verdict", [example.label for arm in arms for example in arm.examples]),
        ("arm", "arm", [arm.arm for arm in arms]),
        ("model", "code LM", [arm.model for arm in arms]),
        ("cwe", "CWE", [task.cwe for task in report.examples]),
        ("language", "language", [task.language for task in report.examples]),
    ]
    return [(key, label, values) for key, label, every in found if len(values := sorted(set(every), key=_natural)) > 1]


def _name(run: Record) -> str:
    return f"{run['benchmark']} on {run['model']}"


def _facts(run: Record) -> list[tuple[str, str]]:
    """Return what a reader wants to know of a run before the rest of its manifest."""
    settings = ", ".join(f"{name} {value}" for name, value in (run.get("settings") or {}).items())
    oracles = ", ".join(f"{name} {version}" for name, version in (run.get("oracles") or {}).items())
    versions = ", ".join(f"{name} {version}" for name, version in (run.get("versions") or {}).items())
    machine = ", ".join(str(value) for value in (run.get("machine") or {}).values())
    facts = [
        ("code LM", run["model"]),
        ("codebase", run.get("codebase", "")),
        ("arms", ", ".join(run.get("arms", ()))),
        ("samples × seeds", f"{run.get('samples')} × {run.get('seeds')} per task and arm, {run.get('tasks')} tasks"),
        ("sampling", settings),
        ("oracles", oracles),
        ("versions", versions),
        ("machine", machine),
        ("overlaps of codebase and benchmark", str(run.get("overlaps", ""))),
        *(("command", f"{each['at']}  {each['command']}") for each in run.get("commands") or ()),
    ]
    return [(name, value) for name, value in facts if value]


def _hits(example: Example) -> set[int]:
    return {finding.line for finding in example.findings if finding.line is not None}


def _code(text: str, language: str, hits: Iterable[int] = ()) -> Markup:
    shown, left_out = highlight.cut(text.strip("\n"))
    marked = set(hits)
    lines = [
        Markup('<span class="line{}">{}</span>').format(" hit" if place in marked else "", line)
        for place, line in enumerate(highlight.lines(shown, language), start=1)
    ]
    more = Markup('<span class="line c">[{:,} more characters]</span>').format(left_out) if left_out else ""
    return Markup("<pre><code>{}{}</code></pre>").format(Markup("").join(lines), more)


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key that orders CWE-78 before CWE-125."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]
