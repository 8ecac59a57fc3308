"""Defines what goes through expansion: a `Candidate` from a source, and the `Vetting` that decides about it.

A candidate is what a source read, and nothing in it is believed. A vetting is the decision with its reasons, how far
the candidate's security was shown, and the demonstration that would be stored. Both can be written as JSON and read
again, so that a decision can be read later and made anew.

Nothing is decided here (`vet` does that), and nothing is stored here (`decisions` does that).
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from seccoder.errors import UsageError
from seccoder.types import Demonstration, Proof, ProofLevel, Provenance

OWN = "LicenseRef-own"  # the licence of a user's own code that names none
NOWHERE = Provenance("")


class Decision(StrEnum):
    """What becomes of a candidate. A single reason asks for one of these too, and the worst reason decides."""

    ACCEPT = "accept"  # of a reason: it is reported, but it does not speak against the candidate
    QUARANTINE = "quarantine"  # kept beside the base and never retrieved, until it is vetted again or released
    REJECT = "reject"  # not kept


_SEVERITY = {decision: rank for rank, decision in enumerate(Decision)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A secure example that somebody or something proposes.

    Attributes:
        code: The secure code, as it was found.
        language: The language as the source calls it, in any spelling.
        cwes: The weaknesses that it avoids, in any spelling.
        vulnerable: The vulnerable twin, or None.
        task: What the code does, in words.
        test: A proof (see `seccoder.codebase.proof`), or None.
        origin: Where it came from.
        fix: Whether the pair was cut out of a commit, in a repository, that says it fixes a weakness.
        own: Whether the user gave it by hand, as one pair. Which side is which is then the user's own word.
        note: What makes the difference between the twins.
        apis: API tags.
        cue: The weakness and its remedy in few tokens; if empty, it becomes the remedy of its first weakness.
    """

    code: str
    language: str
    cwes: tuple[str, ...] = ()
    vulnerable: str | None = None
    task: str = ""
    test: str | None = None
    origin: Provenance = NOWHERE
    fix: bool = False
    own: bool = False
    note: str = ""
    apis: tuple[str, ...] = ()
    cue: str = ""

    @property
    def id(self) -> str:
        """A name made from the content as it was proposed: equal proposals have equal ids, whoever makes them."""
        return self.demonstration(ProofLevel.ASSERTED).id

    def demonstration(self, level: ProofLevel) -> Demonstration:
        """Return the candidate, unchanged, as a demonstration of this level."""
        proof = Proof(level, self.test)
        return Demonstration(
            self.language,
            self.cwes,
            self.task,
            self.code,
            self.vulnerable,
            proof,
            self.origin,
            self.note,
            self.apis,
            cue=self.cue,
        )

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        origin = {field.name: getattr(self.origin, field.name) for field in fields(Provenance)}
        return {**values, "cwes": list(self.cwes), "apis": list(self.apis), "origin": origin}


def from_json(value: Any) -> Candidate:
    """Read what `Candidate.to_json` wrote.

    Raises:
        UsageError: If the value is no such candidate.
    """
    try:
        origin = Provenance(**value["origin"])
        return Candidate(**{**value, "cwes": tuple(value["cwes"]), "apis": tuple(value["apis"]), "origin": origin})
    except (KeyError, TypeError) as error:
        raise UsageError(f"not a candidate: {type(error).__name__}: {error}") from None


def from_demonstration(demonstration: Demonstration) -> Candidate:
    """Propose a demonstration anew. The level of its proof is forgotten, but not the commit that it names."""
    d = demonstration
    shown = d.proof.level is ProofLevel.FIX_COMMIT or (d.proof.level is ProofLevel.EXECUTED and d.proof.test is None)
    fix = shown and bool(d.origin.commit)
    return Candidate(
        d.code, d.language, d.cwes, d.vulnerable, d.task, d.proof.test, d.origin, fix, False, d.note, d.apis, d.cue
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a rule found: the name of the rule, what it asks for, and why, in one line."""

    rule: str
    decision: Decision
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"


@dataclass(frozen=True, slots=True)
class Vetting:
    """What was decided about a candidate, and why.

    Attributes:
        candidate: The candidate as it was proposed.
        decision: The worst that a reason asks for; without reasons, accept.
        reasons: The reasons in the order in which the rules ran, with those that only report what was changed.
        level: How far its security was shown.
        demonstration: What is stored if it is accepted: without comments, cut to what matters, with its level. None if
            no demonstration could be made of it.
        supersedes: The demonstrations whose place it takes: earlier fixes of the same function.
    """

    candidate: Candidate
    decision: Decision
    reasons: tuple[Reason, ...]
    level: ProofLevel
    demonstration: Demonstration | None
    supersedes: tuple[str, ...] = ()

    @property
    def against(self) -> tuple[Reason, ...]:
        """The reasons that speak against the candidate."""
        return tuple(reason for reason in self.reasons if reason.decision is not Decision.ACCEPT)


def worst(reasons: tuple[Reason, ...] | list[Reason]) -> Decision:
    """Return the decision that follows from reasons."""
    return max((reason.decision for reason in reasons), key=_SEVERITY.__getitem__, default=Decision.ACCEPT)
