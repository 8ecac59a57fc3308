"""Implements `seccoder serve`, which stands between a program and its model and adds secure examples to requests."""

import sys

import click

from seccoder.cli.inputs import LANGUAGE, codebase_option
from seccoder.errors import UsageError


@click.command("serve")
@click.option("--upstream", metavar="URL", help="The server that answers, such as https://api.openai.com/v1.")
@click.option(
    "--mode",
    type=click.Choice(["augment", "observe"]),
    default="augment",
    help="observe: say what would be added, and change nothing. Default: augment.",
)
@click.option("--check", is_flag=True, help="Check code in answers; the verdicts go into a header or the line shown.")
@click.option("--repair", is_flag=True, help="With --check: ask once more for code that was shown to be vulnerable.")
@click.option(
    "--streams",
    type=click.Choice(["pass", "tell", "hold"]),
    default="pass",
    help="With --check, streams: pass on as they come (default), tell the verdicts in a comment at their end, or hold "
    "back until they are checked.",
)
@click.option(
    "--budget",
    type=click.IntRange(min=1),
    default=600,
    metavar="TOKENS",
    help="How much may be added to a request. Default: 600.",
)
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen. Default: 127.0.0.1.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8787, metavar="N", help="Default: 8787. 0: any free one."
)
@click.option(
    "--key",
    envvar="SECCODER_SERVE_KEY",
    default="",
    metavar="KEY",
    help="What every request must bring; needed where other machines can ask. Better in SECCODER_SERVE_KEY.",
)
@click.option(
    "--allow-host", "allowed", multiple=True, metavar="NAME", help="Another name of this machine, as in a container."
)
@click.option("--cors", is_flag=True, help="Let web pages of this machine read the answers.")
@click.option(
    "--language", type=LANGUAGE, metavar="L", help="The language of all requests. Default: the one that each shows."
)
@click.option("--model", metavar="SPEC", help="Without --upstream: embedded[:NAME] (default) or gguf:PATH.")
@click.option("--retriever", metavar="NAME", help="none, random, bm25, dense, hybrid; an embedder behind a colon.")
@click.option("-k", type=click.IntRange(min=1), metavar="K", help="Demonstrations for a turn. Default: 1.")
@codebase_option
def command(  # noqa: PLR0913 - one argument per option
    upstream: str | None,
    mode: str,
    check: bool,
    repair: bool,
    streams: str,
    budget: int,
    host: str,
    port: int,
    key: str,
    allowed: tuple[str, ...],
    cors: bool,
    language: str | None,
    **flags: str | int | None,
) -> None:
    """Answer like the server behind, with a secure example put into each request that asks for code.

    It speaks the APIs of OpenAI (chat, responses, completions), Anthropic, Ollama, and llama.cpp's for editors. The
    client's own model and key are used. Without --upstream the embedded model answers.
    """
    from seccoder.pipeline import SecCoder
    from seccoder.serving.clients import Options
    from seccoder.serving.guard import Guard
    from seccoder.serving.server import serve

    if not check and (repair or streams != "pass"):
        raise UsageError(f"{'--repair' if repair else '--streams'} needs --check")

    def tell(line: str) -> None:
        click.echo(line, err=True)

    with SecCoder(**flags) as seccoder:
        serve(
            seccoder,
            upstream,
            host=host,
            port=port,
            tell=tell,
            guard=Guard(key=key, hosts=allowed, cors=cors),
            options=Options(language, mode, budget, None, check, repair, streams),
            lines=sys.stderr.isatty(),
        )
