"""Implements `seccoder codebase`, which changes the secure codebase and shows what it holds and what it held.

The subcommands `vet` and `expand` are in `seccoder.cli.vetting`.
"""

import itertools
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seccoder.cli.inputs import CWE, LANGUAGE, codebase_option, echo_json, json_option, progress, read_text
from seccoder.cli.output import opened, table, title, user, writable
from seccoder.cli.vetting import expand, vet
from seccoder.code.text import printable_lines
from seccoder.errors import StoreError, UsageError
from seccoder.types import ProofLevel

if TYPE_CHECKING:
    from seccoder.expansion.decisions import Recorded
    from seccoder.types import Demonstration


_LEVELS = {
    ProofLevel.EXECUTED: "its exploits fail on the secure code and work on the twin",
    ProofLevel.DISCRIMINATED: "an oracle reports the twin and not the secure code",
    ProofLevel.FIX_COMMIT: "the fixed side of a commit that fixed a weakness",
    ProofLevel.ASSERTED: "somebody's word",
}


@click.group("codebase")
def command() -> None:
    """Look after the secure codebase: the demonstrations that prompts are given."""


command.add_command(vet)
command.add_command(expand)


@command.command()
@click.argument("path", metavar="FILE|DIR")
@click.option("--language", type=LANGUAGE, metavar="L", help="The language of FILE, where its name does not say it.")
@click.option(
    "--cwe", "cwes", type=CWE, multiple=True, metavar="CWE", help="A weakness that FILE avoids; may be repeated."
)
@click.option("--task", metavar="TEXT", help="What the code does, as somebody would ask for it.")
@click.option("--vulnerable", metavar="FILE", help="The vulnerable twin it replaces.")
@click.option("--note", metavar="TEXT", help="What makes the difference between the twins.")
@click.option("--why", default="", metavar="TEXT", help="The reason, which the history keeps.")
@codebase_option
@json_option
def add(path: str, why: str, codebase: str | None, as_json: bool, **about: Any) -> None:
    """Add a secure source FILE, a demonstration folder DIR, or a folder of such folders.

    A folder's proof is run both ways first: what does not hold is not added. A file is taken at your word.
    """
    if Path(path).is_dir():
        if any(about.values()):
            raise UsageError(
                "--language, --cwe, --task, --vulnerable and --note are for a FILE: a folder says it itself"
            )
        demonstrations = _from_folder(Path(path))
    else:
        demonstrations = [_from_file(path, about)]
    with writable(codebase) as store:
        added = store.add(demonstrations, why)
    if as_json:
        echo_json({"added": added})
        return
    for demonstration in demonstrations:
        known = "added" if demonstration.id in added else "already there:"
        click.echo(f"{known} {demonstration.id}  {title(demonstration)}")


@command.command("list")
@click.option("--language", type=LANGUAGE, metavar="L", help="Only this language.")
@click.option("--cwe", type=CWE, metavar="CWE", help="Only this weakness.")
@click.option("--quarantine", is_flag=True, help="List what is in quarantine instead, and why.")
@codebase_option
@json_option
def list_(language: str | None, cwe: str | None, quarantine: bool, codebase: str | None, as_json: bool) -> None:
    """List the demonstrations."""
    if quarantine:
        if language or cwe:
            raise UsageError("--language and --cwe choose among demonstrations, not in quarantine")
        _list_quarantine(codebase, as_json)
        return
    with opened(codebase) as base:
        found = base.demonstrations(language, cwe)
    if as_json:
        echo_json({"demonstrations": [demonstration.to_json() for demonstration in found]})
        return
    table([(d.id, d.language, " ".join(d.cwes), str(d.proof.level), title(d)) for d in found])


@command.command()
@click.argument("id")
@codebase_option
@json_option
def show(id: str, codebase: str | None, as_json: bool) -> None:
    """Show one demonstration; the beginning of its ID will do."""
    from seccoder.expansion import decisions

    try:
        with opened(codebase) as base:
            found = base.get(id)
            told = [each for store in base.stores if store.decides for each in decisions.about(store, found.id)]
    except StoreError as error:
        held = _quarantined(id, codebase)
        if held is None:
            raise error from None
        _show_quarantined(held, as_json)
        return
    reasons = [decisions.reason_to_json(reason) for each in told for reason in each.reasons]
    if as_json:
        echo_json({**found.to_json(), **({"vetting": reasons} if told else {})})
        return
    about = [
        ("id", found.id),
        ("language", found.language),
        ("weaknesses", ", ".join(found.cwes)),
        ("task", found.task),
        ("note", found.note),
        ("cue", found.cue),
        ("uses", ", ".join(found.apis)),
        ("proof", f"{found.proof.level} ({_LEVELS[found.proof.level]})"),
        ("origin", "  ".join(f"{name}: {value}" for name, value in found.to_json()["origin"].items())),
        *(("vetting", f"{reason['rule']}: {reason['message']}") for reason in reasons),
    ]
    table([(name, value) for name, value in about if value])
    _print_sides(found.code, found.vulnerable, found.proof.test)


