"""Judges what the runs of one C or C++ source showed, operation by operation, and makes the check from it.

A finding counts if it is of the target's family of CWEs; everything else is listed. gcc's own proof for the target (by
-fanalyzer, or by what the optimiser warns of) counts too. The source is exercised if every operation of the family that
input may reach was reached by runs without an error, and attacked. Code that does not compile is invalid. A tool that
failed, a header that is not installed or a driver that does not fit says nothing about the code.
"""

import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seccoder import sandbox
from seccoder.oracles.executed.c import weaknesses
from seccoder.oracles.executed.c.attacks import TEXTS
from seccoder.oracles.executed.c.findings import Told, found
from seccoder.oracles.executed.c.operations import KINDS
from seccoder.types import Check, Finding, Operation, Source, Why

_SEVERAL = 4  # drawn cases that must have come to an operation
_TOOL_TROUBLE = re.compile(
    r"internal compiler error|No space left|cannot create temporary|Killed|cannot be started|took too long|"
    r"out of memory|virtual memory exhausted|cannot allocate|File size limit|memory exhausted|"
    r"Resource temporarily unavailable"
)


def operations(source: Source, told: Told, hits: Sequence[Finding]) -> tuple[Operation, ...]:
    """Return every operation of the asked family with its evidence, and every place where one was exploited.

    What an error spoils is reached by any run without an error, and attacked if hostile runs came to it, more than
    once or twice if they were drawn. What goes wrong by what it is told (a command, a path) is reached only by an
    ordinary run, and attacked if a hostile run entered its function: it came to it, or was refused.
    """
    plan, kind = told.plan, KINDS[told.plan["family"]]
    cwe = source.cwe or "CWE-119"
    ordinary, hostile = told.counts("ordinary"), told.counts("hostile")
    if not plan["driver"] and all(run["ordinary"] for run in plan["runs"]):
        hostile = ordinary  # it takes no input
    texts = plan["family"] in TEXTS
    exploited = {hit.line for hit in hits}
    made = []
    for line in sorted({*plan["lines"], *plan["harmless"], *(line for line in exploited if line)}):
        place, body = _place(told, line)
        reached = ordinary[place] + (0 if texts else hostile[place]) > 0
        if texts:
            attacked = any(hostile[each] for each in body)
        else:
            attacked = hostile[place] >= (_SEVERAL if plan["driver"] else 1)
        attacked |= line in plan["harmless"]
        made.append(Operation(line, kind, cwe, reached, attacked, line in exploited))
    if hits and not any(each.exploited for each in made) and len(made) == 1:
        return (replace(made[0], reached=True, attacked=True, exploited=True),)  # there is no other
    if hits and not any(each.exploited for each in made):
        made.append(Operation(None, kind, cwe, reached=True, attacked=True, exploited=True))
    return tuple(made)


def _place(told: Told, line: int) -> tuple[int | None, range]:
    """Return the line that counts for an operation's line, and the lines of its function.

    A statement of several lines has code on some of them only.
    """
    around = [body for body in told.plan["bodies"] if body[0] <= line <= body[1]]
    first, last = max(around, default=(line, line))
    code = sorted(each for each in told.counts("ordinary") if each is not None and first <= each <= line)
    return (code[-1] if code else None), range(first, last + 1)


