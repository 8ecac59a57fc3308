"""Chooses the families for a Python or JavaScript source, and makes the check from what the campaign showed.

A family is asked if its `CWES` list the target. Each of its exploits and controls says for which of these CWEs it
counts, and nothing else decides that. A verdict is given for each operation first, and the source's verdict follows
from them: one exploit flags it; it is exercised (and so may be SECURE) only if every operation of the asked families
was reached by a benign value and attacked without effect. SECURE remains possible beside an exploit only if the family
tells the two weaknesses apart and a benign input reached the operation of the target's own weakness.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from seccoder.code.cwe import descendants
from seccoder.oracles.executed.attempts import Exploit, Family, Judgement, Run
from seccoder.oracles.executed.campaign import Campaign
from seccoder.types import Check, Finding, NotTried, Operation, Source

_LONGEST = 4000  # characters of an input that are kept
_MOST_FINDINGS = 4  # the most findings of one CWE that are reported


@dataclass(frozen=True, slots=True)
class Text:
    """What a source's text shows of its operations.

    Attributes:
        sites: By family, the first lines of the statements with an operation whose arguments may come from outside.
        statement: For each line the first line of its statement.
        runnable: The first line of every statement that does something; empty where lines are not observed.
    """

    sites: Mapping[str, set[int]]
    statement: Mapping[int, int]
    runnable: Collection[int]


def conclude(
    source: Source,
    campaign: Campaign,
    text: Text,
    *,
    judgements: Mapping[str, Judgement] | None = None,
    oracle: str,
    version: str,
    seconds: float,
) -> Check:
    """Make the check that follows from what a campaign showed.

    Args:
        source: What was checked.
        campaign: The attempts that were made.
        text: What the source's text shows.
        judgements: What each family concluded, by its name; None has them asked.
        oracle: The oracle's name.
        version: Its version.
        seconds: The time that it took.
    """
    run = campaign.run
    if judgements is None:
        judgements = {family.NAME: family.judge(run, campaign.tokens) for family in campaign.families}
    if source.cwe is None:
        judgements = {name: _by_contract(name, judgement, campaign) for name, judgement in judgements.items()}
    found = [exploit for judgement in judgements.values() for exploit in judgement.exploits]
    wanted = _shown_by(source, campaign.families)
    exploits = sorted(found, key=lambda exploit: wanted.isdisjoint(exploit.cwes))  # those of the target come first
    flagged = any(not wanted.isdisjoint(exploit.cwes) for exploit in exploits)
    operations = _operations(source, campaign, text, judgements)
    reached = {cwe for judgement in judgements.values() for cwe in judgement.reached}
    open_ = [operation for operation in operations if not (operation.reached and operation.attacked)]
    constant = any(task.constant for task in campaign.tasks)
    controlled = bool(wanted & reached) or constant if source.cwe else bool(operations)
    trusted = [exploit for judgement in judgements.values() for exploit in judgement.open_to_caller]
    exercised = flagged or (controlled and not open_ and not trusted)
    complete = (run.finished and not campaign.left) or bool(exploits)
    return Check(
        oracle,
        version,
        "executed",
        analysed=run.finished or bool(exploits) or bool(run.error),
        flagged=flagged,
        valid=True,
        exercised=exercised and complete,
        findings=tuple(_findings(exploits, oracle, source, campaign)),
        seconds=seconds,
        reason="" if flagged else (_open(trusted) or _reason(run, campaign, controlled, open_)),
        operations=tuple(operations),
        unreached=_unreached(campaign, text),
        not_tried=tuple(_not_tried(campaign, open_, trusted)),
    )


_RUNS_CODE = re.compile(
    r"\A(#.*\n|\s)*[rR]?[\"']{3}\s*[^\n]*\b(execut|run|tim)\w*\b[^\n]*\b(code|statements?|snippets?)\b"
)
_OWN_CHOICE = ("paths", "ssrf", "created_files")  # who runs a command chooses its files and hosts


def _by_contract(family: str, judgement: Judgement, campaign: Campaign) -> Judgement:
    """Set apart what is an exploit only if a caller hands on what comes from outside; asked only without a target.

    A function whose name begins with an underscore is called by its own module, whose other entry points are tried as
    well. The files and hosts that a program is given on its command line are those of who runs it; and so is the code,
    where the first line of the program says that it runs code.
    """
    kept: list[Exploit] = []
    open_ = list(judgement.open_to_caller)
    for exploit in judgement.exploits:
        own = exploit.entry == "script" and (
            family in _OWN_CHOICE or (family == "code" and _runs_code(campaign.source))
        )
        private = any(re.match(r"_[^_]", part) for part in exploit.entry.partition("(")[0].split("."))
        (open_ if own or private else kept).append(exploit)
    moved = {exploit.entry for exploit in open_}
    for task in campaign.tasks:
        if task.family.NAME == family and task.entry.label in moved and task.exploited:
            task.exploited = False
    return Judgement(judgement.reached, kept, open_)


def _runs_code(text: str) -> bool:
    """Say whether a program's first line says that it runs code, as that of a profiler or a shell does."""
    return _RUNS_CODE.search(text) is not None


