"""Implements `seccoder evaluate`, which measures arms on a benchmark, with intervals, counts and paired tests.

There are two kinds of benchmarks. One measures a code LM: it makes a run in a folder, which can be killed, continued
and extended (`seccoder.evaluation.run`). The other measures retrieval alone (`seccoder.evaluation.retrieval`): nothing
is sampled, and nothing is stored.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seccoder.cli.inputs import codebase_option, echo_json, json_option, progress, ray_option, shard_option
from seccoder.evaluation import benchmarks
from seccoder.settings import Settings

if TYPE_CHECKING:
    from seccoder.evaluation.results import Scores

_OF_A_RUN = (
    "samples",
    "seeds",
    "out",
    "redo",
    "oracles",
    "price_in",
    "price_out",
    "model",
    "max_tokens",
    "shard",
    "merge",
    "ray",
)
_OF_SHARDS = (
    "model",
    "codebase",
    "samples",
    "seeds",
    "redo",
    "k",
    "seed",
    "temperature",
    "top_p",
    "max_tokens",
    "shard",
    "ray",
)


def _help() -> str:
    """Return the text of the help page, with a line for each benchmark."""

    def lines(names: Iterable[str]) -> str:
        return "\n".join(["\b", *(f"{benchmarks.written(name):<17}{benchmarks.ABOUT[name]}" for name in names)])

    return "\n\n".join(
        [
            "Measure arms on a benchmark: what a demonstration does to the security of what a model writes.",
            "A run that is killed goes on where it was; more samples, seeds or arms extend it. The benchmarks:",
            lines(name for name in benchmarks.ABOUT if name not in benchmarks.RETRIEVAL),
            "Retrieval alone, where the arms are retrievers and nothing is sampled:",
            lines(benchmarks.RETRIEVAL),
        ]
    )


@click.command("evaluate", help=_help())
@click.argument("benchmark", metavar="BENCHMARK")
@click.option(
    "--arm",
    "arms",
    multiple=True,
    metavar="NAME",
    help="An arm to measure; may be repeated. Default: those of the run, or of the benchmark.",
)
@click.option("--model", metavar="SPEC", help="embedded[:NAME], gguf:PATH, openai:NAME, ollama:NAME, hf:PATH, fake:...")
@click.option(
    "--samples", type=click.IntRange(min=1), metavar="N", help="Samples per task, arm and seed. Default: the paper's."
)
@click.option(
    "--seeds", type=click.IntRange(min=1), metavar="N", help="How often everything is repeated. Default: the paper's."
)
@click.option("--out", metavar="DIR", help="The run's folder, new or to be continued. Default: runs/BENCHMARK-MODEL.")
@click.option(
    "--redo",
    type=click.Choice(["extract", "check", "score"]),
    help="Do this stage and those after it again on what was sampled, and sample nothing.",
)
@click.option(
    "--oracle",
    "oracles",
    multiple=True,
    metavar="NAME",
    help="Ask this oracle; may be repeated. Default: the benchmark's own choice.",
)
@click.option("-k", type=click.IntRange(min=1), metavar="K", help="Demonstrations in the prompt. Default: 1.")
@click.option(
    "--seed", type=int, metavar="N", help="The seed of the first repetition and of the bootstrap. Default: 0."
)
@click.option(
    "--temperature", type=click.FloatRange(min=0), metavar="T", help="The sampling temperature. Default: 0.4."
)
@click.option(
    "--top-p",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="The share of probability that is drawn from. Default: 0.95.",
)
@click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="New tokens at most. Default: 300.")
@click.option(
    "--price-in", type=click.FloatRange(min=0), metavar="X", help="The price of a million prompt tokens, for the costs."
)
@click.option(
    "--price-out", type=click.FloatRange(min=0), metavar="X", help="The price of a million completion tokens."
)
@shard_option
@ray_option
@click.option(
    "--merge",
    multiple=True,
    metavar="DIR",
    help="Join the runs of all shards, a --merge for each, into the run in --out.",
)
@codebase_option
@json_option
def command(benchmark: str, arms: tuple[str, ...], as_json: bool, **flags: Any) -> None:
    """Measure, and print the figures on stdout and what is left out of them on stderr."""
    from seccoder.evaluation.reports import content, text

    arms = tuple(dict.fromkeys(arms))
    alone = benchmark in benchmarks.RETRIEVAL
    scores = _retrieval(benchmark, arms, flags) if alone else _run(benchmark, arms, flags)
    if as_json:
        echo_json(scores.to_json())
        return
    click.echo(text.of_retrieval(scores) if alone else text.of_run(scores), nl=False)
    for reason, targets in content.by_reason(scores.skipped):
        click.echo(f"left out: {', '.join(targets)}: {reason}", err=True)


def _run(name: str, arms: tuple[str, ...], flags: dict[str, Any]) -> "Scores":
    from seccoder.errors import UsageError
    from seccoder.evaluation.manifest import Plan
    from seccoder.evaluation.merge import merge
    from seccoder.evaluation.metrics import Prices
    from seccoder.evaluation.run import evaluate
    from seccoder.evaluation.run_folder import folder_name

    if name.partition(":")[0] not in benchmarks.benchmarks:
        raise UsageError(
            f"unknown benchmark {name!r}; known: {', '.join((*benchmarks.names(), *benchmarks.RETRIEVAL))}"
        )
    money = flags["price_in"], flags["price_out"]
    if (money[0] is None) != (money[1] is None):
        raise UsageError("give both --price-in and --price-out, or neither")
    if flags["merge"]:
        _refuse_with_merge(arms, flags)
    chosen = benchmarks.load(name, list(dict.fromkeys(flags["oracles"])) or None)
    prices = None if money[0] is None else Prices(*money)
    if flags["merge"]:
        return merge(chosen, [Path(each) for each in flags["merge"]], Path(flags["out"]), prices=prices)
    settings = _settings(flags)
    _join(name, flags["ray"])
    shard = flags["shard"]
    part = f"-shard-{shard.number}-of-{shard.count}" if shard else ""
    folder = Path(flags["out"] or Path("runs") / folder_name(f"{name}-{settings.model}{part}"))
    with progress(name) as on_progress:
        return evaluate(
            chosen,
            settings,
            folder,
            plan=Plan(arms or None, flags["samples"], flags["seeds"], shard),
            redo=flags["redo"],
            prices=prices,
            on_progress=on_progress,
        )


def _join(name: str, address: str | None) -> None:
    """Let a cluster check the samples, if its machines have what the run will say that they were checked with."""
    from seccoder.errors import UsageError
    from seccoder.oracles.cluster import joined
    from seccoder.oracles.versions import environment_digest

    if address is not None and name.startswith("folder:"):
        raise UsageError("the tests of a folder are run on this machine: leave out --ray")
    environment = click.get_current_context().with_resource(joined(address))
    if environment not in (None, environment_digest()):
        raise UsageError("the Ray cluster has other tools than this machine, and a run is checked with one set of them")


def _refuse_with_merge(arms: tuple[str, ...], flags: dict[str, Any]) -> None:
    from seccoder.errors import UsageError

    if given := [each for each in _OF_SHARDS if flags[each] is not None] or ["arm"] * bool(arms):
        raise UsageError(f"--merge takes everything from the shards: leave out --{given[0].replace('_', '-')}")
    if not flags["out"]:
        raise UsageError("--merge needs --out DIR, a new folder for the run")


def _settings(flags: dict[str, Any]) -> Settings:
    from seccoder.settings import resolve

    names = ("model", "codebase", "k", "seed", "temperature", "top_p", "max_tokens")
    return resolve(**{name: flags[name] for name in names})


def _retrieval(name: str, arms: tuple[str, ...], flags: dict[str, Any]) -> "Scores":
    from seccoder.errors import UsageError
    from seccoder.evaluation import retrieval

    if given := [each for each in _OF_A_RUN if flags[each] not in (None, ())]:
        raise UsageError(f"{name} samples nothing: it has no use for --{given[0].replace('_', '-')}")
    settings = _settings(flags)
    with progress(name) as on_progress:
        return retrieval.measure(
            name, codebase=settings.codebase, arms=arms, seed=settings.seed, on_progress=on_progress
        )