def _print_sides(code: str, vulnerable: str | None, test: str | None) -> None:
    for name, text in (("secure", code), ("vulnerable", vulnerable), ("proof", test)):
        if text is not None:
            click.secho(f"\n--- {name}", bold=True)
            click.echo(printable_lines(text).rstrip())


def _quarantined(id: str, codebase: str | None) -> "Recorded | None":
    """Return the candidate in quarantine that has this id, or None."""
    from seccoder.expansion import decisions

    try:
        with writable(codebase) as store:
            return decisions.quarantined(store, id)
    except StoreError:
        return None


def _show_quarantined(found: "Recorded", as_json: bool) -> None:
    if as_json:
        echo_json(found.to_json())
        return
    about = [("id", found.id), ("decision", f"{found.decision}, {found.at}")]
    about += [(str(reason.decision), str(reason)) for reason in found.reasons]
    table(about)
    if found.candidate:
        _print_sides(found.candidate.code, found.candidate.vulnerable, found.candidate.test)


@command.command()
@click.argument("id")
@click.option("--why", required=True, metavar="TEXT", help="The reason, which the history keeps.")
@codebase_option
def remove(id: str, why: str, codebase: str | None) -> None:
    """Remove one demonstration. `restore` brings it back."""
    with opened(codebase) as base:
        removed = base.remove(id, why)
    click.echo(f"removed {removed}")


@command.command()
@click.argument("id")
@click.option("--task", metavar="TEXT", help="What the code does, as somebody would ask for it.")
@click.option("--note", metavar="TEXT", help="What makes the difference between the twins.")
@click.option("--cue", metavar="TEXT", help="The weakness and its remedy, in at most 60 tokens.")
@click.option("--why", required=True, metavar="TEXT", help="The reason, which the history keeps.")
@codebase_option
def edit(id: str, task: str | None, note: str | None, cue: str | None, why: str, codebase: str | None) -> None:
    """Change the words of one demonstration of your own. Its code and its level stay as they are."""
    from seccoder.expansion import decisions

    with writable(codebase) as store:
        click.echo(f"it is now {decisions.edit(store, id, why, task=task, note=note, cue=cue)}")


@command.command()
@codebase_option
@json_option
def stats(codebase: str | None, as_json: bool) -> None:
    """Count the demonstrations, and show which CWEs they cover in which languages."""
    from seccoder.code import cwe
    from seccoder.codebase.coverage import coverage
    from seccoder.codebase.rows import count

    with opened(codebase) as base:
        demonstrations = base.demonstrations()
    counted, covered = count(demonstrations), coverage(demonstrations)
    groups = {"languages": counted.languages, "proofs": counted.proofs}
    if as_json:
        cells = {"cwes": covered.cwes, "proven": covered.proven, "uncovered": covered.uncovered}
        echo_json({"demonstrations": counted.demonstrations, **groups, **cells})
        return
    click.secho(f"{counted.demonstrations} demonstrations", bold=True)
    for name, counts in groups.items():
        click.echo(f"{name:<10} " + ", ".join(f"{key} {number}" for key, number in counts.items()))
    if not covered.cwes:
        return
    click.secho("\nDemonstrations by the CWEs they name; 2/3: two of the three have an executed proof", bold=True)
    rows = [
        (name, *(covered.cell(name, language) or "-" for language in covered.languages), cwe.get(name).name)
        for name in covered.cwes
    ]
    table([("CWE", *covered.languages, "name"), *rows])
    click.echo(f"not covered of the Top 25 (2025): {', '.join(covered.uncovered) or 'none'}")


@command.command()
@codebase_option
@json_option
def history(codebase: str | None, as_json: bool) -> None:
    """Show every change of your codebase, oldest first."""
    with writable(codebase) as store:
        changes = store.history()
    if as_json:
        echo_json({"history": [asdict(change) for change in changes]})
        return
    table(
        [(str(c.version), c.at, c.action, f"{len(c.ids)}", c.ids[0] if len(c.ids) == 1 else "", c.why) for c in changes]
    )


