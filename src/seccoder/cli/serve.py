"""Implements `seccoder serve`, an OpenAI-compatible server that adds secure examples to requests."""

import click

from seccoder.cli.inputs import LANGUAGE, codebase_option


@click.command("serve")
@click.option("--upstream", metavar="URL", help="The server that answers, such as https://api.openai.com/v1.")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen. Default: 127.0.0.1.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8787, metavar="N", help="Default: 8787. 0: any free one."
)
@click.option(
    "--language", type=LANGUAGE, metavar="L", help="The language of all requests. Default: the one that each names."
)
@click.option("--model", metavar="SPEC", help="Without --upstream: embedded[:NAME] (default) or gguf:PATH.")
@click.option("--retriever", metavar="NAME", help="none, random, bm25, dense, hybrid; an embedder behind a colon.")
@click.option("-k", type=click.IntRange(min=1), metavar="K", help="Demonstrations in the prompt. Default: 1.")
@codebase_option
def command(upstream: str | None, host: str, port: int, language: str | None, **flags: str | int | None) -> None:
    """Answer like OpenAI's API, with a secure example put into each request; give its address to any client.

    With --upstream the client's own model and key are used. Nothing is checked: see seccoder check and seccoder mcp.
    """
    from seccoder.pipeline import SecCoder
    from seccoder.serving.proxy import serve

    def ready(url: str) -> None:
        click.echo(f"listening; the base URL for clients is {url} (Ctrl-C stops)", err=True)

    with SecCoder(**flags) as seccoder:
        serve(seccoder, upstream, host=host, port=port, language=language, ready=ready)