def _operations(source: Source, campaign: Campaign, text: Text, judgements: Mapping[str, Judgement]) -> list[Operation]:
    """Return every operation of the asked families that stands in the source or was seen to happen."""
    clean = [attempt for _, attempt in campaign.traced if not attempt.error and attempt.status < 400]
    executed = set(campaign.run.loaded).union(*(attempt.lines for attempt in clean))
    made: dict[tuple[str, int | None], Operation] = {}

    def add(family: Family, line: int | None, *, reached: bool, attacked: bool, exploited: bool) -> None:
        key = (family.NAME, line)
        before = made.get(key)
        cwe = source.cwe if source.cwe in family.CWES else family.CWES[0]
        made[key] = Operation(
            line,
            family.NAME,
            cwe,
            reached=reached or (before is not None and before.reached),
            # every entry point through which it was reached counts
            attacked=attacked and (before is None or before.attacked),
            exploited=exploited or (before is not None and before.exploited),
        )

    for task in campaign.tasks:
        if task.whole and not task.exploited:
            continue  # no operation was seen
        known = bool(judgements[task.family.NAME].reached) or task.exploited or task.constant
        add(task.family, task.line, reached=known, attacked=task.attacked or task.exploited, exploited=task.exploited)
    # Where nothing was asked for, an operation that ran and was given nothing that was recognised is not cleared.
    # JavaScript's names are too common for that: `split` is an operation for some values only.
    strict = not campaign.aimed and source.language == "python"
    # An answer's operation is known by its entry point, not by the line that makes the answer.
    answered = {
        (task.family.NAME, line)
        for task in campaign.tasks
        if task.line is not None and task.line == task.entry.line
        for line in range(task.line, (task.entry.end or task.line) + 1)
    }
    for family in campaign.families:
        for line in sorted(text.sites.get(family.NAME, ())):
            unknown = strict and (family.NAME, line) not in answered
            if (family.NAME, line) not in made and text.runnable and (unknown or line not in executed):
                add(family, line, reached=False, attacked=True, exploited=False)
    return list(made.values())


def _executed(campaign: Campaign) -> set[int]:
    """Return the lines that benign attempts, or loading the code, executed."""
    return set(campaign.run.loaded).union(*(attempt.lines for _, attempt in campaign.traced))


def _unreached(campaign: Campaign, text: Text) -> tuple[int, ...]:
    missed = set(text.runnable) - _executed(campaign)
    return tuple(sorted(line for line, first in text.statement.items() if first in missed))


def _reason(run: Run, campaign: Campaign, controlled: bool, open_: Sequence[Operation]) -> str:
    if run.error and not run.attempts:
        return f"inert: it cannot be loaded: {run.error}"
    if not run.finished:
        return f"not all of it could be tried: {run.trouble}"
    if campaign.left:
        return f"not all of it could be tried: time-out at {campaign.left[0][0]}"
    if not any(attempt.n >= 0 for attempt in run.attempts):
        return "inert: no entry point found"
    if all(attempt.died for attempt in run.attempts if attempt.n >= 0):
        return "inert: every attempt ended the process or took too long"
    if missed := {operation.line for operation in open_ if not operation.reached} - {None}:
        return f"inert: no benign input reached {_lines(missed)}"
    if refused := {operation.line for operation in open_ if not operation.attacked}:
        return f"inert: no attack reached {_lines(refused)}, and ordinary text of its length did not either"
    if controlled:
        return _supplied(run)
    if not campaign.aimed and not campaign.tasks:
        return "inert: no sensitive operation was reached"
    errors = [attempt.error for attempt in run.attempts if attempt.benign and attempt.error]
    return f"inert: no benign input reached the operation{f' ({errors[0]})' if errors else ''}"


