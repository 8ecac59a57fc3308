"""Implements `seccoder check`, which asks the oracles about files, about a change, or about standard input."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seccoder.cli.inputs import CWE, LANGUAGE, echo_json, progress, ray_option, shard_option

if TYPE_CHECKING:
    from seccoder.code.shards import Shard
    from seccoder.oracles.cache import Cache
    from seccoder.oracles.checking import FileResult
    from seccoder.oracles.files import Text
    from seccoder.oracles.reproducing import Written

_MOST_PATHS = 100  # of each kind that is left out, in JSON


@click.command("check")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--diff", "since", metavar="REV", help="Check only files and lines that changed since this commit.")
@click.option("--staged", is_flag=True, help="Check only what is staged in git, as it is staged.")
@click.option("--before", metavar="A", help="With --after B: say whether B mended what is shown of A.")
@click.option("--after", metavar="B", help="The file after the change.")
@click.option("--prove", is_flag=True, help="With --diff: say of each file whether the change mended what was shown.")
@click.option(
    "--language",
    type=LANGUAGE,
    metavar="L",
    help="The language of files whose name does not say it. In folders only files of L are checked.",
)
@click.option("--cwe", type=CWE, metavar="CWE", help="The weakness that counts. Default: any.")
@click.option(
    "--oracle",
    "oracles",
    multiple=True,
    metavar="NAME",
    help="Ask this oracle; repeatable. Default: executed, bandit, gcc, syntax.",
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Run N files at a time. Default: one per core.")
@click.option("--all", "run_all", is_flag=True, help="Run every file of a folder, not only the 40 likeliest.")
@shard_option
@ray_option
@click.option("--no-cache", is_flag=True, help="Check every file anew, and keep no result.")
@click.option("--strict", is_flag=True, help="Exit with 1 for UNKNOWN and INVALID as well.")
@click.option("--explain", is_flag=True, help="Show the input with which a fault was shown, and what mends it.")
@click.option("--reproduce", metavar="DIR", help="Write a test for each fault that was shown by execution into DIR.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="Default: text.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def command(  # noqa: PLR0913 - these are the options of the documented command
    ctx: click.Context,
    paths: tuple[str, ...],
    since: str | None,
    staged: bool,
    language: str | None,
    cwe: str | None,
    oracles: tuple[str, ...],
    before: str | None,
    after: str | None,
    prove: bool,
    jobs: int | None,
    shard: "Shard | None",
    ray: str | None,
    run_all: bool,
    no_cache: bool,
    strict: bool,
    explain: bool,
    reproduce: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Check files, folders or standard input (-), and say for each: SECURE, VULNERABLE, INVALID or UNKNOWN.

    Exits with 1 if a file is VULNERABLE. A comment "seccoder: ignore[CWE-89] reason" on its line sets a finding aside.
    """
    from seccoder.cli import findings
    from seccoder.errors import UsageError
    from seccoder.oracles import DEFAULT, changes, choosing, files, scanning, users
    from seccoder.oracles.cache import Cache
    from seccoder.oracles.checking import check_texts
    from seccoder.oracles.cluster import joined
    from seccoder.oracles.proving import prove as prove_fixed
    from seccoder.settings import resolve

    changed = staged or since is not None
    _refuse(paths, changed=changed, before=before, after=after, shard=shard)
    if staged and since is not None:
        raise UsageError("--diff and --staged exclude each other")
    if prove and since is None:
        raise UsageError("--prove needs --diff REV")
    left_out: dict[str, list[str]] = {}

    def leave_out(path: str, reason: str) -> None:
        left_out.setdefault(reason, []).append(path)

    if changed:
        texts = changes.changed(paths, since=since, language=language, left_out=leave_out)
        texts += users.users(texts, paths, staged=staged, language=language, left_out=leave_out)
    else:
        texts = files.collect(paths, language=language, left_out=leave_out)
    every = texts
    texts, left_out = _part(shard, texts, left_out)
    resolve()  # a setting that is wrong is told before anything is checked
    environment = ctx.with_resource(joined(ray))
    cache = None if no_cache else Cache(environment=environment)
    with progress("checking") as on_progress:  # without the pipeline, whose imports take as long as a check
        if before is not None and after is not None:
            texts = [_file(path, language) for path in (before, after)]
            results = list(prove_fixed(*texts, cwe=cwe, cache=cache))
        else:
            folders = not changed and any(Path(path).is_dir() for path in paths)
            results = check_texts(
                texts,
                among=every,
                cwe=cwe,
                names=oracles or None,
                on_progress=on_progress,
                jobs=jobs,
                cache=cache,
                most_run=choosing.MOST_RUN if folders and not run_all else None,
            )
        if prove:
            results = _proven(texts, results, cwe, cache)
    if as_json or form == "json":
        told = [{"reason": why, "count": len(those), "paths": those[:_MOST_PATHS]} for why, those in left_out.items()]
        echo_json({"files": [result.to_json(explain=explain) for result in results], "left_out": told})
    elif form == "sarif":
        root = files.repository(".") or Path.cwd()
        echo_json(scanning.log(texts, results, asked=oracles or DEFAULT, cwe=cwe, root=root))
    else:
        findings.show(results, explain=explain)
    findings.summarise(results, left_out)
    if reproduce is not None:
        findings.tell_written(_written(texts, results, reproduce))
    bad = {"VULNERABLE", "UNKNOWN", "INVALID"} if strict else {"VULNERABLE"}
    if any(result.verdict.label in bad for result in (results[1:] if before is not None else results)):
        ctx.exit(1)


