"""`seccoder codebase`: add to the secure codebase, look at it, prove it, go back in its history, move it.

Reading means the bundled demonstrations and the user's own, writing means the user's own, unless `--codebase` says
otherwise. Demonstrations may come from strangers, so what a terminal would obey is taken out of what is printed.
"""

import getpass
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seccoder.cli.inputs import codebase_option, echo_json, json_option, progress, read_text
from seccoder.errors import StoreError, UsageError

if TYPE_CHECKING:
    from seccoder.codebase.store import Codebase, Store
    from seccoder.types import Demonstration


@click.group("codebase")
def command() -> None:
    """Look after the secure codebase: the demonstrations that prompts are given."""


@command.command()
@click.argument("path", metavar="FILE|DIR")
@click.option("--language", metavar="L", help="Of FILE, if its name does not tell.")
@click.option("--cwe", "cwes", multiple=True, metavar="CWE", help="A weakness that FILE avoids; may be repeated.")
@click.option("--task", metavar="TEXT", help="What the code does, as somebody would ask for it.")
@click.option("--vulnerable", metavar="FILE", help="The vulnerable twin it replaces.")
@click.option("--note", metavar="TEXT", help="What makes the difference between the twins.")
@click.option("--why", default="", metavar="TEXT", help="For the history.")
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
    with _writable(codebase) as store:
        added = store.add(demonstrations, why)
    if as_json:
        echo_json({"added": added})
        return
    for demonstration in demonstrations:
        known = "added" if demonstration.id in added else "already there:"
        click.echo(f"{known} {demonstration.id}  {_title(demonstration)}")


@command.command("list")
@click.option("--language", metavar="L", help="Only this language.")
@click.option("--cwe", metavar="CWE", help="Only this weakness.")
@codebase_option
@json_option
def list_(language: str | None, cwe: str | None, codebase: str | None, as_json: bool) -> None:
    """List the demonstrations."""
    from seccoder import cwe as cwes
    from seccoder import languages

    with _open(codebase) as base:
        found = base.demonstrations(
            None if language is None else languages.canonical(language), None if cwe is None else cwes.normalise(cwe)
        )
    if as_json:
        echo_json({"demonstrations": [demonstration.to_json() for demonstration in found]})
        return
    _table([(d.id, d.language, " ".join(d.cwes), str(d.proof.level), _title(d)) for d in found])


@command.command()
@click.argument("id")
@codebase_option
@json_option
def show(id: str, codebase: str | None, as_json: bool) -> None:
    """Show one demonstration; the beginning of its ID will do."""
    with _open(codebase) as base:
        found = base.get(id)
    if as_json:
        echo_json(found.to_json())
        return
    about = [
        ("id", found.id),
        ("language", found.language),
        ("weaknesses", ", ".join(found.cwes)),
        ("task", found.task),
        ("note", found.note),
        ("uses", ", ".join(found.apis)),
        ("proof", str(found.proof.level)),
        ("origin", "  ".join(f"{name}: {value}" for name, value in found.to_json()["origin"].items())),
    ]
    _table([(name, value) for name, value in about if value])
    for name, text in (("secure", found.code), ("vulnerable", found.vulnerable), ("proof", found.proof.test)):
        if text is not None:
            click.secho(f"\n--- {name}", bold=True)
            click.echo(_plain(text).rstrip())


@command.command()
@click.argument("id")
@click.option("--why", required=True, metavar="TEXT", help="Stays in the history.")
@codebase_option
def remove(id: str, why: str, codebase: str | None) -> None:
    """Remove one demonstration. `restore` brings it back."""
    with _open(codebase) as base:
        removed = base.remove(id, why)
    click.echo(f"removed {removed}")


@command.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--fresh", is_flag=True, help="Run also what was proven before.")
@codebase_option
@json_option
def vet(ids: tuple[str, ...], fresh: bool, codebase: str | None, as_json: bool) -> None:
    """Run the proofs, in the sandbox: the exploits must fail on the secure code and work on its vulnerable twin."""
    from seccoder.codebase import proof

    with _open(codebase) as base:
        chosen = [base.get(id) for id in ids] if ids else base.demonstrations()
    with progress("running proofs") as on_progress:
        results = proof.run_all(chosen, fresh=fresh, on_progress=on_progress)
    if as_json:
        rows = [{"id": r.id, "status": r.status, "reason": r.reason, "seconds": r.seconds} for r in results]
        echo_json({"results": rows})
        return
    without = {d.id for d in chosen if d.proof.test is None and not ids}
    shown = [(d, r) for d, r in zip(chosen, results, strict=True) if d.id not in without]
    _table([(r.id, r.status, f"{r.seconds:.1f} s", r.reason or _title(d)) for d, r in shown])
    counts = [f"{sum(r.status == status for _, r in shown)} {status}" for status in ("proven", "failed", "not-run")]
    click.secho(", ".join([*counts, f"{len(without)} without a proof"]), bold=True)


