"""Writes the report as plain text for a terminal: headlines, figures, what was left out.

It writes a `Report`, or the scores of one run, in a few dozen lines. It shows no completion; the HTML page does. Names
come from benchmarks and specs, so control characters are written out before a terminal sees them.
"""

from collections.abc import Collection, Sequence

from seccoder.code.text import spelled_out
from seccoder.evaluation.reports.content import (
    COUNTS,
    METRICS,
    Report,
    beside,
    by_arm,
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
    with_interval,
)
from seccoder.evaluation.results import Comparison, Figure, Reproduced, Scores, figures


def text(report: Report) -> str:
    """Return the text, which ends with a line break."""
    parts = [report.title]
    if chosen := headlines(report.rows):
        parts.append("Does it help?\n" + _comparisons(chosen))
    for title, rows in by_title(report.reproduced):
        parts.append(
            f"{title}, beside the paper\n" + table(PAPER, [_row_beside_paper(row) for row in rows], right={3, 5})
        )
    if others := [row for row in comparisons(report.rows) if row not in chosen]:
        parts.append("Other comparisons\n" + _comparisons(others))
    if whole := figures(report.rows):
        parts.append("Figures\n" + _figures(whole))
    for scope in ("level", "language"):
        if parted := [row for row in figures(report.rows, scope) if row.metric in METRICS]:
            parts.append(f"By {scope}\n" + _figures(parted))
    if report.skipped:
        lines = [f"  {', '.join(targets)}: {reason}" for reason, targets in by_reason(report.skipped)]
        parts.append("\n".join(["Not measured", *lines]))
    return "\n\n".join(spelled_out(part) for part in parts) + "\n"


def examples(report: Report, tasks: Sequence[str]) -> str:
    """Write the completions of some tasks, each with its prompt, its demonstrations and what the oracles said."""
    parts = []
    for task in (task for task in report.examples if task.task in tasks):
        parts.append(f"{task.task} ({task.cwe}, {task.language})\n\n{_indent(task.prompt)}")
        for arm in task.arms:
            parts.append(f"  {arm.arm}, {arm.model}")
            for shown in arm.demonstrations:
                parts.append(f"    demonstration {shown.about}\n\n{_indent(shown.code)}")
            for each in arm.examples:
                said = f"    {each.label} {each.reason}".rstrip()
                parts.append(f"{said}\n\n{_indent(each.completion)}")
    return "\n\n".join(spelled_out(part) for part in parts) + "\n"


def of_run(scores: Scores) -> str:
    """Write the scores of a run, with a line break at the end: a line for each arm, and the arms against each other."""
    run = scores.run
    parts = [
        f"{run['benchmark']}: {run['tasks']} tasks, {run['samples']} samples x {run['seeds']} seeds an arm, model "
        f"{run['model']}, codebase {run['codebase']}; 95 % intervals over scenarios and seeds"
    ]
    metrics, arms = by_arm(scores.results)
    lines = []
    for (_, _, arm), found in arms.items():
        counted = next(row for row in found if row is not None)
        lines.append((arm, *map(with_interval, found), *map(str, counts(counted).values())))
    head = ("arm", *metrics, *COUNTS)
    parts.append(table(head, lines, right=range(1 + len(metrics), len(head))))
    if chosen := comparisons(scores.results):
        parts.append(_comparisons(chosen))
    return "\n\n".join(spelled_out(part) for part in parts) + "\n"


def of_retrieval(scores: Scores) -> str:
    """Write the scores of retrievers, with a line break at the end: a table for each way to read their rankings."""
    run = scores.run
    parts = [
        f"{run['benchmark']}: {run['queries']} queries, {run['demonstrations']} demonstrations, 95 % intervals from "
        f"{run['resamples']} resamples of clusters"
    ]
    head = ("arm", "metric", "value", "95 % interval", "n", "paper")
    for target in distinct(row.target for row in scores.results):
        rows = [row for row in scores.results if row.target == target]
        lines = [(row.arm, row.label, figure(row), interval(row), str(row.n), paper(row)) for row in rows]
        parts.append(f"{target}\n" + table(head, lines, right={2, 4, 5}))
    return "\n\n".join(spelled_out(part) for part in parts) + "\n"


def _indent(code: str) -> str:
    return "\n".join(f"        {line}".rstrip() for line in code.strip("\n").split("\n"))


def _comparisons(rows: Sequence[Comparison]) -> str:
    head = ("comparison", "benchmark", "code LM", "metric", "difference", "95 % interval", "p", "")
    lines = [
        (
            f"{row.arm} against {row.against}",
            row.target,
            row.model or "",
            row.metric,
            signed(row.value),
            interval(row),
            number(row.p),
            row.said or "",
        )
        for row in rows
    ]
    return table(head, lines, right={4, 6})


def _figures(rows: Sequence[Figure]) -> str:
    head = ("target", "code LM", "arm", "metric", "value", "95 % interval", "n", "invalid", "inert", "unknown")
    lines = [
        (
            row.target,
            row.model or "",
            row.arm,
            row.metric,
            number(row.value),
            interval(row),
            *map(str, (row.n, row.invalid, row.inert, row.unknown)),
        )
        for row in rows
    ]
    return table(head, lines, right={4, 6, 7, 8, 9})


CONSTANT = ("benchmark", "target", "code LM")
PAPER = ("condition", "ours", "metric", "ours", "95 % interval", "paper", "difference", "the paper's code LM")


def _row_beside_paper(row: Reproduced) -> tuple[str, ...]:
    ours = row.ours
    who = f"{ours.model} {ours.arm}" if ours.model else ours.arm
    figures = (figure(ours), interval(ours), paper(ours), beside(ours))
    return (row.condition, who, ours.label, *figures, row.paper_model or "")


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Write columns as wide as their widest cell, indented by two; those in `right` are set to the right.

    What is the same in every row of a longer table (one benchmark, one code LM) is left out: the title says it.
    """
    if len(rows) > 1:
        same = [
            column for column, name in enumerate(head) if name in CONSTANT and len({row[column] for row in rows}) == 1
        ]
        kept = [column for column in range(len(head)) if column not in same]
        right = [new for new, old in enumerate(kept) if old in right]
        head, rows = [head[old] for old in kept], [[row[old] for old in kept] for row in rows]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = []
    for row in [head, *rows]:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return "\n".join(lines)