def _refuse(
    paths: Sequence[str], *, changed: bool, before: str | None, after: str | None, shard: "Shard | None"
) -> None:
    """Refuse options that name nothing to check, or two different things."""
    from seccoder.errors import UsageError

    if (before is None) != (after is None) or (before is not None and (changed or paths)):
        raise UsageError("--before A and --after B belong together, and stand alone")
    if before is not None and shard is not None:
        raise UsageError("--before and --after are about one file, so there is nothing that --shard could divide")
    if not paths and not changed and before is None:
        raise UsageError("nothing to check; give files, folders, '-' for standard input, --staged or --diff REV")


def _part(
    shard: "Shard | None", texts: list["Text"], left_out: dict[str, list[str]]
) -> tuple[list["Text"], dict[str, list[str]]]:
    """Return what a shard has of the files, of which those with one content are together, and of what is left out."""
    if shard is None:
        return texts, left_out
    parts = {reason: [path for path in paths if shard.holds(path)] for reason, paths in left_out.items()}
    mine = [text for text in texts if shard.holds(text.text or text.path)]
    return mine, {reason: paths for reason, paths in parts.items() if paths}


def _proven(
    texts: Sequence["Text"], results: Sequence["FileResult"], cwe: str | None, cache: "Cache | None"
) -> list["FileResult"]:
    """Add to the result of each changed file whether the change mended what was shown of it."""
    from seccoder.oracles import files, proving

    proven = []
    for text, result in zip(texts, results, strict=True):
        proof = None
        if text.before and not text.problem and not text.why:
            before = files.decode(text.path, text.language, text.before.encode("utf-8", "replace"))
            proof = proving.prove(before, text, cwe=cwe, cache=cache)[1].proof
        proven.append(replace(result, proof=proof))
    return proven


def _written(texts: Sequence["Text"], results: Sequence["FileResult"], folder: str) -> Iterator["Written"]:
    from seccoder.errors import UsageError
    from seccoder.oracles import reproducing

    try:
        yield from reproducing.reproduce(texts, results, Path(folder))
    except OSError as error:
        raise UsageError(f"tests cannot be written to {folder}: {error.strerror}") from error


def _file(path: str, language: str | None) -> "Text":
    from seccoder.errors import UsageError
    from seccoder.oracles import files

    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder; give a file before and after the change")
    (text,) = files.collect([path], language=language)
    return text
