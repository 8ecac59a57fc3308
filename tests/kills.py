"""Kills expansions with signal 9 at random moments, and says what was lost (for a test, and `perf/kill_expand.py`).

A child process, forked so that it starts at once, expands a history into a store; after a random time it is killed. The
store must open, hold everything that any earlier look at it held, and nothing half; in the end the expansion is left
alone and must come to the same demonstrations as one that was never disturbed.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from seccoder.codebase.store import Store
from seccoder.expansion import decisions, expand
from seccoder.expansion.candidate import Decision
from seccoder.expansion.sources import git_history
from seccoder.expansion.sources.about import About
from seccoder.expansion.vetting.vet import Policy, Vetter


@dataclass(slots=True)
class Report:
    """How often it was killed, how often it was done before, and everything that was wrong.

    A kill counts as one amid the work if it left a store that had grown since the last, but was not complete.
    """

    kills: int = 0
    amid: int = 0
    journals: int = 0  # kills that left a journal behind: the store had been written and not closed
    finished: int = 0
    problems: tuple[str, ...] = ()


def work(repository: Path, path: Path, oracles: tuple[str, ...]) -> None:
    """One expansion, in small batches."""
    git_history.CANDIDATES, git_history.COMMITS = 3, 40
    with Store.open(path) as store:
        vetter = Vetter(store.demonstrations(), policy=Policy(oracles=oracles))
        expand.expand(store, git_history.History(repository, About()), vetter)


def expected(repository: Path, path: Path, oracles: tuple[str, ...]) -> list[str]:
    """What an undisturbed expansion comes to."""
    work(repository, path, oracles)
    with Store.open(path) as store:
        return store.ids()


def killed(repository: Path, folder: Path, kills: int, *, oracles: tuple[str, ...] = (), seed: int = 0) -> Report:
    """Kill expansions so many times, each within a third of the time that a whole one takes."""
    dice = random.Random(seed)
    context = multiprocessing.get_context("fork")
    began = time.monotonic()
    wanted = expected(repository, folder / "undisturbed.sqlite", oracles)
    seconds = (time.monotonic() - began) / 3
    report, problems = Report(), []
    path = folder / "killed.sqlite"
    seen: set[str] = set()
    version = 0
    while report.kills < kills:
        child = context.Process(target=work, args=(repository, path, oracles))
        child.start()
        time.sleep(dice.uniform(0, seconds))
        if child.is_alive():
            os.kill(child.pid or 0, signal.SIGKILL)
            report.kills += 1
        child.join()
        if not path.exists():
            continue
        report.journals += path.with_name(path.name + "-wal").exists()
        problems += _wrong(path, seen, version)
        with Store.open(path) as store:
            report.amid += len(seen) < len(store.ids()) < len(wanted)
            seen, version = set(store.ids()), store.version
        if child.exitcode == 0 or len(seen) == len(wanted):
            work(repository, path, oracles)
            problems += _different(path, wanted)
            report.finished += 1
            seen, version = set(), 0
            for left in folder.glob("killed.sqlite*"):
                left.unlink()
    work(repository, path, oracles)
    problems += _different(path, wanted)
    report.problems = tuple(problems)
    shutil.rmtree(folder, ignore_errors=True)
    return report


def _wrong(path: Path, seen: set[str], version: int) -> list[str]:
    connection = sqlite3.connect(path)
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    problems = [] if whole == "ok" else [f"damaged: {whole}"]
    with Store.open(path) as store:
        ids = set(store.ids())
        if not seen <= ids or store.version < version:
            problems.append(f"lost: {len(seen - ids)} demonstrations")
        accepted = {each.demonstration for each in decisions.recorded(store, Decision.ACCEPT)}
        if accepted != ids:
            problems.append("demonstrations and decisions differ")
        if {id for change in store.history() for id in change.ids} != ids:
            problems.append("demonstrations and history differ")
        store.demonstrations()
    return problems


def _different(path: Path, wanted: list[str]) -> list[str]:
    with Store.open(path) as store:
        return [] if store.ids() == wanted else ["resumed, it came to other demonstrations"]
