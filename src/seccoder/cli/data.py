"""Implements `seccoder data`, which lists what is not part of the package and fetches it."""

import click

from seccoder.cli.inputs import echo_json, json_option, progress


@click.group("data")
def command() -> None:
    """Fetch the embedded models, the paper's data and benchmarks into your cache."""


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Show what can be pulled, its licence, and where it is if it is here."""
    from seccoder import data

    items = data.items()
    if as_json:
        rows = [{"name": i.name, "description": i.description, "licence": i.licence, "path": i.where} for i in items]
        echo_json({"data": rows})
        return
    for item in items:
        click.secho(f"{item.name:<18} {'here' if item.where else 'not here':<9} {item.licence:<11} {item.description}")
        if item.where:
            click.echo(f"{'':<18} {item.where}")


@command.command()
@click.argument("name")
@click.option(
    "--from",
    "from_path",
    metavar="PATH",
    help="Take it from here, offline: a file or an archive, its folder, or a folder that holds it or its parts.",
)
def pull(name: str, from_path: str | None) -> None:
    """Fetch NAME (see `seccoder data list`), check its hash, and make its secure codebases."""
    from seccoder import data

    with progress(f"pulling {name}") as on_progress:
        path = data.pull(name, from_path, on_progress)
    click.echo(f"{name} is in {path}")
