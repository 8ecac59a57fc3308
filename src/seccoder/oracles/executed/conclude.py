"""Chooses the families for a Python or JavaScript source, and makes the check from what the families concluded.

A family is asked if its `CWES` list the target. Each of its exploits and controls says for which of these CWEs it
counts, and nothing else decides that. SECURE remains possible beside an exploit only if the family tells the two
weaknesses apart and a benign input reached the operation of the target's own weakness.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from seccoder.oracles.executed.attempts import Exploit, Family, Judgement, Run
from seccoder.types import Check, Finding, Source

_MOST_FINDINGS = 4  # the most findings of one CWE that are reported


def conclude(
    source: Source, run: Run, judgements: list[Judgement], *, oracle: str, version: str, seconds: float
) -> Check:
    """Make the check that follows from what the families concluded."""
    found = [exploit for judgement in judgements for exploit in judgement.exploits]
    exploits = sorted(found, key=lambda exploit: not counts(exploit, source.cwe))  # those of the target come first
    flagged = any(counts(exploit, source.cwe) for exploit in exploits)
    reached = {cwe for judgement in judgements for cwe in judgement.reached}
    exercised = flagged or (source.cwe in reached if source.cwe else bool(reached))
    complete = run.finished or bool(exploits)
    return Check(
        oracle,
        version,
        "executed",
        analysed=complete or bool(run.error),
        flagged=flagged,
        valid=True,
        exercised=exercised and complete,
        findings=tuple(_findings(exploits, oracle, source)),
        seconds=seconds,
        reason="" if flagged else _reason(run, exercised),
    )


def _reason(run: Run, exercised: bool) -> str:
    if run.error:
        return f"inert: it cannot be loaded: {run.error}"
    if not run.finished:
        return f"not all of it could be tried: {run.trouble}"
    if exercised:
        return ""
    if not run.attempts:
        return "inert: no entry point found"
    if all(attempt.died for attempt in run.attempts):
        return "inert: every attempt ended the process or took too long"
    errors = [attempt.error for attempt in run.attempts if attempt.benign and attempt.error]
    return f"inert: no benign input reached the operation{f' ({errors[0]})' if errors else ''}"


def _findings(exploits: list[Exploit], oracle: str, source: Source) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    places = set()
    for exploit in exploits:
        cwe = exploit.cwes[0]
        place = (cwe, exploit.entry, exploit.line)
        if place not in places and seen[cwe] < _MOST_FINDINGS:
            places.add(place)
            seen[cwe] += 1
            payload = exploit.payload if len(exploit.payload) < 80 else exploit.payload[:77] + "..."
            message = f"{exploit.entry}: {exploit.message}, given {payload!r}"
            yield Finding(oracle, f"exploit-{cwe.lower()}", cwe, exploit.line, message, source.path)


def families_for(source: Source, families: Sequence[Family]) -> list[Family]:
    """Return the families that list a source's target CWE. Weaknesses that are only related to it are not tried.

    Without a target, it returns every family that may find something: the source must match the family's `HINT`.
    """
    if source.cwe is None:
        return [family for family in families if re.search(family.HINT, source.text)]
    return [family for family in families if source.cwe in family.CWES]


def counts(exploit: Exploit, target: str | None) -> bool:
    """Say whether an exploit shows the target's weakness."""
    return target is None or target in exploit.cwes
