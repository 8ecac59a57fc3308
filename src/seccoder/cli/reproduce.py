"""Implements `seccoder reproduce`, which sets our figures beside those of the paper's tables and figures."""

from dataclasses import replace
from pathlib import Path

import click

from seccoder.cli.inputs import echo_json, json_option, progress
from seccoder.evaluation.paper.targets import PROFILES, TARGETS, ProfileName


@click.command("reproduce")
@click.argument("target", metavar="TARGET")
@click.option("--profile", type=click.Choice(list(PROFILES)), default="local", help="Default: local.")
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="SPEC",
    help="Instead of the profile's; hf:MODEL+sven-vul:DIR and the like for what needs a trained one.",
)
@click.option(
    "--samples",
    type=click.IntRange(min=1),
    metavar="N",
    help="Samples per scenario or problem. Default: the profile's.",
)
@click.option(
    "--seeds", type=click.IntRange(min=1), metavar="N", help="How often everything is repeated. Default: the profile's."
)
@click.option("--out", metavar="DIR", help="Where the runs are kept and continued. Default: runs/reproduce-PROFILE.")
@json_option
def command(
    target: str,
    profile: ProfileName,
    models: tuple[str, ...],
    samples: int | None,
    seeds: int | None,
    out: str | None,
    as_json: bool,
) -> None:
    """Reproduce a table or figure of the paper: table1 to table6, figure3 to figure6, figure9, examples, or all.

    Profile local runs on one machine with the embedded models; profile paper is the paper's protocol and
    needs its models and CodeQL. What cannot be had is skipped with the reason. DIR/report.html shows everything.
    """
    from seccoder.errors import UsageError
    from seccoder.evaluation.paper.run import reproduce
    from seccoder.evaluation.reports import formatter
    from seccoder.evaluation.reports.gather import of_runs
    from seccoder.evaluation.reports.text import examples

    if target != "all" and target not in TARGETS:
        raise UsageError(f"unknown target {target!r}; known: {', '.join(TARGETS)}, all")
    names = list(TARGETS) if target == "all" else [target]
    folder = Path(out or f"runs/reproduce-{profile}")
    done = reproduce(names, profile, folder, models=models, samples=samples, seeds=seeds, progress=progress)
    report = of_runs(done.runs(), reproduced=done.results, skipped=done.skipped)
    for form, name in (("html", "report.html"), ("latex", "report.tex")):
        (folder / name).write_text(formatter(form)(report), encoding="utf-8")
    if as_json:
        echo_json(done.to_json())
    else:
        click.echo(formatter("text")(replace(report, rows=())), nl=False)
        if target == "examples":
            click.echo("\n" + examples(report, TARGETS[target].scenarios), nl=False)
    if not done.runs() and not done.results:
        click.echo(f"nothing was measured: all of {target} was skipped", err=True)
    else:
        click.echo(f"the report is {folder / 'report.html'}", err=True)
