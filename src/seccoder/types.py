"""Defines the dataclasses that the steps exchange, and the protocols that the implementations follow.

The dataclasses are frozen. Nothing here computes; a step takes some of these and returns others. Times are seconds,
rates lie in 0..1, ranks start at 1, scores are better when higher (within one retriever only), CWEs are spelled
`CWE-22`, and languages are spelled as in `seccoder.code.languages`.

Not guaranteed: that a `Demonstration` is secure (its `proof` says how far that was shown), or that a source that no
oracle flagged is secure (see `Verdict`).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

Evidence = Literal["executed", "static"]
Progress = Callable[[int, int | None], None]  # called with (done, in all), the latter None if it is not known


# --- the secure codebase -------------------------------------------------------------------------------------------


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
            "apis": list(self.apis),
            **({"repeat": self.repeat} if self.repeat else {}),
        }


# --- the online flow: query -> retrieve -> integrate -> generate ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Query:
    """What is being written: incomplete code, or a task in words, or both, with its language."""

    code: str = ""
    language: str | None = None
    task: str = ""
    suffix: str = ""  # code that follows the completion
    stop: tuple[str, ...] = ()  # strings at which a completion ends, instead of the usual truncation


@dataclass(frozen=True, slots=True)
class Hit:
    """One retrieved demonstration. Scores of different retrievers are not comparable."""

    demonstration: Demonstration
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The final prompt.

    Attributes:
        text: The text that a completion model continues. For a chat prompt, it is the messages joined, for display and
            counting.
        messages: The chat messages; empty for a completion prompt.
        hits: The demonstrations that are in it, in the order they stand there.
        notes: What was left out or cut, and why, one sentence each.
    """

    text: str
    messages: tuple[Message, ...] = ()
    hits: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SamplingSettings:
    """How a code LM samples. The defaults are the paper's protocol (section 4.1.5 and SVEN's published settings).

    Attributes:
        temperature: 0 means greedy.
        top_p: The share of probability from which tokens are drawn (nucleus sampling).
        top_k: How many of the likeliest tokens are drawn from. 0 means all; the paper's scripts used 50.
        max_tokens: How many new tokens a completion has at most.
        seed: Completion i of a call uses a seed derived from this one and i.
        first: The number of the first completion. A call with `first=n` goes on where a call for n completions ended.
        stop: Strings at which a completion ends; they are not part of it.
        stop_when: A function that is called with the text of one completion so far. True means that extraction would
            cut it here, so a model may stop early. A model may also ignore it, because extraction cuts anyway.
    """

    temperature: float = 0.4
    top_p: float = 0.95
    top_k: int = 50
    max_tokens: int = 300
    seed: int = 0
    first: int = 0
    stop: tuple[str, ...] = ()
    stop_when: Callable[[str], bool] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Completion:
    """One sampled continuation, as the model gave it (see `seccoder.prompts.extract` for the code in it).

    Attributes:
        text: The model's text, without the prompt.
        seed: The seed this completion was sampled with.
        finish: `stop` (end of text or a stop string), `length` (max_tokens), `cut` (stop_when).
        prompt_tokens: How many tokens the prompt has, or None if the model does not say.
        tokens: How many tokens this completion has, or None if the model does not say.
        seconds: The wall time from the start of the call until this completion was there.
    """

    text: str
    seed: int
    finish: Literal["stop", "length", "cut"]
    prompt_tokens: int | None
    tokens: int | None
    seconds: float


