"""`seccoder codebase vet` and `expand`: decide about demonstrations and candidates, and say why.

In flow arguments and sources; out flow decisions with their reasons, printed and stored. A candidate that is
refused is no error: these commands end with 0 when they did their work.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seccoder.cli.inputs import codebase_option, echo_json, json_option, progress
from seccoder.cli.output import opened, table, title, user, writable
from seccoder.errors import SecCoderError, UsageError

if TYPE_CHECKING:
    from seccoder.codebase.contamination import Benchmarks
    from seccoder.expansion.candidate import Vetting
    from seccoder.expansion.vetting.vet import Policy, Vetter


def policy_options(command: Any) -> Any:
    """What is allowed in, and how much is done to find out."""
    for option in reversed(
        (
            click.option("--allow", multiple=True, metavar="SPDX", help="Another licence to let in; may be repeated."),
            click.option("--oracle", "oracles", multiple=True, metavar="NAME", help="Ask these (default: bandit)."),
            click.option("--no-proofs", is_flag=True, help="Do not run proofs."),
            click.option("--keep-comments", is_flag=True, help="Blank only comments that address a model."),
            click.option("--max-lines", type=click.IntRange(10), metavar="N", help="Cut longer code (default: 80)."),
            click.option(
                "--accept-assertions", is_flag=True, help="Also what nothing but its author's word speaks for."
            ),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--fresh", is_flag=True, help="Run also proofs that held before.")
@click.option("--quarantine", is_flag=True, help="Vet what is in quarantine; what passes now is added.")
@click.option("--release", is_flag=True, help="Add these out of quarantine, at your word.")
@click.option("--why", default="", metavar="TEXT", help="Of --release; stays in the history.")
@policy_options
@codebase_option
@json_option
def vet(ids: tuple[str, ...], codebase: str | None, as_json: bool, **how: Any) -> None:
    """Decide anew about demonstrations: run their proofs, in the sandbox, and all other rules of vetting.

    A proof holds if its exploits fail on the secure code and work on its vulnerable twin. Nothing is removed: what no
    longer passes is shown with the reasons. With --quarantine or --release it is about what is in quarantine.
    """
    policy = _policy(how)
    if how["release"]:
        _release(ids, how["why"], policy, codebase)
    elif how["quarantine"]:
        _vet_quarantine(ids, policy, codebase, as_json)
    else:
        _vet_live(ids, how["fresh"], policy, codebase, as_json)


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--vulnerable", metavar="FILE", help="SOURCE is a fixed file, and this is what it replaces.")
@click.option("--clone", metavar="PATH", help="The repository that advisories or SARIF logs are about.")
@click.option("--after", metavar="FILE", help="The SARIF log after the commit; SOURCE is the one before it.")
@click.option("--commit", default="", metavar="HASH", help="The commit between two SARIF logs.")
@click.option("--language", metavar="L", help="Of what is read, if it does not tell.")
@click.option("--cwe", "cwes", multiple=True, metavar="CWE", help="Of what does not name one; may be repeated.")
@click.option("--task", default="", metavar="TEXT", help="What the code does, as somebody would ask for it.")
@click.option("--note", default="", metavar="TEXT", help="What makes the difference between the twins.")
@click.option("--licence", default="", metavar="SPDX", help="Of what does not name one.")
@click.option("--again", is_flag=True, help="Read from the beginning, and decide anew.")
@click.option("--dry-run", is_flag=True, help="Decide, but write nothing.")
@click.option("--why", default="", metavar="TEXT", help="For the history.")
@policy_options
@codebase_option
@json_option
def expand(source: str, codebase: str | None, as_json: bool, **how: Any) -> None:
    """Find secure examples in SOURCE, vet them, and add those that pass.

    SOURCE is a git repository (its own history), a fixed file (with --vulnerable), records (*.jsonl, a *.csv with
    Big-Vul's columns, CVEfixes' *.db), an advisory (*.json, with --clone), a SARIF log (with --after, --commit and
    --clone), or a folder of records, advisories or demonstrations.

    What is refused is told with its reasons, what nobody can decide goes into quarantine (`list --quarantine`).
    Interrupted, it goes on where it was.
    """
    from seccoder.expansion import expand as expansion
    from seccoder.expansion.sources import open_source
    from seccoder.expansion.sources.about import About

    about = About(how["language"] or "", how["cwes"], how["task"], how["note"], how["licence"], user())
    places = {name: Path(how[name]) if how[name] else None for name in ("vulnerable", "clone", "after")}
    reads = open_source(Path(source), about, commit=how["commit"], **places)
    vetter = _vetter(codebase, _policy(how))
    with writable(codebase) as store, progress("expanding") as on_progress:
        target = None if how["dry_run"] else store
        outcome = expansion.expand(target, reads, vetter, why=how["why"], again=how["again"], on_progress=on_progress)
    _told(outcome, as_json)


def _told(outcome: Any, as_json: bool) -> None:
    from seccoder.expansion.candidate import Decision

    counts = {str(decision): outcome.count(decision) for decision in Decision}
    if as_json:
        rows = [_vetting_json(vetting) for vetting in outcome.vettings]
        about = {"known": outcome.known, "skipped": outcome.skipped}
        echo_json({"added": outcome.added, "counts": counts, **about, "candidates": rows})
        return
    table([_row(vetting) for vetting in outcome.vettings])
    for line in outcome.skipped:
        click.echo(f"skipped: {line}", err=True)
    known = f", {outcome.known} decided before" if outcome.known else ""
    words = f"{counts['accept']} accepted, {counts['quarantine']} in quarantine, {counts['reject']} refused"
    click.secho(f"{words}{known}; {len(outcome.added)} demonstrations added", bold=True)


def _vet_live(ids: Sequence[str], fresh: bool, policy: "Policy", codebase: str | None, as_json: bool) -> None:
    from dataclasses import replace

    from seccoder.codebase import proof
    from seccoder.expansion.candidate import from_demonstration
    from seccoder.expansion.vetting.vet import Vetter

    with opened(codebase) as base:
        chosen = [base.get(id) for id in ids] if ids else base.demonstrations()
    results = []
    if policy.run_proofs:
        with progress("running proofs") as on_progress:
            results = proof.run_all(chosen, fresh=fresh, on_progress=on_progress)
    # As they are: what is live was cut and cleaned when it came in, or is taken as its author wrote it.
    vetter = Vetter(policy=replace(policy, keep_comments=True, max_lines=10**6, run_proofs=False))
    candidates = [from_demonstration(demonstration) for demonstration in chosen]
    proven = {result.id for result in results if result.status == "proven"}
    with progress("vetting") as on_progress:
        vettings = vetter.vet(candidates, on_progress, proven=[d.id in proven for d in chosen])
    if as_json:
        rows = [_vetting_json(vetting) for vetting in vettings]
        if results:
            about = [{"id": r.id, "status": r.status, "reason": r.reason, "seconds": r.seconds} for r in results]
            rows = [{**row, **more} for row, more in zip(rows, about, strict=True)]
        echo_json({"results": rows})
        return
    without = {d.id for d in chosen if d.proof.test is None and not ids}
    shown = [(d, r) for d, r in zip(chosen, results, strict=bool(results)) if d.id not in without]
    table([(r.id, r.status, f"{r.seconds:.1f} s", r.reason or title(d)) for d, r in shown])
    against = [(d.id, str(v.decision), "; ".join(map(str, v.against))) for d, v in zip(chosen, vettings, strict=True)]
    table([row for row in against if row[2]])
    counts = [f"{sum(r.status == status for _, r in shown)} {status}" for status in ("proven", "failed", "not-run")]
    doubts = sum(bool(row[2]) for row in against)
    click.secho(
        ", ".join([*counts, f"{len(without)} without a proof, {doubts} with something against them"]), bold=True
    )


def _vet_quarantine(ids: Sequence[str], policy: "Policy", codebase: str | None, as_json: bool) -> None:
    from seccoder.expansion import decisions
    from seccoder.expansion.candidate import Decision

    vetter = _vetter(codebase, policy)
    with writable(codebase) as store:
        held = (
            [decisions.quarantined(store, id) for id in ids] if ids else decisions.recorded(store, Decision.QUARANTINE)
        )
        with progress("vetting") as on_progress:
            vettings = vetter.vet([each.candidate for each in held if each.candidate], on_progress)
        added = decisions.settle(store, vettings, "vetted again")
    if as_json:
        echo_json({"added": added, "candidates": [_vetting_json(vetting) for vetting in vettings]})
        return
    table([_row(vetting) for vetting in vettings])
    click.secho(f"{len(vettings)} vetted, {len(added)} added", bold=True)


def _release(ids: Sequence[str], why: str, policy: "Policy", codebase: str | None) -> None:
    from seccoder.expansion import decisions

    if not ids:
        raise UsageError("--release needs the ids of what is to be released (`list --quarantine` shows them)")
    vetter = _vetter(codebase, policy)
    with writable(codebase) as store:
        for id in ids:
            held = decisions.quarantined(store, id)
            for vetting in vetter.vet([held.candidate] if held.candidate else []):
                click.echo(f"released {held.id} as {decisions.release(store, vetting, why)}")


# --- what is made ready -----------------------------------------------------------------------------------------------


def _policy(how: dict[str, Any]) -> "Policy":
    from seccoder.expansion.vetting.vet import Policy

    default = Policy()
    return Policy(
        licences=default.licences | set(how["allow"]),
        oracles=tuple(how["oracles"]) or default.oracles,
        run_proofs=not how["no_proofs"],
        keep_comments=how["keep_comments"],
        max_lines=how["max_lines"] or default.max_lines,
        accept_assertions=how["accept_assertions"],
    )


def _vetter(codebase: str | None, policy: "Policy") -> "Vetter":
    """One that knows what is there already, bundled and in the codebase that is written to."""
    from seccoder.expansion.vetting.vet import Vetter

    with opened("bundled") as base:
        known = {d.id: d for d in base.demonstrations()}
    with writable(codebase) as store:
        known.update({d.id: d for d in store.demonstrations()})
    return Vetter(known.values(), benchmarks=_benchmarks(), policy=policy)


def _benchmarks() -> "Benchmarks":
    """What no candidate may give away, as far as it is here."""
    from seccoder import data
    from seccoder.codebase.contamination import Benchmarks
    from seccoder.evaluation import benchmark_texts

    places = {}
    for name in benchmark_texts.NAMES:
        try:
            places[name] = data.folder(name)
        except SecCoderError:
            continue  # not pulled: there is nothing to compare with
    return Benchmarks(benchmark_texts.texts(places))


# --- what is printed --------------------------------------------------------------------------------------------------


def _vetting_json(vetting: "Vetting") -> dict[str, Any]:
    from seccoder.expansion.decisions import reason_to_json

    return {
        "id": vetting.candidate.id,
        "decision": str(vetting.decision),
        "level": str(vetting.level),
        "demonstration": vetting.demonstration.id if vetting.demonstration else None,
        "origin": vetting.candidate.origin.to_json(),
        "reasons": [reason_to_json(reason) for reason in vetting.reasons],
    }


def _row(vetting: "Vetting") -> tuple[str, ...]:
    origin = vetting.candidate.origin
    id = vetting.demonstration.id if vetting.demonstration else vetting.candidate.id
    why = "; ".join(map(str, vetting.against)) or str(vetting.level)
    return id, str(vetting.decision), origin.path or origin.source, why
