"""What Python and JavaScript share: which families look, and the check that follows from what they found."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from types import ModuleType

from seccoder.code import cwe as cwes
from seccoder.oracles.executed.attempts import Exploit, Judgement, Run
from seccoder.types import Check, Finding, Source

# what one module reports and a target tells apart, although it is one family
_APART = (
    {"CWE-326", "CWE-327", "CWE-328"}, {"CWE-614"}, {"CWE-1004"}, {"CWE-611", "CWE-827"}, {"CWE-377", "CWE-379"},
)  # fmt: skip
_MOST_FINDINGS = 4  # of one CWE


def conclude(
    source: Source, run: Run, judgements: list[Judgement], *, oracle: str, version: str, seconds: float
) -> Check:
    """The check that follows from what the families concluded."""
    exploits = [exploit for judgement in judgements for exploit in judgement.exploits]
    exercised = any(judgement.exercised for judgement in judgements)
    complete = run.finished or bool(exploits)
    return Check(
        oracle,
        version,
        "executed",
        analysed=complete or bool(run.error),
        flagged=any(counts(exploit, source.cwe) for exploit in exploits),
        valid=True,
        exercised=exercised and complete,
        findings=tuple(_findings(exploits, oracle, source)),
        seconds=seconds,
        reason="" if exploits else _reason(run, exercised),
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
        place = (exploit.cwe, exploit.entry, exploit.line)
        if place not in places and seen[exploit.cwe] < _MOST_FINDINGS:
            places.add(place)
            seen[exploit.cwe] += 1
            payload = exploit.payload if len(exploit.payload) < 80 else exploit.payload[:77] + "..."
            message = f"{exploit.entry}: {exploit.message}, given {payload!r}"
            yield Finding(oracle, f"exploit-{exploit.cwe.lower()}", exploit.cwe, exploit.line, message, source.path)


def chosen(source: Source, names: tuple[str, ...]) -> dict[str, ModuleType]:
    """The family modules that name a source's target CWE; what is only of the same family was not tried.

    Without a target, all that may have something to find: a module's `HINT` is what a source must mention.
    """
    every = {name: importlib.import_module(f"seccoder.oracles.executed.families.{name}") for name in names}
    if source.cwe is None:
        return {name: module for name, module in every.items() if re.search(getattr(module, "HINT", ""), source.text)}
    return {name: module for name, module in every.items() if source.cwe in module.CWES}


def counts(exploit: Exploit, target: str | None) -> bool:
    """Whether an exploit is one of the target's weakness."""
    if target is None:
        return True
    group = next((group for group in _APART if target in group), None)
    return exploit.cwe in group if group else cwes.same_family(exploit.cwe, target)