@command.command()
@click.argument("version", type=click.IntRange(min=0))
@codebase_option
def restore(version: int, codebase: str | None) -> None:
    """Bring back exactly what was there in VERSION (see `history`), as a new version."""
    with writable(codebase) as store:
        number, there = store.restore(version), len(store.ids())
    click.echo(f"version {number} is what version {version} was: {there} demonstrations")


@command.command()
@click.argument("file")
@codebase_option
def export(file: str, codebase: str | None) -> None:
    """Write the demonstrations to FILE (`-`: standard output), one JSON object a line."""
    from seccoder.codebase import jsonl

    with opened(codebase) as base:
        demonstrations = base.demonstrations()
    if file == "-":
        for demonstration in demonstrations:
            click.echo(jsonl.line(demonstration), nl=False)
        return
    jsonl.write(demonstrations, Path(file))
    click.echo(f"{len(demonstrations)} demonstrations written to {file}")


@command.command("import")
@click.argument("file")
@click.option("--why", metavar="TEXT", help="The reason, which the history keeps.")
@codebase_option
@json_option
def import_(file: str, why: str | None, codebase: str | None, as_json: bool) -> None:
    """Add what `export` wrote to FILE: all of it, or nothing if a line is wrong."""
    from seccoder.codebase import jsonl

    number = itertools.count()
    read = (each for each, _ in zip(jsonl.read(Path(file)), number, strict=False))  # there may be very many
    demonstrations = itertools.chain(list(itertools.islice(read, 1)), read)  # a file of something else is told first
    with writable(codebase) as store:
        added = store.add(demonstrations, why or f"imported from {file}")
    if as_json:
        echo_json({"added": added})
        return
    click.echo(f"{len(added)} demonstrations added, {next(number) - len(added)} were there already")


def _list_quarantine(codebase: str | None, as_json: bool) -> None:
    from seccoder.expansion import decisions
    from seccoder.expansion.candidate import Decision

    with writable(codebase) as store:
        held = decisions.recorded(store, Decision.QUARANTINE)
    if as_json:
        echo_json({"quarantine": [each.to_json() for each in held]})
        return
    rows = []
    for each in held:
        why = "; ".join(str(reason) for reason in each.reasons if reason.decision is not Decision.ACCEPT)
        language = each.candidate.language if each.candidate else ""
        rows.append((each.id, language, each.origin.path or each.origin.source, why))
    table(rows)


# --- what is added --------------------------------------------------------------------------------------------------


def _from_file(path: str, about: Mapping[str, Any]) -> "Demonstration":
    from seccoder.code import languages
    from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

    code = read_text(path)
    known = about["language"] or languages.from_path(path)
    if known is None:
        raise UsageError(f"{path}: {languages.UNTOLD}")
    today = datetime.now(UTC).date().isoformat()
    return Demonstration(
        language=known,
        cwes=tuple(dict.fromkeys(about["cwes"])),
        task=(about["task"] or "").strip(),
        code=code,
        vulnerable=read_text(about["vulnerable"]) if about["vulnerable"] else None,
        proof=Proof(ProofLevel.ASSERTED),
        origin=Provenance(source="user", path=path, date=today, added_by=user()),
        note=(about["note"] or "").strip(),
    )


def _from_folder(path: Path) -> list["Demonstration"]:
    """Read demonstration folders and run their proofs; one whose proof cannot be run here is only asserted."""
    from dataclasses import replace

    from seccoder.codebase import folder, proof
    from seccoder.types import Proof, ProofLevel

    one = (path / folder.DESCRIPTION).is_file()
    read = (
        [folder.read(path, source="user", licence="")] if one else [*folder.read_all(path, source="user", licence="")]
    )
    with progress("running proofs") as on_progress:
        results = proof.run_all(read, on_progress=on_progress)
    today = datetime.now(UTC).date().isoformat()
    demonstrations = []
    for demonstration, result in zip(read, results, strict=True):
        name = demonstration.origin.path
        if result.status == "failed":
            raise UsageError(f"the proof of {name} does not hold, nothing was added: {result.reason}")
        if result.status == "not-run":
            click.echo(f"{name}: the proof was not run ({result.reason}); added as asserted", err=True)
        level = ProofLevel.EXECUTED if result.status == "proven" else ProofLevel.ASSERTED
        origin = replace(demonstration.origin, date=today, added_by=user())
        demonstrations.append(replace(demonstration, proof=Proof(level, demonstration.proof.test), origin=origin))
    return demonstrations
