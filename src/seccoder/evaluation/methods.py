"""Derives methods from the samples of an arm: the best of several is picked, and what failed is written again.

A method is an arm with steps behind it, which are done from left to right (`hybrid+pick10+repair`):

    +pickN        of each N samples in turn one is kept, as `generate -n N --pick best` does
    +none+pickN   the same, but only the first half of each N is the arm's and the others are those of `none`, as with
                  `generate --example half`; steps between the two are done with either half
    +repair       each sample that failed is written again once, as `generate --repair 1` does; the better one is kept
    +repair-none  the same without an example in the second prompt, so that what the example does can be told
    +imports      each sample gets the imports that it lacks and what it uses of its example, as every completion of
                  `generate` does
    +aim          each sample is also looked through for the weakness of what `hybrid` retrieves for the task, whether
                  or not that is shown, as `generate` does

Methods see what a user sees, the `Look`: an untargeted check of what was written, the examples in the prompt that it
does not keep, and its answers to ordinary calls. The task's CWE and the benchmark's tests only judge. A result costs
the tokens and seconds of all that was drawn for it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from seccoder import oracles, rounds
from seccoder.code import examples
from seccoder.errors import UsageError
from seccoder.evaluation.run_folder import Cell, Key
from seccoder.oracles.answers import Answers, answers
from seccoder.oracles.examples import unmet
from seccoder.oracles.verdict import combine
from seccoder.prompts.repair import failed
from seccoder.sandbox import parallel
from seccoder.types import Check, Completion, Sample, Source

IMPORTS, AIM = "+imports", "+aim"
_STEP = re.compile(r"(?P<parent>.+)\+(?:pick(?P<n>[1-9]\d{0,3})|(?P<kind>repair-none|repair|imports|aim))", re.DOTALL)
_HALVES = re.compile(r"(?P<arm>.+)\+none(?P<steps>(?:\+(?:repair-none|repair|imports|aim))*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """The last step of a method: what it works on, its kind, and how many of each it picks from if it picks."""

    parents: tuple[str, ...]
    kind: Literal["pick", "repair", "repair-none", "imports", "aim"]
    picks: tuple[int, ...] = ()

    @property
    def copies(self) -> bool:
        """Whether it makes another version of each sample without the model."""
        return self.kind in {"imports", "aim"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a user sees of a sample: checks, what it answers, and the query's own examples that it does not keep."""

    checks: tuple[Check, ...]
    answers: Answers
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A sample of an arm as the benchmark judges it, as a user sees it, and what it answers to ordinary calls."""

    sample: Sample
    seen: Sample
    answers: Answers
    arm: str

    @property
    def failed(self) -> bool:
        """Whether it is worth writing again."""
        return failed(self.seen.verdict, self.seen.unmet)


def step(arm: str) -> Step | None:
    """Return the last step of a method, or None for an arm that has none."""
    match = _STEP.fullmatch(arm)
    if match is None:
        return None
    parent, kind = match["parent"], match["kind"]
    if kind:
        return Step((parent,), kind)  # type: ignore[arg-type]
    count = int(match["n"])
    if mixed := _HALVES.fullmatch(parent):
        return Step((mixed["arm"] + mixed["steps"], f"none{mixed['steps']}"), "pick", rounds.halves(count))
    return Step((parent,), "pick", (count,))


def base(arm: str) -> str:
    """Return the arm that a method begins with, of a mixed one the one whose samples come first."""
    last = step(arm)
    return base(last.parents[0]) if last else arm


def with_parents(arms: Sequence[str]) -> tuple[str, ...]:
    """Return arms with what each method is derived from before it; each once."""
    found: list[str] = []
    for arm in arms:
        last = step(arm)
        found += [*(with_parents(last.parents) if last else ()), arm]
    return tuple(dict.fromkeys(found))


def size(arm: str, samples: int) -> int:
    """Return how many results a cell of an arm has, if each cell is to have so many samples.

    Raises:
        UsageError: If a step picks from more than there are.
    """
    last = step(arm)
    if last is None:
        return samples
    if len(set(last.parents)) < len(last.parents):
        raise UsageError(f"the arm {arm} takes both halves from {last.parents[0]}; leave the second one out")
    found = [size(parent, samples) for parent in last.parents]
    for parent, there, needed in zip(last.parents, found, last.picks, strict=False):
        if there < needed:
            raise UsageError(f"the arm {arm} needs at least {needed} samples of {parent}; there are {there}")
    return _groups(found, last.picks) if last.picks else found[0]


def looks(sources: Sequence[Source], suspects: Sequence[Sequence[str]]) -> list[Look]:
    """Look at what was written as a user would: nobody names a weakness, but retrieval may suspect some of each."""
    plain = [Source(source.text, source.language) for source in sources]
    queries = [source.task.query() if source.task else None for source in sources]
    wanted = [examples.of(query) if query else () for query in queries]
    answered = list(parallel.each(lambda pair: answers(*pair), list(zip(plain, queries, strict=True))))
    missed = list(parallel.each(lambda pair: unmet(*pair), list(zip(plain, wanted, strict=True))))
    checked = oracles.look_for(suspects, plain, oracles.check(plain))
    return [Look(tuple(made), said, kept) for made, said, kept in zip(checked, answered, missed, strict=True)]


class Methods:
    """The results of methods, from what is stored of a run.

    Args:
        samples: Every sample that was drawn, as the benchmark judges it.
        seen: What a user sees of a sample.
        count: How many samples a cell is to have.
    """

    def __init__(self, samples: Mapping[Key, Sample], seen: Mapping[Key, Look], count: int) -> None:
        self._samples = samples
        self._seen = seen
        self._count = count

    def results(self, cell: Cell) -> list[Sample]:
        """Return the results of a method's cell, as far as they are there."""
        return [version.sample for version in self.versions(cell) if version is not None]

    def versions(self, cell: Cell) -> list[Version | None]:
        """Return the versions of a cell; None for one that is not there yet."""
        task, arm, seed = cell
        last = step(arm)
        if last is None:
            return self._stored(cell, self._count)
        of_each = [self.versions((task, parent, seed)) for parent in last.parents]
        if last.picks:
            shares = list(zip(of_each, last.picks, strict=True))
            count = _groups([len(versions) for versions in of_each], last.picks)
            return [_picked([versions[i * n : (i + 1) * n] for versions, n in shares]) for i in range(count)]
        (before,) = of_each
        fresh = self._stored(cell, len(before))
        if last.copies:
            return fresh
        return [_better(old, new) for old, new in zip(before, fresh, strict=True)]

    def open(self, cell: Cell) -> list[tuple[int, Version]]:
        """Return number and version of what a cell's last step has to work on and has not."""
        last = step(cell[1])
        assert last is not None  # noqa: S101 - asked for steps that draw or write
        before = self.versions((cell[0], last.parents[0], cell[2]))
        fresh = self._stored(cell, len(before))
        return [
            (number, old)
            for number, (old, new) in enumerate(zip(before, fresh, strict=True))
            if old is not None and new is None and (last.copies or old.failed)
        ]

    def _stored(self, cell: Cell, count: int) -> list[Version | None]:
        found: list[Version | None] = []
        for number in range(count):
            sample, look = self._samples.get((*cell, number)), self._seen.get((*cell, number))
            if sample is None or look is None:
                found.append(None)
                continue
            verdict = combine(Source(sample.code, ""), look.checks)
            seen = replace(sample, checks=look.checks, verdict=verdict, unmet=look.unmet)
            found.append(Version(sample, seen, look.answers, base(cell[1])))
        return found


