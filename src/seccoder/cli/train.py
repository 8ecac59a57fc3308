"""Implements `seccoder train`, which trains SVEN's prefixes or a SafeCoder adapter for a causal model.

A model card is written beside the weights.
"""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from seccoder.cli.inputs import progress
from seccoder.errors import MissingExtra
from seccoder.evaluation.baselines import safecoder, sven


def _options(epochs: int, rate: float, accumulate: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    options = [
        click.option(
            "--model", default="embedded", metavar="SPEC", help="hf:REPO-OR-PATH, gguf:PATH, embedded[:NAME]."
        ),
        click.option(
            "--data",
            default="sec-new-desc",
            metavar="NAME",
            help="sec-new-desc (default; without the evaluated CWEs), sven (attacks), bigvul:CSV (the paper's set).",
        ),
        click.option(
            "--out",
            required=True,
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Folder for the weights. A training that was killed goes on there.",
        ),
        click.option("--pairs", type=click.IntRange(1), metavar="N", help="Train on a sample of N pairs."),
        click.option(
            "--epochs", type=click.IntRange(1), default=epochs, show_default=True, help="How often each pair is seen."
        ),
        click.option("--learning-rate", type=float, default=rate, show_default=True, help="The learning rate."),
        click.option(
            "--accumulate",
            type=click.IntRange(1),
            default=accumulate,
            show_default=True,
            help="Examples per step of the optimiser.",
        ),
        click.option(
            "--max-tokens", type=click.IntRange(8), default=1024, show_default=True, help="The longest sequence."
        ),
        click.option(
            "--window", is_flag=True, help="Cut longer sequences around the change instead of leaving them out."
        ),
        click.option("--dtype", type=click.Choice(["float32", "bfloat16"]), help="Default: bfloat16 on a GPU."),
        click.option("--seed", type=int, default=0, show_default=True, help="The seed of sampling and order."),
        click.option(
            "--threads", type=click.IntRange(0), default=0, help="How many threads compute; 0 leaves it to torch."
        ),
    ]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.group("train")
def command() -> None:
    """Train a baseline on a causal model: SVEN's prefixes or a SafeCoder adapter.

    The result is a code LM for every command: hf:MODEL+sven-sec:DIR, hf:MODEL+sven-vul:DIR, hf:MODEL+safecoder:DIR.
    """


@command.command("sven")
@_options(sven.EPOCHS, sven.LEARNING_RATE, sven.ACCUMULATE)
@click.option("--tokens", type=click.IntRange(1), default=5, show_default=True, help="Length of each prefix.")
@click.option("--kl", type=float, default=1.6, show_default=True, help="Weight of staying close to the model.")
def sven_(tokens: int, kl: float, **options: Any) -> None:
    """A secure and a vulnerable prefix, trained together. Defaults: as published for CodeGen-350M."""
    _train("sven", sven.SvenSettings(tokens=tokens, kl=kl), options)


@command.command("safecoder")
@_options(safecoder.EPOCHS, safecoder.LEARNING_RATE, safecoder.ACCUMULATE)
@click.option("--rank", type=click.IntRange(1), default=16, show_default=True, help="The rank of the adapter.")
@click.option("--floor", type=click.IntRange(0), default=20, show_default=True, help="Examples per language and CWE.")
@click.option("--utility", metavar="FILE", help="JSONL of instruction and output. Default: Python's own library.")
@click.option(
    "--utility-size",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    help="How many examples of utility at most.",
)
def safecoder_(rank: int, floor: int, **options: Any) -> None:
    """A low-rank adapter for security and utility. Defaults: as published for low-rank adapters."""
    _train("safecoder", safecoder.SafeCoderSettings(rank=rank, alpha=2 * rank, floor=floor), options)


def _train(method: str, settings: Any, options: dict[str, Any]) -> None:
    try:
        import peft  # noqa: F401 - of what the extra brings, the model is loaded first, and would name another extra
    except ImportError:
        raise MissingExtra("seccoder train", "train") from None
    from seccoder.evaluation.baselines import recipe
    from seccoder.evaluation.baselines.training import Schedule

    taken = {name: options.pop(name) for name in ("epochs", "learning_rate", "accumulate", "seed")}
    made = recipe.Recipe(method=method, settings=settings, schedule=Schedule(**taken), **options)
    with warnings.catch_warnings(), progress(f"training {method}") as on_progress:
        warnings.simplefilter("ignore", FutureWarning)  # peft's use of transformers causes it; a user cannot act on it
        specs = recipe.train(made, on_progress, on_epoch=lambda epoch: click.echo(epoch.line(), err=True))
    for spec in specs:
        click.echo(spec)
