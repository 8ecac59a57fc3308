"""Implements `seccoder connect`: it writes, or prints, what has every change of a repository checked."""

from pathlib import Path

import click

from seccoder.connecting.pipelines import NEXT, PIPELINES


@click.command("connect")
@click.argument("host", type=click.Choice(list(PIPELINES)), metavar="HOST")
@click.option("--print", "only_print", is_flag=True, help="Show what would be written, and write nothing.")
def command(host: str, only_print: bool) -> None:
    """Write a commit hook or a pipeline into the working directory; HOST is pre-commit, github or gitlab.

    A file that is there already stays as it is; --print shows what to add to it.
    """
    from seccoder.code.files import replacing
    from seccoder.errors import UsageError

    for name, text in PIPELINES[host]().items():
        path = Path(name)
        if only_print:
            click.echo(f"{name}:", err=True)
            click.echo(text, nl=False)
            continue
        if path.exists() and path.read_text(encoding="utf-8", errors="replace") == text:
            click.echo(f"{name}: is connected already", err=True)
            continue
        if path.exists():
            raise UsageError(f"{name} is there already; add what seccoder connect {host} --print shows")
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as fresh:
            fresh.write_text(text, encoding="utf-8")
        click.echo(f"{name}: written", err=True)
    if host in NEXT and not only_print:
        click.echo(NEXT[host], err=True)
