"""`seccoder evaluate`: measure arms on a benchmark; figures with intervals, counts and paired tests.

Two kinds of benchmark: of a code LM (a run in a folder that can be killed, continued and extended; see
`seccoder.evaluation.run`), and of retrieval alone (`retrieval-a`, `-b`, `-c`, `-d`; nothing is sampled or stored).
"""

from pathlib import Path
from typing import Any

import click

from seccoder.cli.inputs import codebase_option, echo_json, json_option, progress
from seccoder.settings import Settings

RETRIEVAL = ("retrieval-a", "retrieval-b", "retrieval-c", "retrieval-d")
IN_WORDS = ("retrieval-c", "retrieval-d")
RETRIEVAL_ARMS = ("bm25", "bm25:whitespace", "dense", "hybrid")
WORDS_ARMS = ("bm25", "dense", "hybrid")  # tasks in words have no code whose white space could be counted
_OF_A_RUN = ("samples", "seeds", "out", "redo", "oracles", "price_in", "price_out", "model", "max_tokens")
_SHOWN = ("security-rate", "secure-exercised", "proven", "pass@1", "func-sec@1")
_COUNTS = ("n", "secure", "vulnerable", "invalid", "inert", "unknown", "duplicates")


@click.command("evaluate")
@click.argument("benchmark", metavar="BENCHMARK")
@click.option("--arm", "arms", multiple=True, metavar="NAME", help="Default: what the run has, else the benchmark's.")
@click.option("--model", metavar="SPEC", help="embedded, gguf:PATH, openai:MODEL, ollama:MODEL, hf:PATH, fake:...")
@click.option(
    "--samples", type=click.IntRange(min=1), metavar="N", help="Per task, arm and seed. Default: the paper's."
)
@click.option(
    "--seeds", type=click.IntRange(min=1), metavar="N", help="Repetitions of everything. Default: the paper's."
)
@click.option("--out", metavar="DIR", help="The run's folder, new or to be continued. Default: runs/BENCHMARK-MODEL.")
@click.option(
    "--redo",
    type=click.Choice(["extract", "check", "score"]),
    help="Do this stage and those after it anew on what was sampled; sample nothing.",
)
@click.option("--oracle", "oracles", multiple=True, metavar="NAME", help="Default: the benchmark's own choice.")
@click.option("-k", type=click.IntRange(min=1), metavar="K", help="Demonstrations in the prompt. Default: 1.")
@click.option("--seed", type=int, metavar="N", help="The first repetition's, and the bootstrap's. Default: 0.")
@click.option("--temperature", type=click.FloatRange(min=0), metavar="T", help="Default: 0.4.")
@click.option("--top-p", type=click.FloatRange(0, 1), metavar="P", help="Default: 0.95.")
@click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="New tokens at most. Default: 300.")
@click.option("--price-in", type=click.FloatRange(min=0), metavar="X", help="Of a million prompt tokens, for costs.")
@click.option("--price-out", type=click.FloatRange(min=0), metavar="X", help="Of a million completion tokens.")
@codebase_option
@json_option
def command(benchmark: str, arms: tuple[str, ...], as_json: bool, **flags: Any) -> None:
    """Measure arms on a benchmark: what a demonstration does to the security of what a model writes.

    Security: sven, sven-12, sven-validation, sven-gen1, safecoder. A run that is killed goes on where it was; more
    samples, seeds or arms extend it. Retrieval alone: retrieval-a (the paper's 18 prompts), -b (720 prefixes), -c (66
    tasks in words), -d (229 more, for development); there the arms are retrievers.
    """
    arms = tuple(dict.fromkeys(arms))
    scores = _retrieval(benchmark, arms, flags) if benchmark in RETRIEVAL else _run(benchmark, arms, flags)
    if as_json:
        echo_json(scores)
    elif benchmark in RETRIEVAL:
        _print_retrieval(scores)
    else:
        _print_run(scores)


# --- runs of a code LM -----------------------------------------------------------------------------------------------


def _run(name: str, arms: tuple[str, ...], flags: dict[str, Any]) -> dict[str, Any]:
    from seccoder.errors import UsageError
    from seccoder.evaluation import benchmarks
    from seccoder.evaluation.manifest import Plan
    from seccoder.evaluation.metrics import Prices
    from seccoder.evaluation.run import evaluate

    if name.partition(":")[0] not in benchmarks.benchmarks:
        raise UsageError(f"unknown benchmark {name!r}; known: {', '.join((*benchmarks.names(), *RETRIEVAL))}")
    settings = _settings(flags)
    money = flags["price_in"], flags["price_out"]
    if (money[0] is None) != (money[1] is None):
        raise UsageError("give both --price-in and --price-out, or neither")
    chosen = benchmarks.load(name, list(dict.fromkeys(flags["oracles"])) or None)
    folder = Path(flags["out"] or Path("runs") / _file_name(f"{name}-{settings.model}"))
    with progress(name) as on_progress:
        return evaluate(
            chosen,
            settings,
            folder,
            plan=Plan(arms or None, flags["samples"], flags["seeds"]),
            redo=flags["redo"],
            prices=None if money[0] is None else Prices(*money),
            on_progress=on_progress,
        ).to_json()


