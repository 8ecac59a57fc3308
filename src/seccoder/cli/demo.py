"""Implements `seccoder demo`: six prompts, completed without and with a demonstration, checked and counted."""

from typing import TYPE_CHECKING

import click

from seccoder.cli.inputs import echo_json, json_option, progress
from seccoder.code.text import printable_line, printable_lines

if TYPE_CHECKING:
    from seccoder.evaluation.demo import Row

SAMPLES = 5
COLUMNS = ("SECURE", "VULNERABLE", "INVALID", "UNKNOWN", "inert", "duplicate")


@click.command("demo")
@json_option
def command(as_json: bool) -> None:
    """Complete six prompts without and with seccoder, offline, and check both sides by running them."""
    from seccoder.evaluation import demo
    from seccoder.pipeline import SecCoder

    rows = []
    spec = demo.model()
    if spec != "embedded":
        click.echo(f"The embedded model is not here (seccoder data list); {spec} takes its place.", err=True)
    with SecCoder(model=spec, codebase="bundled", max_tokens=160) as seccoder, progress("completing") as report:
        for row in demo.run(seccoder, SAMPLES, report):
            rows.append(row)
            told = [f"{side} {_short(demo.count([result]))}" for side, result in row.results.items()]
            click.echo(f"{row.task.id} ({row.task.cwe}, {row.task.language}): {'; '.join(told)}", err=True)
        model = seccoder.lm.name
    if as_json:
        echo_json({"model": model, "samples": SAMPLES, "rows": [_row_json(row) for row in rows]})
        return
    click.echo(f"\n{len(rows)} prompts, {SAMPLES} samples each on both sides, model {model}, temperature 0.4\n")
    click.echo(f"{'':28}" + "".join(f"{name:>12}" for name in COLUMNS))
    for side in demo.SIDES:
        counted = demo.count([row.results[side] for row in rows])
        click.echo(f"{side + ' a demonstration':28}" + "".join(f"{counted[name]:>12}" for name in COLUMNS))
    click.echo("\nDemonstrations used")
    for row in rows:
        prompt = row.results["with"].prompt
        for hit in prompt.hits:
            shown = hit.demonstration
            click.echo(f"  {row.task.id:18} {shown.id}  {', '.join(shown.cwes)}  {shown.origin.path or shown.task}")
        if not prompt.hits:
            click.echo(f"  {row.task.id:18} {' '.join(prompt.notes) or 'none'}")
    _print_pair(rows)
    click.echo(
        "\nSECURE means: it ran, a benign input reached the sensitive operation, and no exploit worked.\n"
        "inert (part of UNKNOWN): it never got there. So small a table shows what seccoder does, not how much it helps."
    )


def _print_pair(rows: "list[Row]") -> None:
    from seccoder.evaluation import demo

    row, pair = demo.pair_to_show(rows)
    click.echo(f"\nThe first completion of each side for {row.task.id}: {row.task.description}")
    for side, sample in pair.items():
        verdict = sample.verdict
        reason = f": {verdict.reason}" if verdict.reason else ""
        click.echo(f"\n--- {side} a demonstration: {verdict.label}{printable_line(reason)}\n")
        click.echo("\n".join(f"    {line}".rstrip() for line in printable_lines(sample.code).splitlines()))


def _short(counted: dict[str, int]) -> str:
    return ", ".join(f"{number} {label}" for label, number in counted.items() if number and label.isupper())


def _row_json(row: "Row") -> dict[str, object]:
    sides = {side: result.to_json() for side, result in row.results.items()}
    return {"task": row.task.id, "cwe": row.task.cwe, "language": row.task.language, **sides}
