"""Defines what a secure codebase holds: demonstrations, with their proofs and their origins."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ProofLevel(StrEnum):
    """How far a demonstration's security was shown, strongest first."""

    EXECUTED = "executed"  # a proof test passes on the secure code and its exploit works on the vulnerable twin
    DISCRIMINATED = "discriminated"  # an oracle flags the vulnerable twin and not the secure code
    FIX_COMMIT = "fix-commit"  # the code is the fixed side of a commit that fixed a vulnerability
    ASSERTED = "asserted"  # somebody says that it is secure

    @property
    def strength(self) -> int:
        """A number that is higher the further it was shown, from 1."""
        return len(ProofLevel) - list(ProofLevel).index(self)


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a demonstration is believed to be secure.

    Attributes:
        level: How far it was shown.
        test: Source of the proof, a pytest module (`seccoder.codebase.proof` says how it is run), or None.
    """

    level: ProofLevel
    test: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a demonstration came from. Empty strings mean unknown."""

    source: str  # "seccoder" (ours), "sven", a path or an address
    licence: str = ""  # SPDX identifier
    commit: str = ""
    path: str = ""
    date: str = ""  # ISO 8601
    added_by: str = ""

    def to_json(self) -> dict[str, str]:
        """What is known of it, by name."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Demonstration:
    """One secure example. Its identity is the hash of what it says, not of where it came from.

    Attributes:
        language: Canonical language name.
        cwes: The weaknesses the secure code avoids and the vulnerable twin has, as `CWE-22`.
        task: What the code does, in words, as somebody would ask for it ("" if unknown).
        code: The secure code.
        vulnerable: The vulnerable twin it replaces, or None.
        proof: Why it is believed to be secure.
        origin: Where it came from.
        note: One sentence on what makes the difference between the twins.
        apis: API tags, such as `sqlite3.Cursor.execute`.
        repeat: A number that tells copies apart, if a published set holds the same content twice and its size is part
            of a protocol (SVEN's training set has one such pair). It is 0 everywhere else.
        cue: The weakness and its remedy in at most 60 tokens, for a prompt without the code ("" if unknown).
    """

    language: str
    cwes: tuple[str, ...]
    task: str
    code: str
    vulnerable: str | None
    proof: Proof
    origin: Provenance
    note: str = ""
    apis: tuple[str, ...] = ()
    repeat: int = 0
    cue: str = ""

    @property
    def id(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 over language, CWEs, task, both codes, and `repeat` if set."""
        content: list[Any] = [self.language, sorted(self.cwes), self.task, self.code, self.vulnerable]
        if self.repeat:
            content.append(self.repeat)
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """The documented DEMO shape: `id, language, cwes, task, code, origin, proof` and our additions."""
        return {
            "id": self.id,
            "language": self.language,
            "cwes": list(self.cwes),
            "task": self.task,
            "code": self.code,
            "origin": self.origin.to_json(),
            "proof": {"level": str(self.proof.level), "test": self.proof.test},
            "vulnerable": self.vulnerable,
            "note": self.note,
            "cue": self.cue,
            "apis": list(self.apis),
            **({"repeat": self.repeat} if self.repeat else {}),
        }
