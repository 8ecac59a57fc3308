"""Implements `seccoder mcp`: serves tools to coding agents over the Model Context Protocol (stdio, or HTTP)."""

import click

from seccoder.cli.inputs import codebase_option


@click.command("mcp")
@click.option(
    "--http", "port", type=click.IntRange(1, 65535), metavar="PORT", help="Streamable HTTP on this machine, not stdio."
)
@codebase_option
def command(port: int | None, codebase: str | None) -> None:
    """Offer retrieve_secure_code, check_code and pick_secure_code to an agent (MCP).

    Paths are confined to the working directory. seccoder connect writes the lines that an agent needs.
    """
    from seccoder.serving.mcp import serve

    serve(codebase, port=port, ready=lambda url: click.echo(f"listening at {url} (Ctrl-C stops)", err=True))
