"""Implements `seccoder retrieve`, which shows the demonstrations that a query would get, best first."""

import click

from seccoder.cli.inputs import codebase_option, echo_json, json_option, query_options, read_query
from seccoder.code.text import printable_line, printable_lines


@click.command("retrieve")
@query_options
@click.option("--retriever", metavar="NAME", help="none, random, bm25, dense, hybrid; an embedder behind a colon.")
@click.option("-k", type=click.IntRange(min=1), metavar="K", help="How many. Default: 1.")
@click.option("--seed", type=int, metavar="N", help="The seed of the random retriever.")
@codebase_option
@json_option
def command(
    file: str | None,
    language: str | None,
    task: str | None,
    retriever: str | None,
    k: int | None,
    seed: int | None,
    codebase: str | None,
    as_json: bool,
) -> None:
    """Show the secure demonstrations that fit incomplete code or a task in words."""
    from seccoder.pipeline import SecCoder

    query = read_query(file, language, task)
    with SecCoder(retriever=retriever, k=k, codebase=codebase, seed=seed) as seccoder:
        hits = seccoder.retrieve(query)
    if as_json:
        echo_json({"hits": [hit.demonstration.to_json() | {"score": hit.score, "rank": hit.rank} for hit in hits]})
        return
    for hit in hits:
        demonstration = hit.demonstration
        click.secho(
            f"{hit.rank}. {demonstration.id}  {', '.join(demonstration.cwes)}  {demonstration.language}  "
            f"score {hit.score:.3f}  proof: {demonstration.proof.level}",
            bold=True,
        )
        for words in filter(None, (demonstration.task, demonstration.note)):
            click.echo(f"   {printable_line(words)}")
        click.echo()
        click.echo("\n".join(f"    {line}".rstrip() for line in printable_lines(demonstration.code).splitlines()))
        click.echo()
    if not hits:
        click.echo("no demonstration fits", err=True)
