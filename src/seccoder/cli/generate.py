"""Implements `seccoder generate`: completes code, or writes it from a task in words, and checks the result."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Literal

import click

from seccoder.cli.inputs import CWE, codebase_option, echo_json, json_option, query_options, read_query
from seccoder.cli.output import echo_code
from seccoder.code.languages import LINE_COMMENT
from seccoder.code.text import printable_line

if TYPE_CHECKING:
    from seccoder.types import Prompt, Sample


@click.command("generate")
@query_options
@click.option(
    "--cwe", type=CWE, metavar="CWE", help="The weakness to check for. Default: any, and what the example is about."
)
@click.option("-n", type=click.IntRange(1, 1000), default=1, metavar="N", help="How many completions. Default: 1.")
@click.option(
    "--pick",
    type=click.Choice(["all", "best"]),
    default="all",
    help="all (default), or the best of N by its evidence; then sampling ends at the first proven one with no finding.",
)
@click.option(
    "--repair",
    type=click.IntRange(0, 10),
    default=0,
    metavar="N",
    help="Rounds in which what failed its check is written again, told why. Default: 0.",
)
@click.option("--model", metavar="SPEC", help="embedded[:NAME], gguf:PATH, openai:NAME, ollama:NAME, hf:PATH, fake:...")
@click.option("--retriever", metavar="NAME", help="none, random, bm25, dense, hybrid; an embedder behind a colon.")
@click.option(
    "--example",
    type=click.Choice(["auto", "first", "slice", "cue", "half", "after"]),
    help="Show an example first, only its lines that matter, only its cue in words, before half of N, or after: only "
    "in repair. Default: first, but cue or after for models that were measured to write better so.",
)
@click.option("-k", type=click.IntRange(min=1), metavar="K", help="Demonstrations in the prompt. Default: 1.")
@click.option("--seed", type=int, metavar="N", help="Completion i uses a seed derived from N and i. Default: 0.")
@click.option("--temperature", type=click.FloatRange(min=0), metavar="T", help="0 is greedy. Default: 0.4.")
@click.option(
    "--top-p",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="The share of probability that is drawn from. Default: 0.95.",
)
@click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="New tokens at most. Default: 300.")
@click.option("--suffix", metavar="TEXT", help="Code that follows the completion.")
@codebase_option
@json_option
def command(  # noqa: PLR0913 - these are the options of the documented command
    file: str | None,
    language: str | None,
    task: str | None,
    cwe: str | None,
    n: int,
    pick: Literal["all", "best"],
    repair: int,
    suffix: str | None,
    as_json: bool,
    **flags: str | float | None,
) -> None:
    """Complete code, or write it from --task, with a secure demonstration in the prompt; check every completion.

    The code goes to stdout, its verdict to stderr, each completion as soon as it was checked.
    """
    from seccoder.errors import UsageError
    from seccoder.pipeline import SecCoder

    query = read_query(file, language, task, suffix)
    language = query.language
    if language is None:
        raise UsageError("which language? give --language")
    at_once = pick == "all" and not repair and not as_json  # what is drawn first is what is shown in the end
    with SecCoder(**flags) as seccoder, _waiting(n) as wait:

        def told(index: int, sample: "Sample") -> None:
            with wait(index + 2):
                if at_once:
                    _print(sample, language, index, n)

        def shown(prompt: "Prompt") -> None:
            with wait(1):
                if not as_json:
                    _print_prompt(prompt)

        result = seccoder.generate(query, cwe=cwe, n=n, pick=pick, repair=repair, on_prompt=shown, on_sample=told)
    if as_json:
        echo_json(result.to_json())
    elif not at_once:
        for index, sample in enumerate(result.samples):
            of = f"the best of {result.drawn} ({result.picked})" if pick == "best" else ""
            _print(sample, language, index, len(result.samples), of)


@contextmanager
def _waiting(n: int) -> Iterator[Callable[[int], AbstractContextManager[None]]]:
    """Say on a terminal which completion is being written, and make room for what is printed meanwhile."""
    from rich.console import Console

    status = Console(stderr=True).status("loading the model")

    @contextmanager
    def printing(following: int) -> Iterator[None]:
        status.stop()
        yield
        if following <= n:
            status.update(f"writing completion {following} of {n}")
            status.start()

    if sys.stderr.isatty():
        status.start()
        try:
            yield printing
        finally:
            status.stop()
    else:
        yield lambda following: nullcontext()


def _print_prompt(prompt: "Prompt") -> None:
    """Say on stderr which demonstrations the model sees."""
    for note in prompt.notes:
        click.echo(note, err=True)
    for hit in prompt.hits:
        demonstration = hit.demonstration
        what = demonstration.task or demonstration.origin.path or "no description"
        shown = f"demonstration {demonstration.id} ({', '.join(demonstration.cwes)}): {what}"
        click.echo(printable_line(shown), err=True)


def _print(sample: "Sample", language: str, index: int, of: int, which: str = "") -> None:
    """Print a completion's code on stdout and its verdict on stderr."""
    if of > 1:
        click.echo(f"{LINE_COMMENT[language]} --- completion {index + 1} of {of}")
    echo_code(sample.code)
    verdict = sample.verdict
    told = f"{which or f'completion {index + 1}'}: {verdict.label}"
    told += f" ({verdict.evidence})" if verdict.evidence else ""
    told += f": {verdict.reason}" if verdict.reason else ""
    if sample.unmet:
        told += f"; {len(sample.unmet)} of the task's examples not kept, first: {sample.unmet[0]}"
    told += f" (after {sample.repairs} round(s) of repair)" if sample.repairs else ""
    told += f" (same code as completion {sample.duplicate_of + 1})" if sample.duplicate_of is not None else ""
    click.echo(printable_line(told), err=True)
