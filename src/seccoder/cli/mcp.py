"""Implements `seccoder mcp`: serves tools to coding agents over the Model Context Protocol (stdin, stdout)."""

import click

from seccoder.cli.inputs import codebase_option


@click.command("mcp")
@codebase_option
def command(codebase: str | None) -> None:
    """Offer retrieve_secure_code, check_code and pick_secure_code to an agent (MCP over stdio).

    Paths are confined to the working directory. docs/agents.md has the lines for Claude Code, Cursor and VS Code.
    """
    from seccoder.serving.mcp import serve

    serve(codebase)
