"""Holds a candidate while it is vetted: what it has become, what was found, and how far it was shown."""

from dataclasses import dataclass, field, replace

from seccoder.codebase.duplicates import Shingles
from seccoder.expansion.candidate import Candidate, Decision, Reason, worst
from seccoder.types import Demonstration, ProofLevel


@dataclass(slots=True)
class Draft:
    """A candidate while it is vetted: what it has become so far, and what was found."""

    candidate: Candidate
    reasons: list[Reason] = field(default_factory=list)
    language: str = ""
    cwes: tuple[str, ...] = ()
    code: str = ""  # what would be stored
    vulnerable: str | None = None
    whole: str = ""  # what oracles are given, which is not cut
    whole_twin: str | None = None
    task: str = ""
    note: str = ""
    cue: str = ""
    parts: Shingles = frozenset()  # the shape of its code
    proven: bool = False
    executed: bool = False  # whether exploits worked on its twin and did nothing to the secure side
    discriminated: bool = False
    supersedes: set[str] = field(default_factory=set)  # earlier fixes of the same function
    telling: bool = False  # whether the change between its sides looks like a fix of the weakness that it names

    @property
    def rejected(self) -> bool:
        """Whether a rule refused it already."""
        return worst(self.reasons) is Decision.REJECT

    def tell(self, rule: str, message: str) -> None:
        """Note something that does not speak against it."""
        self.reasons.append(Reason(rule, Decision.ACCEPT, message))

    def quarantine(self, rule: str, message: str) -> None:
        """Note something that keeps it out until somebody has looked."""
        self.reasons.append(Reason(rule, Decision.QUARANTINE, message))

    def reject(self, rule: str, message: str) -> None:
        """Note something that keeps it out."""
        self.reasons.append(Reason(rule, Decision.REJECT, message))

    def level(self) -> ProofLevel:
        """Return how far its security was shown until now."""
        if self.proven or self.executed:
            return ProofLevel.EXECUTED
        if self.discriminated:
            return ProofLevel.DISCRIMINATED
        if self.candidate.fix and self.candidate.origin.commit and self.vulnerable:
            return ProofLevel.FIX_COMMIT
        return ProofLevel.ASSERTED

    def demonstration(self, level: ProofLevel) -> Demonstration:
        """Return what would be stored."""
        changed = {"language": self.language, "cwes": self.cwes, "code": self.code, "vulnerable": self.vulnerable}
        about = {"task": self.task, "note": self.note, "cue": self.cue}
        return replace(self.candidate.demonstration(level), **changed, **about)  # type: ignore[arg-type]
