"""Runs the offline flow on one screen: source -> candidate -> vet -> secure codebase, batch by batch.

`Expansion` joins the steps for one secure codebase, as `seccoder.pipeline.SecCoder` does for the online flow.

A source is read and vetted, and every decision is written to the store as soon as its batch is vetted. A candidate that
was decided about once is not vetted again. A source that can be read from some place on is read from where the last
expansion stopped. An expansion that was interrupted, killed or failed is therefore finished by starting it again, and a
second run over the same source finds only what is new.

Nothing is fetched, and nothing that a source brings is run outside the sandbox: sources only read, and proofs run in
the sandbox.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from seccoder.code.shards import Shard
from seccoder.codebase import proof as proofs
from seccoder.codebase.codebase import Codebase, writable
from seccoder.codebase.contamination import Benchmarks
from seccoder.codebase.store import Store
from seccoder.errors import StoreError
from seccoder.expansion import decisions
from seccoder.expansion.candidate import Candidate, Decision, Vetting, from_demonstration
from seccoder.expansion.source import Batch, CandidateSource
from seccoder.expansion.vetting.vet import Policy, Vetter
from seccoder.oracles.cache import Cache
from seccoder.settings import resolve
from seccoder.types import Demonstration, Progress


@dataclass(slots=True)
class Outcome:
    """What became of an expansion.

    Attributes:
        vettings: Every decision that was made, in order.
        added: The ids of the demonstrations that were not there before.
        known: How many candidates had been decided about before and were not looked at again.
        skipped: What the source could not read.
        prepared: How many candidates of a shard were looked at, if it was one. Then nothing was decided.
    """

    vettings: list[Vetting] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    known: int = 0
    skipped: list[str] = field(default_factory=list)
    prepared: int | None = None

    def count(self, decision: Decision) -> int:
        """Count the candidates that were decided so."""
        return sum(vetting.decision is decision for vetting in self.vettings)


class Expansion:
    """Grows one secure codebase: it reads sources, vets what is in them, and keeps what passes, with its history.

    The vetting knows what is already there, bundled or in the store, and what it has itself accepted.

    Args:
        codebase: The codebase that grows: the path of a store, or the name of a pulled codebase. None takes it from the
            settings; their default is the user's own.
        policy: What is allowed in; None is the default.
        benchmarks: What no candidate may give away; with None this is not checked.
        cache: Where it is kept what oracles said; None asks them every time.

    Raises:
        StoreError: If the store cannot be used.
        UsageError: If the policy names an oracle that does not exist.
    """

    def __init__(
        self,
        codebase: str | None = None,
        policy: Policy | None = None,
        *,
        benchmarks: Benchmarks | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.store = writable(resolve(codebase=codebase).codebase)
        with Codebase.open("bundled") as base:
            known = {demonstration.id: demonstration for demonstration in base.demonstrations()}
        known.update({demonstration.id: demonstration for demonstration in self.store.demonstrations()})
        self._vetter = Vetter(known.values(), benchmarks=benchmarks, policy=policy, cache=cache)

    def expand(
        self,
        source: CandidateSource,
        *,
        why: str = "",
        again: bool = False,
        write: bool = True,
        on_progress: Progress | None = None,
    ) -> Outcome:
        """Read a source, vet what is in it and keep what passes; `sources.open_source` makes a source.

        Args:
            source: The source.
            why: The reason that the history keeps.
            again: Whether to read it from the beginning, and vet also what was decided about before.
            write: With False, everything is decided and nothing is written.
            on_progress: Called with (done, total) in the units of the source.

        Raises:
            UsageError: If the source cannot be read. What was settled until then stays.
            StoreError: If the store cannot be written.
        """
        store = self.store if write else None
        return expand(store, source, self._vetter, why=why, again=again, on_progress=on_progress)

    def prepare(
        self,
        source: CandidateSource,
        shard: Shard,
        *,
        again: bool = False,
        write: bool = True,
        on_progress: Progress | None = None,
    ) -> tuple[Outcome, bool]:
        """Do what takes time for a shard of a source: proofs and oracles, whose results are kept in the caches.

        What is a near-duplicate of what, and which of two stays, depends on all candidates and their order. So nothing
        is decided here: when all shards were prepared, `expand` decides about all, as one process does, and finds done
        what takes time.

        Args:
            source: The source.
            shard: The part of its candidates that is looked at.
            again: Whether to read it from the beginning, and look also at what was decided about before.
            write: With False, the store does not learn that the shard was prepared.
            on_progress: Called with (done, total) in the units of the source.

        Returns:
            What was looked at, and whether all shards were prepared with this one, which is so for one of them.

        Raises:
            UsageError: If the source cannot be read.
            StoreError: If the store cannot be written.
        """
        outcome = Outcome(skipped=source.skipped, prepared=0)
        for batch, fresh in _undecided(source, self.store if write else None, again, outcome):
            mine = [candidate for candidate in fresh if shard.holds(candidate.id)]
            self._vetter.prepare(mine)
            outcome.prepared = (outcome.prepared or 0) + len(mine)
            if on_progress:
                on_progress(batch.done, batch.total)
        return outcome, write and decisions.prepared(self.store, source.name, shard)

    def vet_quarantine(
        self, ids: Sequence[str] = (), on_progress: Progress | None = None
    ) -> tuple[list[Vetting], list[str]]:
        """Decide anew about what is in quarantine, and add what passes now.

        Args:
            ids: The ids of candidates, or the beginnings of their ids; without any, everything in quarantine is vetted.
            on_progress: Called with (done, total).

        Returns:
            The decisions, and the ids of the demonstrations that were added.

        Raises:
            StoreError: If there is no such candidate, or the store cannot be written.
        """
        held = [decisions.quarantined(self.store, id) for id in ids]
        if not ids:
            held = decisions.recorded(self.store, Decision.QUARANTINE)
        vettings = self._vetter.vet([each.candidate for each in held if each.candidate], on_progress)
        return vettings, decisions.settle(self.store, vettings, "vetted again")

    def release(self, id: str, why: str) -> tuple[str, str]:
        """Add one candidate from quarantine, on somebody's word.

        Returns:
            The id of the candidate and that of the demonstration.

        Raises:
            UsageError: If `why` is empty.
            StoreError: If there is no such candidate, it cannot be a demonstration, or the store cannot be written.
        """
        held = decisions.quarantined(self.store, id)
        if held.candidate is None:
            raise StoreError(f"{held.id} is in quarantine, but what it held was not kept: expand its source again")
        (vetting,) = self._vetter.vet([held.candidate])
        return held.id, decisions.release(self.store, vetting, why)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A live demonstration, as vetting sees it today.

    Attributes:
        demonstration: The demonstration as it is stored.
        proof: How its proof ended; None if none was run.
        vetting: What the rules say.
    """

    demonstration: Demonstration
    proof: proofs.ProofResult | None
    vetting: Vetting


