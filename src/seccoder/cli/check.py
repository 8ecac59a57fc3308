"""Implements `seccoder check`, which asks the oracles about files, about a change, or about standard input."""

from pathlib import Path

import click

from seccoder.cli.inputs import CWE, LANGUAGE, echo_json, progress

_MOST_PATHS = 100  # of each kind that is left out, in JSON


@click.command("check")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--diff", "since", metavar="REV", help="Check only files and lines that changed since this commit.")
@click.option("--staged", is_flag=True, help="Check only what is staged in git, as it is staged.")
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
@click.option("--no-cache", is_flag=True, help="Check every file anew, and keep no result.")
@click.option("--strict", is_flag=True, help="Exit with 1 for UNKNOWN and INVALID as well.")
@click.option("--explain", is_flag=True, help="Show the input with which a fault was shown, and what mends it.")
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
    jobs: int | None,
    run_all: bool,
    no_cache: bool,
    strict: bool,
    explain: bool,
    form: str,
    as_json: bool,
) -> None:
    """Check files, folders or standard input (-), and say for each: SECURE, VULNERABLE, INVALID or UNKNOWN.

    Exits with 1 if a file is VULNERABLE. A comment "seccoder: ignore[CWE-89] reason" on its line sets a finding aside.
    """
    from seccoder.cli import findings
    from seccoder.errors import UsageError
    from seccoder.oracles import DEFAULT, changes, choosing, files, scanning
    from seccoder.pipeline import SecCoder

    if staged and since is not None:
        raise UsageError("--diff and --staged exclude each other")
    if not paths and not staged and since is None:
        raise UsageError("nothing to check; give files, folders, '-' for standard input, --staged or --diff REV")
    folders = not (staged or since is not None) and any(Path(path).is_dir() for path in paths)
    left_out: dict[str, list[str]] = {}

    def leave_out(path: str, reason: str) -> None:
        left_out.setdefault(reason, []).append(path)

    if staged or since is not None:
        texts = changes.changed(paths, since=since, language=language, left_out=leave_out)
    else:
        texts = files.collect(paths, language=language, left_out=leave_out)
    with SecCoder() as seccoder, progress("checking") as on_progress:
        results = seccoder.check_files(
            texts,
            cwe=cwe,
            oracles=oracles or None,
            on_progress=on_progress,
            jobs=jobs,
            cached=not no_cache,
            most_run=choosing.MOST_RUN if folders and not run_all else None,
        )
    if as_json or form == "json":
        told = [{"reason": why, "count": len(those), "paths": those[:_MOST_PATHS]} for why, those in left_out.items()]
        echo_json({"files": [result.to_json(explain=explain) for result in results], "left_out": told})
    elif form == "sarif":
        root = files.repository(".") or Path.cwd()
        echo_json(scanning.log(texts, results, asked=oracles or DEFAULT, cwe=cwe, root=root))
    else:
        findings.show(results, explain=explain)
    findings.summarise(results, left_out)
    bad = {"VULNERABLE", "UNKNOWN", "INVALID"} if strict else {"VULNERABLE"}
    if any(result.verdict.label in bad for result in results):
        ctx.exit(1)
