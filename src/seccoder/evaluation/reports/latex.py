r"""Writes the report as LaTeX: tables for a paper, set with booktabs.

The tables are `table` environments (`\usepackage{booktabs}`), and every text in them is escaped. Figures are rates from
0 to 1 with their 95 % intervals.
"""

import re
from collections.abc import Sequence

from seccoder.code.text import spelled_out
from seccoder.evaluation.reports.content import (
    Report,
    beside,
    by_arm,
    by_title,
    comparisons,
    figure,
    interval,
    number,
    paper,
    signed,
    with_interval,
)
from seccoder.evaluation.results import Reproduced

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
    "\N{MINUS SIGN}": "$-$",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}


def latex(report: Report) -> str:
    """Return the tables, which end with a line break."""
    tables = []
    if chosen := comparisons(report.rows):
        head: tuple[str, ...] = ("Comparison", "Code LM", "Metric", "Difference", "95 % interval", "p", "Outcome")
        lines = [
            (
                f"{row.arm} against {row.against}",
                row.model or "",
                row.metric,
                signed(row.value),
                interval(row),
                number(row.p),
                row.said or "",
            )
            for row in chosen
        ]
        tables.append(_table(f"{report.title}: comparisons", head, lines, "lllrrrl"))
    for title, rows in by_title(report.reproduced):
        head = ("Condition", "Ours", "Metric", "Ours", "95 % interval", "Paper", "Difference")
        tables.append(_table(f"{title}, beside the paper", head, [_row_beside_paper(row) for row in rows], "lllrrrr"))
    if table := _arms(report):
        tables.append(table)
    return "% needs \\usepackage{booktabs}\n" + "\n".join(tables)


def _row_beside_paper(row: Reproduced) -> tuple[str, ...]:
    ours = row.ours
    who = " ".join(part for part in (ours.model, ours.arm) if part)
    return (row.condition, who, ours.label, figure(ours), interval(ours), paper(ours), beside(ours))


def _arms(report: Report) -> str:
    """Return a table of the arms and the metrics that come first."""
    metrics, arms = by_arm(report.rows)
    if not metrics:
        return ""
    lines = [(*arm, *map(with_interval, found)) for arm, found in arms.items()]
    head = ("Benchmark", "Code LM", "Arm", *(metric.capitalize() for metric in metrics))
    return _table(f"{report.title}: arms", head, lines, "lll" + "r" * len(metrics))


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], columns: str) -> str:
    lines = [
        r"\begin{table}",
        rf"\caption{{{escape(caption)}}}",
        rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        " & ".join(escape(cell) for cell in head) + r" \\",
        r"\midrule",
        *(" & ".join(escape(cell) for cell in row) + r" \\" for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Return a text as LaTeX prints it; nothing in it is a command."""
    return re.sub(
        r"[\\~^&%$#_{}<>\N{MINUS SIGN}]", lambda match: _ESCAPES[match[0]], spelled_out(text).replace("\n", " ")
    )