def review(
    demonstrations: Sequence[Demonstration],
    policy: Policy | None = None,
    *,
    results: Sequence[proofs.ProofResult] = (),
    shard: Shard | None = None,
    on_progress: Progress | None = None,
) -> list[Reviewed]:
    """Decide anew about demonstrations as they are: nothing is cut, cleaned or changed.

    Args:
        demonstrations: Those that are live; each was cut and cleaned when it came into the codebase. One that repeats
            an earlier one is told, whatever else speaks against the earlier one.
        policy: What is allowed; None is the default.
        results: How their proofs ended, in order (`seccoder.codebase.proof.run_all`); empty if they were not run.
        shard: The part of them that is decided about, as it would be with all of them; `results` are of this part.
        on_progress: Called with (done, total).
    """
    vetter = Vetter(policy=replace(policy or Policy(), keep_comments=True, max_lines=10**6, run_proofs=False))
    proven = {result.id for result in results if result.status == "proven"}
    mine: list[Demonstration] = []
    before: list[list[Demonstration]] = []
    since: list[Demonstration] = []
    for demonstration in demonstrations:
        if shard is None or shard.holds(demonstration.id):
            mine.append(demonstration)
            before.append(since)
            since = []
        since.append(demonstration)
    vettings = vetter.vet(
        [from_demonstration(demonstration) for demonstration in mine],
        on_progress,
        proven=[demonstration.id in proven for demonstration in mine],
        before=before,
    )
    ended: Sequence[proofs.ProofResult | None] = results or [None] * len(mine)
    return [Reviewed(*each) for each in zip(mine, ended, vettings, strict=True)]


def _undecided(
    source: CandidateSource, store: Store | None, again: bool, outcome: Outcome
) -> Iterator[tuple[Batch, list[Candidate]]]:
    """Yield each batch of a source with the candidates in it that were not decided about, and count the others."""
    start = None if again or store is None else decisions.cursor(store, source.name)
    for batch in source.batches(start):
        fresh = {candidate.id: candidate for candidate in batch.candidates}
        if store is not None and not again:
            for id in decisions.decided(store, fresh):
                del fresh[id]
        outcome.known += len(batch.candidates) - len(fresh)
        yield batch, list(fresh.values())


def expand(
    store: Store | None,
    source: CandidateSource,
    vetter: Vetter,
    *,
    why: str = "",
    again: bool = False,
    on_progress: Progress | None = None,
) -> Outcome:
    """Read a source, vet what is in it and write what was decided.

    Args:
        store: The store that is written to; with None, everything is decided and nothing is written.
        source: The source.
        vetter: Decides about the candidates.
        why: The reason that the history keeps.
        again: Whether to read it from the beginning, and vet also what was decided about before.
        on_progress: Called with (done, total) in the units of the source.

    Raises:
        UsageError: If the source cannot be read. What was settled until then stays.
        StoreError: If the store cannot be written.
    """
    outcome = Outcome(skipped=source.skipped)
    for batch, fresh in _undecided(source, store, again, outcome):
        vettings = vetter.vet(fresh, trial=batch.trial)
        outcome.vettings += vettings
        if store is not None and (vettings or batch.cursor is not None):
            cursor = None if batch.cursor is None else (source.name, batch.cursor)
            outcome.added += decisions.settle(store, vettings, why or f"expanded from {source.name}", cursor)
        if on_progress:
            on_progress(batch.done, batch.total)
    return outcome