def _groups(found: Sequence[int], picks: Sequence[int]) -> int:
    """Return how many groups there are to pick from, if each takes so many of each."""
    return min(there // each for there, each in zip(found, picks, strict=True) if each)


def _picked(parts: Sequence[Sequence[Version | None]]) -> Version | None:
    """Return the version that is kept, at the cost of all that are drawn, part by part, until it is known."""
    drawn: list[Version] = []
    for part in ([each for each in part if each is not None] for part in parts):
        for first in range(0, len(part), rounds.AT_A_TIME):
            if not rounds.enough(_merits(drawn)):
                drawn += part[first : first + rounds.AT_A_TIME]
    if any(None in part for part in parts) and not rounds.enough(_merits(drawn)):
        return None
    kept, _ = rounds.pick(_merits(drawn), lambda: [each.answers for each in drawn])
    return _at_cost(drawn[kept], drawn)


def _merits(versions: Sequence[Version]) -> list[rounds.Merit]:
    return [rounds.merit_of(each.seen) for each in versions]


def _better(old: Version | None, new: Version | None) -> Version | None:
    if old is None or not old.failed:
        return old
    if new is None:
        return None
    before, after = _merits([old, new])
    return _at_cost(new if after < before else old, [old, new])


def _at_cost(kept: Version, drawn: Sequence[Version]) -> Version:
    completions = [each.sample.completion for each in drawn]

    def total(values: Sequence[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    spent: Completion = replace(
        kept.sample.completion,
        prompt_tokens=total([each.prompt_tokens for each in completions]),
        tokens=total([each.tokens for each in completions]),
        seconds=sum(each.seconds for each in completions),
    )
    return replace(kept, sample=replace(kept.sample, completion=spent))
