"""Implements `seccoder check`, which asks the oracles about files, about a change, or about standard input."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seccoder.cli.inputs import CWE, LANGUAGE, echo_json, progress

if TYPE_CHECKING:
    from seccoder.oracles.checking import FileResult
    from seccoder.oracles.files import Text

_COLOURS = {"SECURE": "green", "VULNERABLE": "red", "INVALID": "yellow", "UNKNOWN": "cyan"}


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
@click.option("--strict", is_flag=True, help="Exit with 1 for UNKNOWN and INVALID as well.")
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
    strict: bool,
    form: str,
    as_json: bool,
) -> None:
    """Check files, folders or standard input (-), and say for each: SECURE, VULNERABLE, INVALID or UNKNOWN.

    Exits with 1 if a file is VULNERABLE. A comment "seccoder: ignore[CWE-89] reason" on its line sets a finding aside.
    """
    from seccoder.errors import UsageError
    from seccoder.oracles import files
    from seccoder.oracles.checking import check_texts
    from seccoder.settings import resolve

    if staged and since is not None:
        raise UsageError("--diff and --staged exclude each other")
    if not paths and not staged and since is None:
        raise UsageError("nothing to check; give files, folders, '-' for standard input, --staged or --diff REV")
    if staged or since is not None:
        texts = files.changed(paths, since=since, language=language)
    else:
        texts = files.collect(paths, language=language)
    resolve()  # a setting that is wrong is told before anything is checked
    with progress("checking") as on_progress:  # without the pipeline, whose imports take as long as a check
        results = check_texts(texts, cwe=cwe, names=oracles or None, on_progress=on_progress)
    if as_json or form == "json":
        echo_json({"files": [result.to_json() for result in results]})
    elif form == "sarif":
        echo_json(_sarif(texts, results))
    else:
        _print(results)
    _summary(results)
    bad = {"VULNERABLE", "UNKNOWN", "INVALID"} if strict else {"VULNERABLE"}
    if any(result.verdict.label in bad for result in results):
        ctx.exit(1)


def _print(results: Sequence["FileResult"]) -> None:
    from seccoder.code.text import printable

    for result in results:
        verdict = result.verdict
        path = printable(result.path)
        label = click.style(str(verdict.label), fg=_COLOURS[verdict.label], bold=True)
        evidence = f" ({verdict.evidence})" if verdict.evidence else ""
        reason = f": {printable(verdict.reason)}" if verdict.reason else ""
        click.echo(f"{path}: {label}{evidence}{reason}")
        for finding in verdict.findings:
            place = f"{path}:{finding.line}" if finding.line else path
            kind = f"{finding.cwe or 'no CWE'}, {finding.oracle} {finding.rule}"
            click.echo(f"  {place}: {printable(finding.message)} [{printable(kind)}]")
        for finding, why in result.suppressed:
            kind = f"{finding.cwe}, {finding.oracle} {finding.rule}"
            click.echo(f"  {path}:{finding.line}: suppressed: {printable(why)} [{printable(kind)}]")
        for note in result.notes:
            click.echo(f"  {printable(note)}")


def _summary(results: Sequence["FileResult"]) -> None:
    """Print the counts on stderr and, where nothing was found in a file, that this does not make it secure."""
    from seccoder.types import Unknown

    if not results:
        click.echo("No source files to check.", err=True)
        return
    counts = Counter(str(result.verdict.label) for result in results)
    told = ", ".join(f"{counts[label]} {label}" for label in _COLOURS if counts[label])
    click.echo(f"{len(results)} file{'s' if len(results) > 1 else ''}: {told}.", err=True)
    if any(result.verdict.kind in {Unknown.NOT_FLAGGED, Unknown.INERT} for result in results):
        click.echo("Not flagged is not secure: that nothing was found in a file proves nothing about it.", err=True)


def _sarif(texts: Sequence["Text"], results: Sequence["FileResult"]) -> dict[str, object]:
    from seccoder.oracles import files, sarif
    from seccoder.types import Why

    checks = [(result.path, check) for result in results for check in result.checks]
    missed = [
        sarif.NotAnalysed(check.oracle, path, check.reason)
        for path, check in checks
        if not check.analysed and check.reason and check.why is not Why.NOT_COVERED
    ]
    missed += [sarif.NotAnalysed("seccoder", text.path, text.problem) for text in texts if text.problem]
    return sarif.write(
        [finding for result in results for finding in result.verdict.findings],
        versions={check.oracle: check.version for _, check in checks if check.analysed},
        texts={text.path: text.text for text in texts},
        suppressed={finding: why for result in results for finding, why in result.suppressed},
        not_analysed=missed,
        operations=[(check.oracle, path, operation) for path, check in checks for operation in check.operations],
        root=files.repository(".") or Path.cwd(),
    )