@command.command()
@codebase_option
@json_option
def stats(codebase: str | None, as_json: bool) -> None:
    """Count the demonstrations, and show which CWEs they cover in which languages."""
    from seccoder import cwe
    from seccoder.codebase.coverage import coverage
    from seccoder.codebase.records import count

    with _open(codebase) as base:
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
    _table([("CWE", *covered.languages, "name"), *rows])
    click.echo(f"not covered of the Top 25 (2025): {', '.join(covered.uncovered) or 'none'}")


@command.command()
@codebase_option
@json_option
def history(codebase: str | None, as_json: bool) -> None:
    """Show every change of your codebase, oldest first."""
    with _writable(codebase) as store:
        changes = store.history()
    if as_json:
        echo_json({"history": [asdict(change) for change in changes]})
        return
    _table(
        [(str(c.version), c.at, c.action, f"{len(c.ids)}", c.ids[0] if len(c.ids) == 1 else "", c.why) for c in changes]
    )


@command.command()
@click.argument("version", type=click.IntRange(min=0))
@codebase_option
def restore(version: int, codebase: str | None) -> None:
    """Bring back exactly what was there in VERSION (see `history`), as a new version."""
    with _writable(codebase) as store:
        number, there = store.restore(version), len(store.ids())
    click.echo(f"version {number} is what version {version} was: {there} demonstrations")


@command.command()
@click.argument("file")
@codebase_option
def export(file: str, codebase: str | None) -> None:
    """Write the demonstrations to FILE (`-`: standard output), one JSON object a line."""
    from seccoder.codebase import jsonl

    with _open(codebase) as base:
        demonstrations = base.demonstrations()
    if file == "-":
        for demonstration in demonstrations:
            click.echo(jsonl.line(demonstration), nl=False)
        return
    jsonl.write(demonstrations, Path(file))
    click.echo(f"{len(demonstrations)} demonstrations written to {file}")


@command.command("import")
@click.argument("file")
@click.option("--why", metavar="TEXT", help="For the history.")
@codebase_option
@json_option
def import_(file: str, why: str | None, codebase: str | None, as_json: bool) -> None:
    """Add what `export` wrote to FILE: all of it, or nothing if a line is wrong."""
    from seccoder.codebase import jsonl

    demonstrations = list(jsonl.read(Path(file)))
    with _writable(codebase) as store:
        added = store.add(demonstrations, why or f"imported from {file}")
    if as_json:
        echo_json({"added": added})
        return
    click.echo(f"{len(added)} demonstrations added, {len(demonstrations) - len(added)} were there already")


# --- opening --------------------------------------------------------------------------------------------------------


def _open(codebase: str | None) -> "Codebase":
    from seccoder import settings
    from seccoder.codebase.store import Codebase

    return Codebase.open(settings.resolve(codebase=codebase).codebase)


def _writable(codebase: str | None) -> "Store":
    """The store that changes go to, made by the first change."""
    from seccoder import settings
    from seccoder.codebase.store import Codebase, Store

    spec = settings.resolve(codebase=codebase).codebase
    if not spec:
        return Store.open(settings.user_codebase())
    store = Codebase.open(spec, create=True).stores[0]
    if store.readonly:
        raise StoreError(f"{store.path} is read-only")
    return store


# --- what is added --------------------------------------------------------------------------------------------------


def _from_file(path: str, about: Mapping[str, Any]) -> "Demonstration":
    from seccoder import cwe, languages
    from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

    code = read_text(path)
    known = languages.canonical(about["language"]) if about["language"] else languages.from_path(path)
    if known is None:
        raise UsageError(f"cannot tell the language of {path} from its name; give --language")
    today = datetime.now(UTC).date().isoformat()
    return Demonstration(
        language=known,
        cwes=tuple(dict.fromkeys(cwe.normalise(name) for name in about["cwes"])),
        task=(about["task"] or "").strip(),
        code=code,
        vulnerable=read_text(about["vulnerable"]) if about["vulnerable"] else None,
        proof=Proof(ProofLevel.ASSERTED),
        origin=Provenance(source="user", path=path, date=today, added_by=_user()),
        note=(about["note"] or "").strip(),
    )


def _from_folder(path: Path) -> list["Demonstration"]:
    """Read demonstration folders and run their proofs; what cannot be run here is only an assertion."""
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
        origin = replace(demonstration.origin, date=today, added_by=_user())
        demonstrations.append(replace(demonstration, proof=Proof(level, demonstration.proof.test), origin=origin))
    return demonstrations


def _user() -> str:
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


# --- what is printed ------------------------------------------------------------------------------------------------


def _title(demonstration: "Demonstration", width: int = 72) -> str:
    text = " ".join((demonstration.task or demonstration.origin.path).split())
    return text if len(text) <= width else text[: width - 3] + "..."


def _plain(text: str) -> str:
    """Text without anything that a terminal would obey."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text.replace("\r\n", "\n"))


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in aligned columns; the last column is free."""
    clean = [[_plain(" ".join(cell.split())) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in list(zip(*clean, strict=True))[:-1]]
    for row in clean:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())
