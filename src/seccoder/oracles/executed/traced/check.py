"""Checks one source of a compiled language in the box: trace, attack what was reached, judge, say what is known.

It takes the source, its surface, the families and a function that starts the box with a plan; it returns the `Check`.
A family that judges from Python's evidence judges the same evidence here (see `report`).
"""

import dataclasses
import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from seccoder.oracles.executed.attempts import APP, Attempt, Exploit, Family, Judgement, Run, Tokens, Wanted
from seccoder.oracles.executed.campaign import Campaign
from seccoder.oracles.executed.conclude import Text, conclude
from seccoder.oracles.executed.families import created_files
from seccoder.oracles.executed.surface import Surface
from seccoder.oracles.executed.traced import archives, plan
from seccoder.oracles.executed.traced.operations import ANSWERS, open_points, operations
from seccoder.oracles.executed.traced.report import Told
from seccoder.types import Check, Label, NotTried, Operation, Source

SECONDS = 9.0  # of processor time that the attempts of one start of the box may take
Cases = Mapping[int, Mapping[str, Any]]
Start = Callable[[Mapping[str, Any], Cases, Mapping[str, str]], Told]
_WHOLE = {"paths": "open", "sql": "statement", "ssrf": "request", "commands": "subprocess.Popen"}
_TRUSTED = ("parameter", "place")
# what the system says of a file that cannot be there
_ABSENT = re.compile(
    r"no such file|not exist|not a directory|is a directory|invalid argument|too long|NoSuchFile|NotFound", re.I
)


@dataclass(slots=True)
class Subject:
    """What is checked: the source, what it offers, and what the box needs to know of it.

    Attributes:
        source: The source.
        surface: Its literals, imports and dialect.
        keys: The names by which it reads values of a request.
        fixed: The lines whose calls have literals for arguments only.
        places: Whether parameters of a type of their own are paths.
    """

    source: Source
    surface: Surface
    keys: Sequence[str | tuple[str, str]] = field(default_factory=list)
    fixed: set[int] = field(default_factory=set)
    places: bool = False


def trace_and_attack(
    subject: Subject, families: Sequence[Family], start: Start, *, oracle: str, version: str, began: float
) -> tuple[Check, Told]:
    """Start the box for the benign calls, then for the attacks that follow from them, and make the check."""
    tokens = Tokens()
    wanted = {family.NAME: family.want(subject.surface, tokens) for family in families}
    if "paths" in wanted:
        archives.add(wanted["paths"], subject.surface, tokens)
    if "ssrf" in wanted:  # names that anybody may have, of addresses inside
        names = [f"{scheme}{tokens.mark}.10.0.0.5.nip.io" for scheme in ("http://", "https://", "")]
        wanted["ssrf"].attacks += [{"value": name} for name in names]
    first = _plan(subject, wanted, tokens)
    told = start({**first, "attempts": plan.benign(subject.surface, wanted, tokens, places=subject.places)}, {}, {})
    run = told.run
    run.aimed = subject.source.cwe is not None
    run.facts = {name: value for want in wanted.values() for name, value in want.facts.items()}
    if not told.refused and not run.error and run.attempts:
        labels = {key: label for key, label, *_ in told.entries}
        reached = {
            str(attempt.case["entry"])
            for attempt in run.attempts
            if any(family.judge(Run([attempt], finished=True), tokens).reached for family in families)
        }
        if more := plan.variants(run, subject.surface, wanted, {str(a.case["entry"]) for a in run.attempts} - reached):
            _add(run, start({**first, "attempts": more}, {}, labels).run)
        if attacks := plan.attacks(run, families, wanted, tokens):
            cases = {call["n"]: call.pop("case") for call in attacks}
            _add(run, start({**first, "attempts": attacks}, cases, labels).run)
    return _conclude(subject, families, told, tokens, oracle=oracle, version=version, began=began), told


def _add(run: Run, more: Run) -> None:
    run.attempts += more.attempts
    run.written |= more.written
    run.finished &= more.finished
    run.trouble = run.trouble or more.trouble


def _plan(subject: Subject, wanted: Mapping[str, Wanted], tokens: Tokens) -> dict[str, Any]:
    every = list(wanted.values())
    there = {f"{folder}/{tokens.word}.txt": tokens.inside.encode() for folder in (APP, f"{APP}/files")}
    files = {**there, **{path: data for want in every for path, data in want.files.items()}}
    return {
        "word": tokens.word,
        "mark": tokens.mark,
        "inside": tokens.inside,
        "dialect": subject.surface.dialect,
        "source": subject.source.text,
        "guesses": plan.words(tokens),
        "keys": subject.keys,
        "files": plan.encoded(files),
        "folders": [folder for want in every for folder in want.folders],
        "watch": list(dict.fromkeys(["/tmp", "/box/app", *(folder for want in every for folder in want.watch)])),  # noqa: S108
        "seconds": SECONDS,
    }