def _settings(flags: dict[str, Any]) -> Settings:
    from seccoder.settings import resolve

    names = ("model", "codebase", "k", "seed", "temperature", "top_p", "max_tokens")
    return resolve(**{name: flags[name] for name in names})


def _file_name(text: str) -> str:
    return "".join(character if character.isalnum() or character in "-." else "-" for character in text)


def _print_run(scores: dict[str, Any]) -> None:
    run = scores["run"]
    click.echo(
        f"{run['benchmark']}: {run['tasks']} tasks, {run['samples']} samples x {run['seeds']} seeds an arm, model "
        f"{run['model']}, codebase {run['codebase']}; 95 % intervals over scenarios and seeds\n"
    )
    whole = [row for row in scores["results"] if row["scope"] == "all"]
    figures = {(row["arm"], row["metric"]): row for row in whole}
    shown = [metric for metric in _SHOWN if any((arm, metric) in figures for arm in run["arms"])]
    click.echo(
        f"{'arm':<16}" + "".join(f"{metric:<22}" for metric in shown) + "".join(f"{name:>11}" for name in _COUNTS)
    )
    for arm in run["arms"]:
        rows = [figures.get((arm, metric)) for metric in shown]
        counts: dict[str, Any] = next((row for row in rows if row), {})
        told = "".join(f"{'' if row is None else _figure(row):<22}" for row in rows)
        click.echo(f"{arm:<16}{told}" + "".join(f"{counts.get(name, 0):>11}" for name in _COUNTS))
    compared = [row for row in whole if "against" in row and row["metric"].partition(" minus ")[0] in shown]
    if compared:
        click.echo(f"\n{'arm':<16}{'compared':<34}{'difference':<24}{'p':>6}")
    for row in compared:
        click.echo(f"{row['arm']:<16}{row['metric']:<34}{_figure(row, '+'):<24}{row['p']:>6.3f}  {row['difference']}")
    left_out: dict[str, list[str]] = {}
    for skipped in scores["skipped"]:
        left_out.setdefault(skipped["reason"], []).append(skipped["target"])
    for reason, targets in left_out.items():
        click.echo(f"left out: {', '.join(targets)}: {reason}", err=True)


def _figure(row: dict[str, Any], sign: str = "") -> str:
    return f"{row['value']:{sign}.3f} {_interval(row)}"


def _interval(row: dict[str, Any]) -> str:
    return f"[{_number(row['low'])}, {_number(row['high'])}]"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"


# --- retrieval alone -------------------------------------------------------------------------------------------------


def _retrieval(name: str, arms: tuple[str, ...], flags: dict[str, Any]) -> dict[str, Any]:
    from seccoder import data
    from seccoder.codebase.codebase import Codebase
    from seccoder.data import sven
    from seccoder.errors import UsageError
    from seccoder.evaluation import retrieval
    from seccoder.evaluation.benchmarks.retrieval import retrieval_a, retrieval_b, retrieval_c, retrieval_d
    from seccoder.evaluation.results import Scores
    from seccoder.evaluation.statistics import RESAMPLES

    if given := [each for each in _OF_A_RUN if flags[each] not in (None, ())]:
        raise UsageError(f"{name} samples nothing: it has no use for --{given[0].replace('_', '-')}")
    resolved = _settings(flags)
    in_words = name in IN_WORDS
    root = None if in_words else data.folder("sven")
    arms = arms or (WORDS_ARMS if in_words else RETRIEVAL_ARMS)
    codebase = resolved.codebase or ("bundled" if in_words else "sven")  # sven: the paper's 596 demonstrations
    with Codebase.open(codebase) as base, progress(name) as on_progress:
        if root is None:
            chosen = retrieval_c() if name == "retrieval-c" else retrieval_d()
        elif name == "retrieval-a":
            chosen = retrieval_a(root)
        else:
            chosen = retrieval_b(list(sven.demonstrations(root, "train")), base.demonstrations())
        rows = retrieval.evaluate(chosen, base, arms, seed=resolved.seed, on_progress=on_progress)
        run = {
            "benchmark": name,
            "arms": list(arms),
            "codebase": base.digest(),
            "demonstrations": len(base.ids()),
            "queries": len(chosen.cases),
            "seed": resolved.seed,
            "resamples": RESAMPLES,
        }
    return Scores(run, rows, []).to_json()


def _print_retrieval(scores: dict[str, Any]) -> None:
    run = scores["run"]
    click.echo(
        f"{run['benchmark']}: {run['queries']} queries, {run['demonstrations']} demonstrations, 95 % intervals from "
        f"{run['resamples']} resamples of clusters"
    )
    target = ""
    for row in scores["results"]:
        if row["target"] != target:
            target = row["target"]
            click.echo(f"\n{target}")
            click.echo(f"  {'arm':<28}{'metric':<48}{'value':>7}  {'95 % interval':<19}{'n':>4}  paper")
        paper = "" if row["paper"] is None else f"{row['paper']:g}"
        line = f"  {row['arm']:<28}{row['metric']:<48}{row['value']:>7.3f}  {_interval(row):<19}{row['n']:>4}  {paper}"
        click.echo(line.rstrip())
