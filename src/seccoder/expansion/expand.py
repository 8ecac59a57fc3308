"""The offline flow: source -> candidate -> vet -> secure codebase, batch by batch.

In flow a source and a vetter; out flow what was decided, written to the store as it goes. What was decided about once
is not vetted again, and a source that can be read from a place on goes on where it was: so an expansion that was
interrupted, killed or failed is finished by starting it again, and a second run over the same source finds only what is
new.

What this does not do: fetch anything, or run anything that a source brings. Sources read; proofs run in the sandbox.
"""

from dataclasses import dataclass, field

from seccoder.codebase.store import Store
from seccoder.expansion import decisions
from seccoder.expansion.candidate import Decision, Vetting
from seccoder.expansion.source import CandidateSource
from seccoder.expansion.vetting.vet import Vetter
from seccoder.types import Progress


@dataclass(slots=True)
class Outcome:
    """What became of an expansion.

    Attributes:
        vettings: Every decision that was made, in order.
        added: Ids of demonstrations that were not there before.
        known: Candidates that had been decided about before, and were not looked at again.
        skipped: What the source could not read.
    """

    vettings: list[Vetting] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    known: int = 0
    skipped: list[str] = field(default_factory=list)

    def count(self, decision: Decision) -> int:
        """How many were decided so."""
        return sum(vetting.decision is decision for vetting in self.vettings)


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
        store: Where to; None: decide only, write nothing.
        source: What is read.
        vetter: Decides.
        why: For the history.
        again: Read it from the beginning, and vet also what was decided about before.
        on_progress: Called with (done, total) in the source's units.

    Raises:
        UsageError: If the source cannot be read. What was settled until then stays.
        StoreError: If the store cannot be written.
    """
    outcome = Outcome(skipped=source.skipped)
    start = None if again or store is None else decisions.cursor(store, source.name)
    for batch in source.batches(start):
        fresh = {candidate.id: candidate for candidate in batch.candidates}
        if store is not None and not again:
            for id in decisions.decided(store, fresh):
                del fresh[id]
        outcome.known += len(batch.candidates) - len(fresh)
        vettings = vetter.vet(list(fresh.values()))
        outcome.vettings += vettings
        if store is not None and (vettings or batch.cursor is not None):
            cursor = None if batch.cursor is None else (source.name, batch.cursor)
            outcome.added += decisions.settle(store, vettings, why or f"expanded from {source.name}", cursor)
        if on_progress:
            on_progress(batch.done, batch.total)
    return outcome