def _conclude(
    subject: Subject, families: Sequence[Family], told: Told, tokens: Tokens, *, oracle: str, version: str, began: float
) -> Check:
    run, source = told.run, subject.source
    routes = {label for _, label, route, _ in told.entries if route}
    judgements: dict[str, Judgement] = {}
    open_to_caller: list[Exploit] = []
    for family in families:
        judged = family.judge(run, tokens)
        kept = [exploit for exploit in judged.exploits if exploit.entry in routes or not _whole(exploit, family, run)]
        open_to_caller += judged.open_to_caller
        open_to_caller += [e for e in judged.exploits if e not in kept and not any(k.entry == e.entry for k in kept)]
        if family.NAME == "markup" and source.cwe is None:
            kept = [exploit for exploit in kept if exploit.entry in routes or _writes_markup(exploit.entry, run)]
        judgements[family.NAME] = Judgement(judged.reached, kept)
    seconds = time.monotonic() - began
    campaign = Campaign(families, {}, tokens, [], files=False, sites={}, statement={}, run=run)
    check = conclude(
        source, campaign, Text({}, {}, ()), judgements=judgements, oracle=oracle, version=version, seconds=seconds
    )
    exploits = [exploit for judgement in judgements.values() for exploit in judgement.exploits]
    every = operations(run, families, told.sites, subject.fixed, exploits, source.cwe, tokens)
    left = [NotTried(e.entry, e.cwes[0], "its parameter is the whole of what is opened or run: open to its caller")
            for e in {e.entry: e for e in open_to_caller}.values()]  # fmt: skip
    undecided = open_points(every, run)
    reason = check.reason
    exercised = check.exercised or (source.cwe is None and run.finished)
    if source.cwe is None:
        every, undecided = _without_target(
            every, {cwe for each in judgements.values() for cwe in each.reached}, run, routes
        )
    if exercised and not check.flagged:
        shown = any(each.label is Label.SECURE for each in every)
        shown = shown or not (source.cwe is None or _needs_operation(families))
        exercised = shown and not left and not undecided
        reason = "; ".join(f"{each.entry}: {each.reason}" for each in [*left, *undecided][:4])
        reason = reason or ("" if exercised else check.reason or "inert: no benign input reached the operation")
    return dataclasses.replace(
        check, exercised=exercised, reason=reason, operations=tuple(every), not_tried=(*left, *undecided)
    )


def _without_target(
    every: Sequence[Operation], reached: set[str], run: Run, routes: Collection[str]
) -> tuple[list[Operation], list[NotTried]]:
    """Return the operations that count where no weakness was asked for, and those that were not decided.

    Each needs its family's own control. How files are made counts only where a file was made as that family knows it,
    and what an entry point answers only where something came back or the entry point is a route.
    """
    kept = [
        each
        for each in every
        if each.cwe in reached
        or each.exploited
        or not (each.cwe in created_files.CWES or (each.kind in ANSWERS.values() and not routes))
    ]
    undecided = {*open_points(kept, run)}
    for each in kept:
        if each.cwe not in reached and not each.exploited:
            undecided |= {*open_points([dataclasses.replace(each, reached=False)], run)}
    return kept, sorted(undecided, key=lambda each: each.entry)


def _writes_markup(entry: str, run: Run) -> bool:
    """Say whether what a plain function gives back holds tags of its own, so that it is meant for a page."""
    bodies = [a.body.decode(errors="replace") for a in run.attempts if a.entry == entry and a.benign and not a.error]
    return any(re.search(r"</?[a-z][a-z0-9]*[ >/]", body, re.I) for body in bodies)


def _needs_operation(families: Sequence[Family]) -> bool:
    """Say whether what the families judge happens on a line of the source, so that it is known as an operation."""
    return not any(family.NAME in {"headers", "markup", "redirects", "logs", "secrets_logged"} for family in families)


def _whole(exploit: Exploit, family: Family, run: Run) -> bool:
    """Say whether a plain function's parameter is the whole operand by contract: nothing refuses or changes it."""
    kind = _WHOLE.get(family.NAME)
    attempts = [a for a in run.attempts if a.entry == exploit.entry and a.case.get("family") == family.NAME]
    one = next((a for a in attempts if a.payload == exploit.payload and a.case.get("slot")), None)
    if kind is None or one is None:
        return False
    slot = str(one.case["slot"])
    if slot.partition(" ")[0] not in _TRUSTED:
        return False
    return all(_unchanged(a, kind, slot) for a in attempts if a.case.get("slot") == slot)


def _unchanged(attempt: Attempt, kind: str, slot: str) -> bool:
    given = dict(zip(attempt.slots, attempt.values, strict=True)).get(slot, "")
    if kind == "open" and not any(e.kind == "open" and "/dev/null" not in e.arguments for e in attempt.events):
        # it only asked whether the file is there, or a program that it starts opens the file
        started = [event.arguments for event in attempt.events if event.kind == "subprocess.Popen"]
        return any(repr(given) in text for text in started) or _ABSENT.search(attempt.error) is not None
    texts = [event.arguments for event in attempt.events if event.kind == kind]
    texts += [text for text, *_ in attempt.sql] if kind == "statement" else []
    if kind == "open":
        return any(_path(text).endswith((f"'{_path(repr(given)[1:-1])}", f"'{APP}/{_path(given)}")) for text in texts)
    whole = (given, repr(given)[1:-1], given.strip())
    return any(text in whole or text.startswith(f"('{whole[1]}'") or whole[1] in text.split() for text in texts)


def _path(text: str) -> str:
    """Return a path, or an event's text up to the end of its path, without slashes that say nothing."""
    return re.sub(r"/+", "/", text.partition("', ")[0]).rstrip("/")