def _missed(source: Source, told: Told) -> list[int]:
    """Return the lines that keep the source from being exercised: those that input may reach, if there are any."""
    needed = set(told.plan["lines"]) or set(told.plan["harmless"])
    listed = [each for each in operations(source, told, ()) if each.line in needed]
    return [each.line or 0 for each in listed if not (each.reached and each.attacked)]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is said of a source in which nothing was found for the target."""

    analysed: bool
    valid: bool | None
    exercised: bool | None = None
    reason: str = ""
    why: Why | None = None


def judge(
    source: Source, plan: dict[str, Any], outcome: sandbox.Outcome, *, oracle: str, version: str, began: float
) -> Check:
    """Return the check that follows: what was found for the target, else the first rule that has an answer."""
    told = Told.read(plan, outcome)
    answer = next(answer for rule in _RULES if (answer := rule(source, told)) is not None)
    kept: dict[tuple[str, int | None], Finding] = {}
    for rule, cwe, line, message, given, call in found(source, told):
        made = Finding(oracle, rule, cwe, line, message[:300], source.path, given=given, call=call)
        kept.setdefault((cwe, line), made)
    hits = [one for one in kept.values() if _counts(one, source.cwe)]
    return Check(
        oracle,
        version,
        "executed",
        analysed=answer.analysed or bool(hits),
        flagged=bool(hits),
        valid=answer.valid,
        exercised=True if hits else answer.exercised,
        findings=tuple(hits[:5]) + tuple(one for one in tuple(kept.values())[:20] if one not in hits),
        seconds=time.monotonic() - began,
        reason="" if hits else answer.reason,
        why=None if hits else answer.why,
        operations=operations(source, told, hits),
    )


def refused(outcome: sandbox.Outcome) -> str:
    """Return what the compiler said of a source that it refused, and "" if it did not."""
    failed = Told.read({}, outcome).failed
    return str(failed["said"]) if failed is not None else ""


def _not_compiled(source: Source, told: Told) -> _Answer | None:
    if told.failed is None:
        return None
    said = str(told.failed["said"])
    first = re.search(r"(?:fatal )?error: .*|undefined reference.*|multiple definition.*", said)
    reason = first[0] if first else (said.strip().splitlines() or ["no message"])[-1]
    if told.failed.get("compile", 1) is None or _TOOL_TROUBLE.search(said) or first is None:
        return _Answer(False, None, reason=f"the compiler failed: {reason[:200]}")
    if told.plan["made_up"] or re.search(r"fatal error: .*: No such file", said):
        return _Answer(False, None, reason=f"cannot be compiled here: {reason[:200]}")
    return _Answer(True, False, reason=f"does not compile: {reason[:200]}")


def _no_driver(source: Source, told: Told) -> _Answer | None:
    if any("driver" in message for message in told.messages):
        return _Answer(True, True, False, "inert: no driver fits its functions")
    return None


def _not_run(source: Source, told: Told) -> _Answer | None:
    if any("link" in message for message in told.messages):
        return None
    why = told.outcome.killed or told.outcome.stderr.decode(errors="replace").strip()[-200:] or "no message"
    return _Answer(False, None, reason=f"the check did not run: {why}")


def _stopped(source: Source, told: Told) -> _Answer | None:
    if "finished" in told.last:
        return None
    return _Answer(False, True, False, f"not all of it could be tried: stopped by {told.outcome.killed or 'time'}")


def _undecided(source: Source, told: Told) -> _Answer | None:
    if source.cwe not in weaknesses.UNDECIDED:
        return None
    return _Answer(True, True, False, f"inert: {weaknesses.UNDECIDED[source.cwe]}")


def _not_reached(source: Source, told: Told) -> _Answer | None:
    plan, missed = told.plan, _missed(source, told)
    if not missed and (plan["lines"] or plan["harmless"]) and weaknesses.reached(plan["family"], told.runs):
        return None
    return _Answer(True, True, False, _inert(told.runs, plan, missed))


def _unwatched(source: Source, told: Told) -> _Answer | None:
    """What only clang's build shows was not looked for, although the source may have it."""
    second = told.plan["second"]
    if not second or any(message.get("second") for message in told.messages):
        return None
    if second == "unsigned" and not weaknesses.may_wrap(source.text):
        return None
    what = "unsigned numbers that wrap around" if second == "unsigned" else "values that were never set"
    if shutil.which("clang") is None:
        reason = f"only clang shows {what}, and it is not installed; install it with: apt-get install clang"
        return _Answer(False, True, reason=reason, why=Why.MISSING_TOOL)
    if any("second" in message for message in told.messages):
        return _Answer(False, True, reason=f"only clang shows {what}, and it could not build this")
    return _Answer(False, True, reason="not all of it could be tried: stopped by time")


def _reached(source: Source, told: Told) -> _Answer | None:
    made_up = ", ".join(told.plan["made_up"][:8])
    return _Answer(True, True, True, f"rests on types that were made up: {made_up}" if made_up else "")


# In order of precedence; the last one always has an answer.
_RULES: tuple[Callable[[Source, Told], _Answer | None], ...] = (
    *(_not_compiled, _no_driver, _not_run, _stopped, _undecided, _not_reached, _unwatched, _reached),
)


def _counts(finding: Finding, target: str | None) -> bool:
    if finding.cwe is None:
        return False
    if target is None:
        return finding.rule == "sanitizer"
    return weaknesses.counts(finding.cwe, target)


def _inert(runs: list[dict[str, Any]], plan: dict[str, Any], missed: list[int]) -> str:
    if plan["runs"] and all(run["late"] for run in runs):
        return "inert: no run came to an end"
    if plan["runs"] and all(run["report"] or run["exit"] < 0 for run in runs):
        return "inert: every run crashed"
    lines = plan["lines"] or plan["harmless"]
    if not lines or len(missed) == len(lines):
        return "inert: no run without an error reached an operation that could go wrong"
    if not missed:
        return "inert: nothing that was done showed that it is sound"
    named = ", ".join(map(str, missed[:8])) + (" ..." if len(missed) > 8 else "")
    return f"inert: of {len(lines)} lines that could go wrong, {len(missed)} were not reached without an error: {named}"
