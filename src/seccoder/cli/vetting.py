"""Implements `seccoder codebase vet` and `expand`: both decide about demonstrations or candidates and say why.

The decisions are printed with their reasons. `expand` and the changes of the quarantine are also stored. A refused
candidate is no error: these commands exit with 0 when they did their work.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seccoder.cli.inputs import (
    CWE,
    LANGUAGE,
    codebase_option,
    echo_json,
    json_option,
    progress,
    ray_option,
    shard_option,
)
from seccoder.cli.output import opened, table, title, user
from seccoder.errors import SecCoderError, UsageError

if TYPE_CHECKING:
    from seccoder.code.shards import Shard
    from seccoder.codebase.contamination import Benchmarks
    from seccoder.expansion.candidate import Vetting
    from seccoder.expansion.expand import Reviewed
    from seccoder.expansion.source import CandidateSource
    from seccoder.expansion.vetting.vet import Policy

_STATUSES = ("proven", "failed", "not-run")  # of proofs


def policy_options(command: Any) -> Any:
    """Add the options that say what is allowed in, and how much is done to find out."""
    for option in reversed(
        (
            click.option("--allow", multiple=True, metavar="SPDX", help="Another licence to let in; may be repeated."),
            click.option(
                "--oracle",
                "oracles",
                multiple=True,
                metavar="NAME",
                help="Ask this oracle (default: bandit); may be repeated.",
            ),
            click.option("--no-proofs", is_flag=True, help="Run no proofs, no fixes before and after, no tests."),
            click.option("--keep-comments", is_flag=True, help="Keep comments, except those that address a model."),
            click.option("--max-lines", type=click.IntRange(10), metavar="N", help="Cut longer code (default: 80)."),
            click.option(
                "--accept-assertions", is_flag=True, help="Accept also what only its author's word speaks for."
            ),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--fresh", is_flag=True, help="Run the proofs that held before, too.")
@click.option("--quarantine", is_flag=True, help="Vet what is in quarantine, and add what passes now.")
@click.option("--release", is_flag=True, help="Take these out of quarantine, at your word.")
@click.option("--why", default="", metavar="TEXT", help="The reason for --release, which the history keeps.")
@shard_option
@ray_option
@policy_options
@codebase_option
@json_option
@click.pass_context
def vet(ctx: click.Context, /, ids: tuple[str, ...], codebase: str | None, as_json: bool, **how: Any) -> None:
    """Decide anew about demonstrations: run their proofs, in the sandbox, and all other rules of vetting.

    A proof holds if its exploits fail on the secure code and work on its vulnerable twin. Nothing is removed: what no
    longer passes is shown with the reasons. With --quarantine or --release it is about what is in quarantine.
    """
    from seccoder.oracles.cluster import joined

    policy = _policy(how)
    if how["shard"] and (how["release"] or how["quarantine"]):
        raise UsageError("--shard divides what is live; what is in quarantine is decided about as a whole")
    ctx.with_resource(joined(how["ray"]))
    if how["release"]:
        _release(ids, how["why"], policy, codebase)
    elif how["quarantine"]:
        _vet_quarantine(ids, policy, codebase, as_json)
    else:
        _vet_live(ids, how["fresh"], how["shard"], policy, codebase, as_json)


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--vulnerable", metavar="FILE", help="SOURCE is a fixed file, and this is what it replaces.")
@click.option("--clone", metavar="PATH", help="The repository that an advisory or a SARIF log is about.")
@click.option(
    "--advisories", metavar="PATH", help="OSV or GitHub records about the repository SOURCE: a file or folder."
)
@click.option("--after", metavar="FILE", help="The SARIF log after the commit; SOURCE is the one before it.")
@click.option("--commit", default="", metavar="HASH", help="The commit between two SARIF logs.")
@click.option(
    "--language", type=LANGUAGE, metavar="L", help="The language of what is read, where that does not say it."
)
@click.option(
    "--cwe", "cwes", type=CWE, multiple=True, metavar="CWE", help="The weakness of what names none; may be repeated."
)
@click.option("--task", default="", metavar="TEXT", help="What the code does, as somebody would ask for it.")
@click.option("--note", default="", metavar="TEXT", help="What makes the difference between the twins.")
@click.option("--licence", default="", metavar="SPDX", help="The licence of what names none.")
@click.option("--again", is_flag=True, help="Read from the beginning, and decide anew.")
@click.option("--dry-run", is_flag=True, help="Decide, but write nothing.")
@click.option("--why", default="", metavar="TEXT", help="The reason, which the history keeps.")
@shard_option
@ray_option
@policy_options
@codebase_option
@json_option
@click.pass_context
def expand(ctx: click.Context, /, source: str, codebase: str | None, as_json: bool, **how: Any) -> None:
    """Find secure examples in SOURCE, vet them, and add those that pass.

    SOURCE is a git repository (its own history), a fixed file (with --vulnerable), records (*.jsonl, a *.csv with
    Big-Vul's columns, CVEfixes' *.db), an advisory (*.json, with --clone), a SARIF log (with --after, --commit and
    --clone), or a folder of records, advisories or demonstrations.

    What is refused is told with its reasons, what nobody can decide goes into quarantine (`list --quarantine`).
    Interrupted, it goes on where it was. With --shard, proofs are run and oracles asked for that part; the last part to
    end then decides about all, as without --shard.
    """
    from seccoder.expansion.expand import Expansion
    from seccoder.expansion.sources import open_source
    from seccoder.expansion.sources.about import About
    from seccoder.oracles.cache import Cache
    from seccoder.oracles.cluster import joined

    about = About(how["language"] or "", how["cwes"], how["task"], how["note"], how["licence"], user())
    places = {name: Path(how[name]) if how[name] else None for name in ("vulnerable", "clone", "advisories", "after")}
    given = {"again": how["again"], "write": not how["dry_run"]}

    def read() -> "CandidateSource":
        return open_source(Path(source), about, commit=how["commit"], **places)

    reads = read()
    cache = Cache(environment=ctx.with_resource(joined(how["ray"])))
    with (
        Expansion(codebase, _policy(how), benchmarks=_benchmarks(), cache=cache) as expansion,
        progress("expanding") as on_progress,
    ):
        complete = True
        if how["shard"]:
            outcome, complete = expansion.prepare(reads, how["shard"], **given, on_progress=on_progress)
            reads = read() if complete else reads
        if complete:
            outcome = expansion.expand(reads, why=how["why"], **given, on_progress=on_progress)
    _print_outcome(outcome, as_json)


def _print_outcome(outcome: Any, as_json: bool) -> None:
    from seccoder.expansion.candidate import Decision

    counts = {str(decision): outcome.count(decision) for decision in Decision}
    if as_json:
        rows = [_vetting_json(vetting) for vetting in outcome.vettings]
        about = {"known": outcome.known, "skipped": outcome.skipped}
        about |= {} if outcome.prepared is None else {"prepared": outcome.prepared}
        echo_json({"added": outcome.added, "counts": counts, **about, "candidates": rows})
        return
    table([_row(vetting) for vetting in outcome.vettings])
    for line in outcome.skipped:
        click.echo(f"skipped: {line}", err=True)
    known = f", {outcome.known} decided before" if outcome.known else ""
    if outcome.prepared is not None:
        click.secho(f"{outcome.prepared} looked at{known}; the last shard to end decides about all", bold=True)
        return
    words = f"{counts['accept']} accepted, {counts['quarantine']} in quarantine, {counts['reject']} refused"
    click.secho(f"{words}{known}; {len(outcome.added)} demonstrations added", bold=True)


def _vet_live(
    ids: Sequence[str], fresh: bool, shard: "Shard | None", policy: "Policy", codebase: str | None, as_json: bool
) -> None:
    from seccoder.codebase import proof
    from seccoder.expansion.expand import review

    with opened(codebase) as base:
        chosen = [base.get(id) for id in ids] if ids else base.demonstrations()
    ended = []
    if policy.run_proofs:
        mine = [each for each in chosen if shard is None or shard.holds(each.id)]
        with progress("running proofs") as on_progress:
            ended = proof.run_all(mine, fresh=fresh, on_progress=on_progress)
    with progress("vetting") as on_progress:
        reviewed = review(chosen, policy, results=ended, shard=shard, on_progress=on_progress)
    if as_json:
        echo_json({"results": [_reviewed_json(each) for each in reviewed]})
        return
    asked = [each for each in reviewed if ids or each.demonstration.proof.test is not None]
    results = [(each.proof, title(each.demonstration)) for each in asked if each.proof is not None]
    table([(one.id, one.status, f"{one.seconds:.1f} s", one.reason or what) for one, what in results])
    against = [
        (each.demonstration.id, str(each.vetting.decision), "; ".join(map(str, each.vetting.against)))
        for each in reviewed
        if each.vetting.against
    ]
    table(against)
    counts = [f"{sum(one.status == status for one, _ in results)} {status}" for status in _STATUSES]
    without = f"{len(reviewed) - len(asked)} without a proof, {len(against)} with something against them"
    click.secho(", ".join([*counts, without]), bold=True)


def _reviewed_json(each: "Reviewed") -> dict[str, Any]:
    row = _vetting_json(each.vetting)
    if (one := each.proof) is not None:
        row |= {"id": one.id, "status": one.status, "reason": one.reason, "seconds": one.seconds}
    return row


def _vet_quarantine(ids: Sequence[str], policy: "Policy", codebase: str | None, as_json: bool) -> None:
    from seccoder.expansion.expand import Expansion

    with Expansion(codebase, policy, benchmarks=_benchmarks()) as expansion, progress("vetting") as on_progress:
        vettings, added = expansion.vet_quarantine(ids, on_progress)
    if as_json:
        echo_json({"added": added, "candidates": [_vetting_json(vetting) for vetting in vettings]})
        return
    table([_row(vetting) for vetting in vettings])
    click.secho(f"{len(vettings)} vetted, {len(added)} added", bold=True)


def _release(ids: Sequence[str], why: str, policy: "Policy", codebase: str | None) -> None:
    from seccoder.expansion.expand import Expansion

    if not ids:
        raise UsageError("--release needs the ids of what is to be released (`list --quarantine` shows them)")
    with Expansion(codebase, policy, benchmarks=_benchmarks()) as expansion:
        for id in ids:
            candidate, demonstration = expansion.release(id, why)
            click.echo(f"released {candidate} as {demonstration}")


# --- what the commands need -------------------------------------------------------------------------------------------


def _policy(how: dict[str, Any]) -> "Policy":
    from seccoder.expansion.vetting.vet import Policy

    default = Policy()
    return Policy(
        licences=default.licences | set(how["allow"]),
        oracles=tuple(how["oracles"]) or default.oracles,
        run_proofs=not how["no_proofs"],
        run_fixes=not how["no_proofs"],
        keep_comments=how["keep_comments"],
        max_lines=how["max_lines"] or default.max_lines,
        accept_assertions=how["accept_assertions"],
    )


def _benchmarks() -> "Benchmarks":
    """Return the texts that no candidate may give away, as far as their data is here."""
    from seccoder import data
    from seccoder.codebase.contamination import Benchmarks
    from seccoder.evaluation import benchmark_texts

    places = {}
    for name in benchmark_texts.NAMES:
        try:
            places[name] = data.folder(name)
        except SecCoderError:
            continue  # it was not pulled, so there is nothing to compare with
    return Benchmarks(benchmark_texts.texts(places))


# --- what is printed --------------------------------------------------------------------------------------------------


def _vetting_json(vetting: "Vetting") -> dict[str, Any]:
    from seccoder.expansion.decisions import reason_to_json

    return {
        "id": vetting.candidate.id,
        "decision": str(vetting.decision),
        "level": str(vetting.level),
        "demonstration": vetting.demonstration.id if vetting.demonstration else None,
        "supersedes": list(vetting.supersedes),
        "origin": vetting.candidate.origin.to_json(),
        "reasons": [reason_to_json(reason) for reason in vetting.reasons],
    }


def _row(vetting: "Vetting") -> tuple[str, ...]:
    origin = vetting.candidate.origin
    id = vetting.demonstration.id if vetting.demonstration else vetting.candidate.id
    why = "; ".join(map(str, vetting.against)) or str(vetting.level)
    if vetting.supersedes:
        why += f"; takes the place of {', '.join(vetting.supersedes)}"
    return id, str(vetting.decision), origin.path or origin.source, why