def _supplied(run: Run) -> str:
    """Say on which stand-ins a check rests: those for names that another file defines."""
    names = ", ".join(run.supplied[:6]) + (" and others" if len(run.supplied) > 6 else "")
    return f"defined elsewhere, so that stand-ins took their place: {names}" if names else ""


def _lines(lines: set[int | None]) -> str:
    known = sorted(line for line in lines if line is not None)
    return f"line {', '.join(map(str, known[:5]))}" if known else "the operation"


def _open(trusted: Sequence[Exploit]) -> str:
    return f"inert: {trusted[0].entry} is open to its caller: {trusted[0].message}" if trusted else ""


def _not_tried(campaign: Campaign, open_: Sequence[Operation], trusted: Sequence[Exploit]) -> Iterator[NotTried]:
    for entry, cwe, message in dict.fromkeys((exploit.entry, exploit.cwes[0], exploit.message) for exploit in trusted):
        yield NotTried(entry, cwe, f"open to its caller: {message}")
    for entry, family in dict.fromkeys(campaign.left):
        cwes = [one.CWES[0] for one in campaign.families if family == one.NAME]
        yield NotTried(entry, cwes[0] if cwes else None, "time-out")
    if told := _supplied(campaign.run):
        yield NotTried("the file", None, told)
    for operation in open_:
        if not operation.reached:
            place = f"line {operation.line}" if operation.line else "the file"
            yield NotTried(place, operation.cwe, "no benign input reached it")


def _findings(exploits: list[Exploit], oracle: str, source: Source, campaign: Campaign) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    plain = campaign.tokens.plain
    begins = {attempt.entry: attempt.line for attempt in campaign.run.attempts}
    places = set()
    for exploit in exploits:
        cwe = exploit.cwes[0]
        place = (cwe, exploit.entry, exploit.line)
        if place not in places and seen[cwe] < _MOST_FINDINGS:
            places.add(place)
            seen[cwe] += 1
            yield Finding(
                oracle,
                f"exploit-{cwe.lower()}",
                cwe,
                exploit.line,
                plain(f"{exploit.entry}: {exploit.message}"),
                source.path,
                entry=plain(exploit.entry),
                entry_line=begins.get(exploit.entry),
                given=plain(exploit.payload)[:_LONGEST],
                call=plain(_call(exploit, campaign)),
            )


def _call(exploit: Exploit, campaign: Campaign) -> str:
    """Return as JSON how an exploit is shown once more: its entry point, its values, and harmless ones beside them."""
    for task in campaign.tasks:
        for attempt in campaign.run.attempts:
            same = (attempt.entry, attempt.payload) == (exploit.entry, exploit.payload)
            if same and attempt.n in task.numbers and attempt.case.get("value") and len(exploit.payload) < _LONGEST:
                call = {
                    "family": task.family.NAME,
                    "entry": dict(attempt.how),
                    "harmless": [value.replace("{N}", "0") for value in task.values],
                    "shown": list(attempt.values),
                }
                return json.dumps(call)
    return ""


def families_for(source: Source, families: Sequence[Family]) -> list[Family]:
    """Return the families that list a source's target CWE; and for CWE-74 those of its kinds.

    Weaknesses that are only related to the target are not tried. Without a target, it returns every family that may
    find something: the source must match the family's `HINT`.
    """
    if source.cwe is None:
        return [family for family in families if re.search(family.HINT, source.text)]
    return [family for family in families if not _kinds(source.cwe).isdisjoint(family.CWES)]


def _kinds(cwe: str) -> set[str]:
    """Return the weaknesses by which a target is shown. Only that of CWE-74 is that of its kinds (CWE-1000)."""
    return descendants(cwe) if cwe == "CWE-74" else {cwe}


def _shown_by(source: Source, families: Sequence[Family]) -> set[str]:
    """Return the weaknesses that are the target."""
    if source.cwe is None:
        return {cwe for family in families for cwe in family.CWES}
    return _kinds(source.cwe)