# --- checking -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """A benchmark's or the demo's task: what is to be written, and what its oracle has to know.

    Attributes:
        id: Unique within its benchmark, such as `cwe-089/0-py`.
        language: Canonical language name.
        cwe: The weakness it is prone to; None if it is about none.
        prompt: Incomplete code that a completion continues.
        description: The task in words.
        suffix: Code that follows the completion.
        stop: Strings at which a completion ends, instead of the usual truncation.
    """

    id: str
    language: str
    cwe: str | None
    prompt: str
    description: str = ""
    suffix: str = ""
    stop: tuple[str, ...] = ()

    def query(self) -> Query:
        """Return the query of this task. It does not hold the CWE, because a retriever must never see it."""
        return Query(self.prompt, self.language, self.description, self.suffix, self.stop)


@dataclass(frozen=True, slots=True)
class Source:
    """What an oracle is given: the text of a whole file, its language and, if known, the target CWE and the task."""

    text: str
    language: str
    cwe: str | None = None
    task: Task | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One report of one oracle."""

    oracle: str
    rule: str
    cwe: str | None
    line: int | None  # from 1
    message: str
    path: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the documented shape of a finding."""
        return {
            "oracle": self.oracle,
            "rule": self.rule,
            "cwe": self.cwe,
            "line": self.line,
            "message": self.message,
        }


class Why(StrEnum):
    """Why an oracle did not look at a source, where somebody goes by it; the sentence is in `Check.reason`."""

    NOT_COVERED = "not-covered"  # it is for other languages
    MISSING_TOOL = "missing-tool"  # what it needs is not here; the sentence says what to do


@dataclass(frozen=True, slots=True)
class Check:
    """What one oracle says about one source. There is always exactly one check per oracle and source.

    Attributes:
        oracle: Name of the oracle.
        version: Version of the tool or of the check, as it reports it.
        evidence: `executed` if the code was run (or a compiler proved it for the target CWE), else `static`.
        analysed: Whether the oracle really looked at this source. False after a crash, a time-out or a missing tool.
        flagged: Whether it found something for the target CWE or its family (for any CWE, if there is no target).
        valid: False if it showed that the source does not parse or compile; True if it does; None if it cannot tell.
        exercised: Whether a benign input reached the sensitive operation. None if the oracle has no such control.
        functional: Whether the task's functional tests pass. None if it has none, or they were not run.
        findings: Everything it reported, also for other CWEs.
        seconds: The time it took for this source.
        reason: Why it was not analysed, not exercised or not valid, in one line.
        why: The kind of that reason, if it was not analysed and somebody goes by it.
    """

    oracle: str
    version: str
    evidence: Evidence
    analysed: bool
    flagged: bool = False
    valid: bool | None = None
    exercised: bool | None = None
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    reason: str = ""
    functional: bool | None = None
    why: Why | None = None

    def to_json(self) -> dict[str, Any]:
        """The documented shape of a check."""
        plain = ("oracle", "version", "evidence", "analysed", "flagged", "valid", "exercised", "functional")
        return {
            **{name: getattr(self, name) for name in plain},
            "findings": [finding.to_json() for finding in self.findings],
            "seconds": round(self.seconds, 3),
            "reason": self.reason,
            "why": self.why,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Check":
        """Make the check that `to_json` described.

        Records of the time before `why` say by their sentence alone that the oracle is for other languages.
        """
        of_old = Why.NOT_COVERED if str(value.get("reason", "")).startswith("does not cover") else None
        why = value.get("why", of_old)
        findings = tuple(Finding(**each) for each in value.get("findings", ()))
        return cls(**{**value, "findings": findings, "why": why and Why(why)})


class Label(StrEnum):
    """The four verdicts about a source."""

    SECURE = "SECURE"  # executed evidence, the benign control was reached, no exploit worked
    VULNERABLE = "VULNERABLE"
    INVALID = "INVALID"  # does not parse or compile
    UNKNOWN = "UNKNOWN"  # everything else, with the reason


class Unknown(StrEnum):
    """The kinds of UNKNOWN."""

    INERT = "inert"  # it was run, but no benign input reached the sensitive operation
    NOT_FLAGGED = "not-flagged"  # a static oracle read it and found nothing
    NOT_ANALYSED = "not-analysed"  # nobody could look at it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from a source's checks, by the one rule in `seccoder.oracles.verdict`.

    `reason` is the sentence for people. `kind` says which kind of UNKNOWN it is; for every other label it is None.
    """

    label: Label
    evidence: Evidence | None
    exercised: bool | None
    reason: str
    cwes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    kind: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A source with its checks, one per oracle, and the verdict that follows from them."""

    source: Source
    checks: tuple[Check, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Sample:
    """A query's completion with its code and its checks.

    Attributes:
        completion: The completion as the model gave it.
        code: The whole file: the query's code, what was extracted from the completion, the query's suffix.
        checks: One check per oracle.
        verdict: The verdict that follows from the checks.
        duplicate_of: The index of the earlier sample with the same code, or None.
        repairs: How many rounds of repair it took; 0 for a first version.
    """

    completion: Completion
    code: str
    checks: tuple[Check, ...]
    verdict: Verdict
    duplicate_of: int | None = None
    repairs: int = 0

    def to_json(self) -> dict[str, Any]:
        """The documented shape of a completion of `seccoder generate`."""
        verdict = self.verdict
        return {
            "code": self.code,
            "verdict": str(verdict.label),
            "evidence": verdict.evidence,
            "exercised": verdict.exercised,
            "reason": verdict.reason,
            "cwes": list(verdict.cwes),
            "checks": [check.to_json() for check in self.checks],
            "duplicate_of": self.duplicate_of,
            "repairs": self.repairs,
            "tokens": self.completion.tokens,
            "prompt_tokens": self.completion.prompt_tokens,
            "seed": self.completion.seed,
            "finish": self.completion.finish,
        }


# --- protocols ------------------------------------------------------------------------------------------------------


class Retriever(Protocol):
    """Ranks demonstrations for a query (paper, step 2)."""

    name: str
    threshold: float  # below this score a demonstration is not worth injecting

    def search(self, query: Query, k: int) -> list[Hit]:
        """Return at most k hits, best first, ties broken by content hash."""
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    version: str  # names the model and, if it was fitted, what it was fitted on

    def encode(self, texts: Sequence[str], kind: Literal["query", "document"]) -> "Vectors":
        """Return an array of shape (len(texts), d), dtype float32, rows of unit length."""
        ...


class CodeLM(Protocol):
    """Completes a prompt (paper, step 4). `seccoder.models.base.BaseLM` has what most models share."""

    name: str  # the spec it was made from
    chat: bool  # whether it wants chat prompts
    context_length: int  # tokens, prompt and completion together
    arithmetic: str  # the number format and the device it computes with, if its texts depend on them; "" if unknown

    def count_tokens(self, text: str) -> int:
        """Return the number of tokens of a text: exact or, for a remote model, an estimate from above."""
        ...

    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Return exactly n completions, in order of their seeds.

        Raises:
            ModelError: If the model cannot be loaded, reached or does not answer with n completions.
        """
        ...

    def generate_all(
        self, requests: Iterable[tuple[Prompt, int, SamplingSettings]]
    ) -> Iterator[tuple[int, list[Completion], float]]:
        """Answer many calls of `generate`, several at a time where that is faster; yield each as soon as it is there.

        Args:
            requests: The arguments of `generate`, with n > 0; each is taken from the iterator when its turn comes.

        Yields:
            Number of a request (from 0), its completions, and the seconds spent on them.

        Raises:
            ModelError: If a request fails; requests that were answered before it are yielded first.
        """
        ...

    def close(self) -> None:
        """Free what the model holds. It cannot be used afterwards."""
        ...


class Oracle(Protocol):
    """Decides about sources: it runs them or reads them (an *executed* or a *static* oracle)."""

    name: str

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one Check per source, in order, always; never fewer. Failures are Checks with `analysed=False`."""
        ...
