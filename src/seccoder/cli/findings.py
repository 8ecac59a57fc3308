"""Prints what `seccoder check` found: a line for each verdict and each fault, what was shown by execution first.

Two tools that report the same weakness on the same line found the same fault, so that it is told once, with the names
of both. In a large tree, files about which nothing is known are counted, not listed; `--json` has all of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from seccoder.code.text import printable
from seccoder.types import Finding, Label, Unknown

if TYPE_CHECKING:
    from seccoder.oracles.checking import FileResult
    from seccoder.oracles.reproducing import Written

COLOURS = {"VULNERABLE": "red", "SECURE": "green", "INVALID": "yellow", "UNKNOWN": "cyan"}
_MOST_LISTED = 20  # files of which nothing is known are listed if a check has no more files than that
_MOST_NAMED = 3
_SHOWN = 200  # characters of an input


def show(results: Sequence["FileResult"], *, explain: bool = False) -> None:
    """Print the results on stdout.

    Args:
        results: What was found out about each file.
        explain: Whether the input with which a fault was shown is printed too, and what mends it.
    """
    unknown: Counter[str] = Counter()
    for result in sorted(results, key=_place):
        quiet = not (result.verdict.findings or result.suppressed or result.notes or result.proof)
        if len(results) > _MOST_LISTED and result.verdict.kind and quiet:
            unknown[_kind(result)] += 1
        else:
            _show(result, explain)
    for reason, count in unknown.most_common():
        click.echo(f"{count} files: {_coloured('UNKNOWN')}: {reason}")


def summarise(results: Sequence["FileResult"], left_out: Mapping[str, Sequence[str]]) -> None:
    """Print the counts on stderr, what was shown by execution first, and what was left out.

    Where nothing was found in a file, it says that this does not make the file secure.
    """
    if results:
        shown = Counter((str(result.verdict.label), result.shown) for result in results)
        told = [
            f"{shown[label, executed]} {label}"
            + (("" if executed else " by reading only") if label == "VULNERABLE" else "")
            for executed in (True, False)
            for label in COLOURS
            if shown[label, executed]
        ]
        by_running = sum(count for (_, executed), count in shown.items() if executed)
        first = "shown by execution: " if by_running else ""
        split = sum(1 for label in COLOURS if shown[label, True])
        parts = [first + ", ".join(told[:split])] * bool(split) + [", ".join(told[split:])] * (len(told) > split)
        click.echo(f"{len(results)} file{'s' if len(results) > 1 else ''}: {'; '.join(parts)}.", err=True)
    else:
        click.echo("No source files to check.", err=True)
    for reason, paths in left_out.items():
        named = ", ".join(printable(path) for path in paths[:_MOST_NAMED])
        click.echo(f"Left out, {reason}: {len(paths)} ({named}{', ...' * (len(paths) > _MOST_NAMED)}).", err=True)
    if any(result.verdict.kind in {Unknown.NOT_FLAGGED, Unknown.INERT} for result in results):
        click.echo("Not flagged is not secure: that nothing was found in a file proves nothing about it.", err=True)


def tell_written(tests: Iterable["Written"]) -> None:
    """Print on stderr, as each is made, where a fault's test was written, or why there is none."""
    for test in tests:
        place = f"{printable(test.finding.path)}:{test.finding.line}" if test.finding.line else test.finding.path
        what = f"test written: {printable(str(test.path))}" if test.path else f"no test: {printable(test.why)}"
        click.echo(f"{place}: {test.finding.cwe}: {what}.", err=True)


def _place(result: "FileResult") -> int:
    """Return a result's place in the order of the list: what was shown by execution comes first."""
    order = [Label.VULNERABLE, Label.SECURE, Label.INVALID, Label.UNKNOWN]
    return 2 * order.index(result.verdict.label) + (not result.shown)


def _show(result: "FileResult", explain: bool) -> None:
    verdict = result.verdict
    path = printable(result.path)
    evidence = f" ({verdict.evidence})" if verdict.evidence else ""
    faults = _faults(verdict.findings)
    reason = "" if verdict.label is Label.VULNERABLE and faults else printable(verdict.reason)
    click.echo(f"{path}: {_coloured(verdict.label)}{evidence}{f': {reason}' if reason else ''}")
    for fault in faults:
        first = fault[0]
        place = f"{path}:{first.line}" if first.line else path
        tools = dict.fromkeys(_tool(finding) for finding in fault)
        click.echo(f"  {place}: {printable(first.message)} [{printable(', '.join([first.cwe or 'no CWE', *tools]))}]")
        if explain:
            _explain(path, first)
    for finding, why in result.suppressed:
        kind = f"{finding.cwe}, {_tool(finding)}"
        click.echo(f"  {path}:{finding.line}: suppressed: {printable(why)} [{printable(kind)}]")
    for note in (*result.notes, *([result.proof.reason] if result.proof else [])):
        click.echo(f"  {printable(note)}")


def _explain(path: str, finding: Finding) -> None:
    from seccoder.code.remedies import remedy

    if finding.given:
        begins = f" ({path}:{finding.entry_line})" if finding.entry_line else ""
        where = f" of {printable(finding.entry)}{begins}" if finding.entry else ""
        shown, rest = finding.given[:_SHOWN], len(finding.given) - _SHOWN
        more = f"... and {rest} characters more" if rest > 0 else ""
        click.echo(f"    shown with the input{where}: {printable(shown)}{more}")
    if what := remedy(finding.cwe):
        click.echo(f"    remedy: {what}")


def _faults(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Group the findings of the same weakness on the same line; what was shown by execution comes first."""
    from seccoder.code.cwe import get

    found: dict[object, list[Finding]] = {}
    for number, finding in enumerate(sorted(findings, key=lambda each: each.oracle != "executed")):
        same = (finding.line, get(finding.cwe).family) if finding.line and finding.cwe else number
        found.setdefault(same, []).append(finding)
    return list(found.values())


def _tool(finding: Finding) -> str:
    return finding.oracle if finding.oracle == "executed" else f"{finding.oracle} {finding.rule}"


def _kind(result: "FileResult") -> str:
    """Return what many files have in common that are UNKNOWN: the reason up to its details."""
    return printable(result.verdict.reason).removeprefix("executed: ").partition(":")[0].partition(";")[0]


def _coloured(label: str) -> str:
    return click.style(str(label), fg=COLOURS[label], bold=True)
