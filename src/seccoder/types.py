"""The nouns: frozen dataclasses for everything that flows, and the protocols behind which implementations interchange.

Nothing here computes; a step takes some of these and returns others. Times are seconds, rates lie in 0..1, ranks start
at 1, scores are better when higher (within one retriever only), CWEs are spelled `CWE-22`, languages as in
`seccoder.code.languages`.

What these types do not guarantee: that a `Demonstration` is secure (its `proof` says how far that was shown), or that a
source no oracle flagged is secure (see `Verdict`).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

Evidence = Literal["executed", "static"]
Progress = Callable[[int, int | None], None]  # told how much is done, and how much there is in all if that is known


# --- the secure codebase -------------------------------------------------------------------------------------------


class ProofLevel(StrEnum):
    """How far a demonstration's security was shown, strongest first."""

    EXECUTED = "executed"  # a proof test passes on the secure code and its exploit works on the vulnerable twin
    DISCRIMINATED = "discriminated"  # an oracle flags the vulnerable twin and not the secure code
    FIX_COMMIT = "fix-commit"  # the code is the fixed side of a commit that fixed a vulnerability
    ASSERTED = "asserted"  # somebody said so

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
    """One secure example. Its identity is the hash of its content: what it says, not where it came from.

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
        repeat: Tells copies apart where a published set holds the same content twice and its size is part of a
            protocol (SVEN's training set, once); 0 everywhere else.
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
        text: What a completion model continues. For a chat prompt, the messages joined, for display and counting.
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
        top_p: Nucleus sampling.
        top_k: 0 means off; 50 is what the paper's scripts had in force.
        max_tokens: New tokens at most, per completion.
        seed: Completion i of a call uses a seed derived from this one and i.
        first: Number of the first completion: a call with `first=n` goes on where one for n completions ended.
        stop: Strings at which a completion ends; they are not part of it.
        stop_when: Called with the text of one completion so far; true means that extraction would cut it here, so a
            model may stop early. A model may also ignore it: extraction cuts anyway.
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
        prompt_tokens: Tokens of the prompt, or None if the model does not say.
        tokens: Tokens of this completion, or None if the model does not say.
        seconds: Wall time until this completion was there, counted from the start of the call.
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
        cwe: The weakness it is prone to; "" if it is about none.
        prompt: Incomplete code that a completion continues.
        description: The task in words.
        suffix: Code that follows the completion.
        stop: Strings at which a completion ends, instead of the usual truncation.
    """

    id: str
    language: str
    cwe: str
    prompt: str
    description: str = ""
    suffix: str = ""
    stop: tuple[str, ...] = ()

    def query(self) -> Query:
        """The query that stands for this task. It does not carry the CWE: a retriever never sees it."""
        return Query(self.prompt, self.language, self.description, self.suffix, self.stop)


@dataclass(frozen=True, slots=True)
class Source:
    """What an oracle is given: a whole file's text, its language, and, if known, the target CWE and the task."""

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
        """The documented shape of a finding."""
        return {name: getattr(self, name) for name in ("oracle", "rule", "cwe", "line", "message")}


@dataclass(frozen=True, slots=True)
class Check:
    """One oracle's word about one source. There is always exactly one per oracle and source.

    Attributes:
        oracle: Name of the oracle.
        version: Version of the tool or of the check, as it reports it.
        evidence: `executed` if the code was run (or a compiler proved it for the target CWE), else `static`.
        analysed: The oracle really looked at this source. False after a crash, a time-out or a missing tool.
        flagged: It found something for the target CWE or its family (for any CWE, if there is no target).
        valid: False if it showed that the source does not parse or compile; True if it does; None if it cannot tell.
        exercised: A benign input reached the sensitive operation. None if the oracle has no such control.
        functional: The task's functional tests pass. None if it has none, or they were not run.
        findings: Everything it reported, also for other CWEs.
        seconds: Time it took for this source.
        reason: Why it was not analysed, not exercised or not valid, in one line.
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

    def to_json(self) -> dict[str, Any]:
        """The documented shape of a check."""
        plain = ("oracle", "version", "evidence", "analysed", "flagged", "valid", "exercised", "functional")
        return {
            **{name: getattr(self, name) for name in plain},
            "findings": [finding.to_json() for finding in self.findings],
            "seconds": round(self.seconds, 3),
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Check":
        """The check that `to_json` made this of."""
        return cls(**{**value, "findings": tuple(Finding(**each) for each in value.get("findings", ()))})


class Label(StrEnum):
    """The four things that can be said about a source."""

    SECURE = "SECURE"  # executed evidence, the benign control was reached, no exploit worked
    VULNERABLE = "VULNERABLE"
    INVALID = "INVALID"  # does not parse or compile
    UNKNOWN = "UNKNOWN"  # everything else, with the reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from a source's checks (`seccoder.oracles.verdict` holds the one rule)."""

    label: Label
    evidence: Evidence | None
    exercised: bool | None
    reason: str
    cwes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A query's completion with its code and its checks.

    Attributes:
        completion: As the model gave it.
        code: The whole file: the query's code, what was extracted from the completion, the query's suffix.
        checks: One per oracle.
        verdict: What follows from them.
        duplicate_of: Index of the earlier sample with the same code, or None.
        repairs: Rounds of repair it took; 0 for a first version.
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
    """Completes a prompt (paper, step 4).

    For evaluations a model may also have `generate_all` (`models/huggingface/lm.py`), which draws samples of several
    prompts at a time, or `calls_at_a_time`: how many calls of `generate` it takes from different threads.
    """

    name: str  # the spec it was made from
    chat: bool  # whether it wants chat prompts
    context_length: int  # tokens, prompt and completion together

    def count_tokens(self, text: str) -> int:
        """Number of tokens of a text, exact or, for a remote model, an estimate from above."""
        ...

    def generate(self, prompt: Prompt, n: int, settings: SamplingSettings) -> list[Completion]:
        """Return exactly n completions, in order of their seeds.

        Raises:
            ModelError: If the model cannot be loaded, reached or does not answer with n completions.
        """
        ...


class Oracle(Protocol):
    """Says something about sources."""

    name: str

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one Check per source, in order, always; never fewer. Failures are Checks with `analysed=False`."""
        ...
