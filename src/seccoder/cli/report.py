"""Implements `seccoder report`, which shows runs side by side as text, an HTML page, JSON or LaTeX tables."""

from pathlib import Path

import click

from seccoder.evaluation.reports import formats


@click.command("report")
@click.argument("runs", nargs=-1, required=True, metavar="RUN...")
@click.option("--format", "form", type=click.Choice(list(formats)), default="text", help="Default: text.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(runs: tuple[str, ...], form: str, as_json: bool) -> None:
    """Print what one or more runs showed; RUN is a folder that evaluate or reproduce made.

    The HTML page needs no other file and no network: seccoder report RUN --format html > report.html
    """
    from seccoder.evaluation.reports import formatter
    from seccoder.evaluation.reports.gather import gather

    chosen = "json" if as_json else form
    report = gather([Path(run) for run in runs], examples=chosen == "html")
    click.echo(formatter(chosen)(report), nl=False)
