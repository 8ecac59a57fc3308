"""Lists the oracles by name, and asks every oracle about every source: each answers with one `Check` per source.

It takes sources and returns their checks (see `seccoder.types.Check`); `seccoder.oracles.verdict` turns checks into
verdicts. An oracle still answers if it does not cover a source's language, if its tool is missing, if it crashes or if
it takes too long: its check then says `analysed=False` and why. No failure of a tool is ever read as "nothing found".

To add an oracle, write a module with a class that has `name` and `check(sources)`, and add one line to `oracles`.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from seccoder.code import lazy
from seccoder.errors import ClusterError, UsageError
from seccoder.oracles.cache import Cache
from seccoder.oracles.verdict import combine, not_analysed, on_target
from seccoder.types import Check, Judged, Oracle, Progress, Source

# The class of each oracle, by name. A source's checks come in this order.
oracles: dict[str, str] = {
    "executed": "seccoder.oracles.executed:Executed",
    "bandit": "seccoder.oracles.static.bandit:Bandit",
    "gcc": "seccoder.oracles.static.gcc:Gcc",
    "syntax": "seccoder.oracles.static.syntax:Syntax",
    "ruff": "seccoder.oracles.static.ruff:Ruff",
    "cppcheck": "seccoder.oracles.static.cppcheck:Cppcheck",
    "clang": "seccoder.oracles.static.clang:Clang",
    "semgrep": "seccoder.oracles.static.semgrep:Semgrep",
    "codeql": "seccoder.oracles.static.codeql:CodeQL",
}

# The oracles that are asked when none is named. The list does not depend on what is installed, so that the same check
# says the same on two machines.
DEFAULT = ("executed", "bandit", "gcc", "syntax")


def load(names: Sequence[str] | None = None, *, jobs: int | None = None) -> list[Oracle]:
    """Make the oracles of these names, or those in `DEFAULT` for None. The others are optional and asked only by name.

    Args:
        names: The names.
        jobs: How many sources are run at a time; None means one per processor.

    Raises:
        UsageError: If there is no oracle of that name.
    """
    chosen = list(dict.fromkeys(DEFAULT if names is None else names))
    for name in chosen:
        if name not in oracles:
            raise UsageError(f"unknown oracle {name!r}; known: {', '.join(oracles)}")
    options: dict[str, dict[str, Any]] = {"executed": {"jobs": jobs}}
    if "gcc" in chosen:
        options["syntax"] = {"leave_c": True}  # gcc compiles C anyway
    return [lazy.load(oracles, name)(**options.get(name, {})) for name in chosen]


def check(
    sources: Sequence[Source],
    oracles: Sequence[Oracle] | None = None,
    on_progress: Progress | None = None,
    cache: Cache | None = None,
) -> list[list[Check]]:
    """Ask every oracle about every source; the oracles work at the same time.

    Args:
        sources: What to check.
        oracles: The oracles to ask. None stands for those in `DEFAULT`.
        on_progress: Called with (sources done, sources in all) as the last oracle finishes with a source.
        cache: What it holds is not asked again, and what is new goes into it; None asks every time.

    Returns:
        For each source its checks, one per oracle, in the order of the oracles.
    """
    asked = load() if oracles is None else list(oracles)
    if not sources or not asked:
        return [[] for _ in sources]
    left = [len(asked)] * len(sources)
    lock, ended = threading.Lock(), threading.Event()

    def done(index: int) -> None:
        if ended.is_set():  # Ctrl-C, or a cluster that is lost: the other oracles begin nothing new
            raise InterruptedError
        with lock:
            left[index] -= 1
            if on_progress and not left[index]:
                on_progress(left.count(0), len(left))

    with ThreadPoolExecutor(max_workers=min(len(asked), (os.cpu_count() or 1) + 1)) as pool:
        try:
            answers = list(pool.map(lambda oracle: _remember(oracle, sources, cache, done), asked))
        except BaseException:
            ended.set()
            raise
    return [list(checks) for checks in zip(*answers, strict=True)]


def judge(
    sources: Sequence[Source],
    oracles: Sequence[Oracle] | None = None,
    on_progress: Callable[[int, int | None], None] | None = None,
    suspects: Sequence[str] = (),
) -> list[Judged]:
    """Ask the oracles as `check` does, look for suspected weaknesses too, and derive the verdict of each source.

    Args:
        sources: What to check.
        oracles: The oracles to ask. None stands for those in `DEFAULT`.
        on_progress: Called with (sources done, sources in all).
        suspects: The CWEs that sources without a target are looked through for (see `look_for`).
    """
    asked = load() if oracles is None else list(oracles)
    answers = look_for([suspects] * len(sources), sources, check(sources, asked, on_progress), asked)
    return [
        Judged(source, tuple(checks), combine(source, checks)) for source, checks in zip(sources, answers, strict=True)
    ]


def look_for(
    suspects: Sequence[Sequence[str]],
    sources: Sequence[Source],
    answers: Sequence[Sequence[Check]],
    oracles: Sequence[Oracle] | None = None,
) -> list[list[Check]]:
    """Run sources once more, for weaknesses that there is a reason to suspect, and return all their checks.

    A check for any weakness decides only what code alone shows. That a value is a page to go on to, a secret or the
    folder of an application, it cannot know; whoever suspects a weakness says so. What was exploited already, does not
    parse or has a target of its own is not run again. A check that finds nothing is left out: that code withstands what
    was only suspected makes it no more secure (of 12 graded samples that it would have made so, 2 were).

    Args:
        suspects: For each source the CWEs to look for.
        sources: What was checked.
        answers: The checks of each.
        oracles: Those that were asked; one of them that runs code is asked again. None stands for those in `DEFAULT`.
    """
    found = [list(checks) for checks in answers]
    work = [
        (index, replace(source, cwe=cwe))
        for index, (source, checks) in enumerate(zip(sources, found, strict=True))
        if source.cwe is None and not any(each.valid is False or (each.flagged and _ran(each)) for each in checks)
        for cwe in suspects[index]
    ]
    running = [each for each in (load() if work and oracles is None else oracles or ()) if each.name == "executed"]
    for (index, source), made in zip(work, check([source for _, source in work], running), strict=True):
        found[index] += [
            replace(each, suspected=source.cwe or "", findings=on_target(source, each.findings))
            for each in made
            if each.flagged
        ]
    return found


def _ran(check: Check) -> bool:
    return check.evidence == "executed"


def _remember(
    oracle: Oracle, sources: Sequence[Source], cache: Cache | None, done: Callable[[int], None]
) -> list[Check]:
    """Return one oracle's checks: those that are kept, and new ones of the other sources, of each content once."""
    checks = [cache.get(oracle.name, source) if cache else None for source in sources]
    missing: dict[Source, list[int]] = {}  # by content; which of the same files is asked about changes nothing
    for index, (source, kept) in enumerate(zip(sources, checks, strict=True)):
        if kept is None:
            missing.setdefault(replace(source, path=""), []).append(index)
        else:
            done(index)
    firsts = [sources[same[0]] for same in missing.values()]
    for same, first, check in zip(missing.values(), firsts, _ask(oracle, firsts), strict=True):
        if cache:
            cache.put(oracle.name, first, check)
        for index in same:
            findings = tuple(replace(finding, path=sources[index].path) for finding in check.findings)
            checks[index] = check if sources[index] is first else replace(check, findings=findings)
            done(index)
    return [check for check in checks if check is not None]


def _ask(oracle: Oracle, sources: Sequence[Source]) -> Iterator[Check]:
    """Yield one oracle's checks, or checks that say how it broke its contract.

    An oracle that looks at one source after the other may have `each`, which yields each check as soon as it is made.
    """
    started = time.monotonic()
    told = 0
    try:
        each = getattr(oracle, "each", None)
        if sources and each:
            for check in each(sources):
                yield check
                told += 1
            return
        checks = oracle.check(sources) if sources else []
        if len(checks) == len(sources):
            yield from checks
            return
        reason = f"the oracle failed: it gave {len(checks)} checks for {len(sources)} sources"
    except ClusterError:  # it says nothing about the oracle or a source
        raise
    except Exception as error:  # whatever the error is, the other oracles' checks must not be lost
        reason = f"the oracle failed: {type(error).__name__}: {error}"
    seconds = (time.monotonic() - started) / len(sources)
    for _ in sources[told:]:
        yield not_analysed(oracle.name, reason, seconds=seconds)
