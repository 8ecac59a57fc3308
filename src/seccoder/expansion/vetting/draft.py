"""Holds a candidate while it is vetted: what it has become, what was found, and how far it was shown."""

from dataclasses import dataclass, field, replace

from seccoder.codebase.duplicates import Outline
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
    outline: Outline | None = None  # of its code; None where that is too short
    proven: bool = False
    executed: bool = False  # whether exploits, or the fix's own test, told its sides apart
    discriminated: bool = False
    supersedes: set[str] = field(default_factory=set)  # earlier fixes of the same function
    telling: bool = False  # whether the change between its sides looks like a fix of the weakness that it names
    safer: bool = False  # whether it brought a safer construct of that weakness

    @property
    def rejected(self) -> bool:
        """Whether a rule refused it already."""
        return worst(self.reasons) is Decision.REJECT

    @property
    def acceptable(self) -> bool:
        """Whether nothing speaks against it until now."""
        return worst(self.reasons) is Decision.ACCEPT

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
        if self.from_commit:
            return ProofLevel.FIX_COMMIT
        return ProofLevel.ASSERTED

    @property
    def evident(self) -> bool:
        """Whether something other than its author's word says which side is the secure one.

        That an oracle is silent about the secure side is not enough: it also is about other ways to be wrong.
        """
        shown = self.proven or self.executed or self.telling or (self.discriminated and self.safer)
        return shown or self.from_commit

    @property
    def from_commit(self) -> bool:
        """Whether it is the two sides of a commit that was seen to fix something."""
        return self.candidate.fix and bool(self.candidate.origin.commit and self.vulnerable)

    def demonstration(self, level: ProofLevel) -> Demonstration:
        """Return what would be stored."""
        changed = {"language": self.language, "cwes": self.cwes, "code": self.code, "vulnerable": self.vulnerable}
        about = {"task": self.task, "note": self.note, "cue": self.cue}
        return replace(self.candidate.demonstration(level), **changed, **about)  # type: ignore[arg-type]
