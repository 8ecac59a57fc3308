"""`seccoder evaluate`: measure arms on a benchmark; figures with intervals, and what chance alone would give."""

from typing import Any

import click

from seccoder.cli.inputs import codebase_option, echo_json, json_option, progress

BENCHMARKS = ("retrieval-a", "retrieval-b", "retrieval-c")
DEFAULT_ARMS = ("bm25", "bm25:whitespace", "dense", "hybrid")
WORDS_ARMS = ("bm25", "dense", "hybrid")  # retrieval-c has no code whose white space could be counted
DEFAULT_CODEBASE = "sven"  # the paper's 596 demonstrations


@click.command("evaluate")
@click.argument("benchmark", metavar="BENCHMARK")
@click.option("--arm", "arms", multiple=True, metavar="NAME", help=f"Default: {', '.join(DEFAULT_ARMS)}.")
@click.option("--seed", type=int, metavar="N", help="For the random arm and the bootstrap.")
@codebase_option
@json_option
def command(benchmark: str, arms: tuple[str, ...], seed: int | None, codebase: str | None, as_json: bool) -> None:
    """Measure arms on a benchmark: retrieval-a (the paper's 18 prompts), -b (720 prefixes) or -c (66 tasks in words).

    The arms are retrievers. The codebase, unless another is named, is the paper's 596 SVEN demonstrations, for
    retrieval-c the bundled ones.
    """
    from seccoder import data, settings
    from seccoder.codebase.sources import sven
    from seccoder.codebase.store import Codebase
    from seccoder.errors import UsageError
    from seccoder.evaluation import retrieval
    from seccoder.evaluation.benchmarks.retrieval import retrieval_a, retrieval_b, retrieval_c

    if benchmark not in BENCHMARKS:
        raise UsageError(f"unknown benchmark {benchmark!r}; known: {', '.join(BENCHMARKS)}")
    resolved = settings.resolve(seed=seed, codebase=codebase)
    in_words = benchmark == "retrieval-c"
    root = None if in_words else data.folder("sven")
    arms = tuple(dict.fromkeys(arms)) or (WORDS_ARMS if in_words else DEFAULT_ARMS)
    codebase = resolved.codebase or ("bundled" if in_words else DEFAULT_CODEBASE)
    with Codebase.open(codebase) as base, progress(benchmark) as on_progress:
        if root is None:
            chosen = retrieval_c()
        elif benchmark == "retrieval-a":
            chosen = retrieval_a(root)
        else:
            chosen = retrieval_b(list(sven.demonstrations(root, "train")), base.demonstrations())
        rows = retrieval.evaluate(chosen, base, arms, seed=resolved.seed, on_progress=on_progress)
        run = {
            "benchmark": benchmark,
            "arms": list(arms),
            "codebase": base.digest(),
            "demonstrations": len(base.ids()),
            "queries": len(chosen.cases),
            "seed": resolved.seed,
            "resamples": retrieval.RESAMPLES,
        }
    if as_json:
        echo_json({"run": run, "results": rows, "skipped": []})
        return
    click.echo(
        f"{benchmark}: {len(chosen.cases)} queries, {run['demonstrations']} demonstrations, 95 % intervals from "
        f"{retrieval.RESAMPLES} resamples of clusters"
    )
    _print_table(rows)


def _print_table(rows: list[dict[str, Any]]) -> None:
    target = ""
    for row in rows:
        if row["target"] != target:
            target = row["target"]
            click.echo(f"\n{target}")
            click.echo(f"  {'arm':<28}{'metric':<48}{'value':>7}  {'95 % interval':<19}{'n':>4}  paper")
        interval = f"[{row['low']:.3f}, {row['high']:.3f}]"
        paper = "" if row["paper"] is None else f"{row['paper']:g}"
        line = f"  {row['arm']:<28}{row['metric']:<48}{row['value']:>7.3f}  {interval:<19}{row['n']:>4}  {paper}"
        click.echo(line.rstrip())
