"""Defines what flows while code is checked: tasks, sources, findings, checks, verdicts and samples."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

from seccoder.types.generation import Completion, Query

Evidence = Literal["executed", "static"]


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
        level: How hard it is, from 1; 0 if the benchmark does not say.
    """

    id: str
    language: str
    cwe: str | None
    prompt: str
    description: str = ""
    suffix: str = ""
    stop: tuple[str, ...] = ()
    level: int = 0

    def query(self) -> Query:
        """Return the query of this task. It does not hold the CWE, because a retriever must never see it."""
        return Query(self.prompt, self.language, self.description, self.suffix, self.stop)


@dataclass(frozen=True, slots=True)
class Source:
    """What an oracle is given: the text of a whole file, its language and, if known, the target CWE and the task.

    Attributes:
        text: The text.
        language: Canonical language name.
        cwe: The weakness that counts; None means any.
        task: The task, if it was written for one.
        path: The file.
        beside: The package's own files that it needs, by name, if it is checked where it lies (`oracles/beside.py`).
        place: Its own name among these; for Python it tells of which package it is.
    """

    text: str
    language: str
    cwe: str | None = None
    task: Task | None = None
    path: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One report of one oracle.

    Attributes:
        oracle: The oracle's name.
        rule: Its name for what it looks for.
        cwe: The weakness, if it names one.
        line: The line, from 1.
        message: What is wrong there. It holds no input that was tried, and is the same in every run.
        path: The file.
        entry: Of what was run: the entry point through which it was shown.
        entry_line: The line on which that entry point begins.
        given: The input with which it was shown. Words that were drawn at random stand in it as what they are for.
        call: How to show it once more, as JSON that only `seccoder.oracles.reproducing` reads; "" where that needs more
            than a call.
    """

    oracle: str
    rule: str
    cwe: str | None
    line: int | None
    message: str
    path: str = ""
    entry: str = ""
    entry_line: int | None = None
    given: str = ""
    call: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the documented shape of a finding, in neutral words."""
        return {
            "oracle": self.oracle,
            "rule": self.rule.replace("exploit-", "executed-"),
            "cwe": self.cwe,
            "line": self.line,
            "message": self.message,
        }


class Why(StrEnum):
    """Why an oracle did not look at a source, where somebody goes by it; the sentence is in `Check.reason`."""

    NOT_COVERED = "not-covered"  # it is for other languages
    NOT_CHOSEN = "not-chosen"  # other files of a large folder come first
    MISSING_TOOL = "missing-tool"  # what it needs is not here; the sentence says what to do
    NOT_COMPILED = "not-compiled"  # it does not compile by itself; names that are missing may be in other files


@dataclass(frozen=True, slots=True)
class Operation:
    """One sensitive operation of a source, with the evidence for it.

    Attributes:
        line: The line of the source on which it stands, from 1.
        kind: The kind of operation, named as the family that attacks it: `sql`, `paths`, `markup` and so on.
        cwe: The weakness that it may have.
        reached: Whether a benign run went through it with a recognised value.
        attacked: Whether an attack arrived there intact, or was refused where an ordinary value of its length passed.
        exploited: Whether an attack worked there.
    """

    line: int | None
    kind: str
    cwe: str
    reached: bool = False
    attacked: bool = False
    exploited: bool = False

    @property
    def label(self) -> "Label":
        """The operation's own verdict."""
        if self.exploited:
            return Label.VULNERABLE
        return Label.SECURE if self.reached and self.attacked else Label.UNKNOWN

    def to_json(self) -> dict[str, Any]:
        """Return the documented shape of an operation."""
        return {
            "line": self.line,
            "kind": self.kind,
            "cwe": self.cwe,
            "evidence": "executed" if self.label is not Label.UNKNOWN else None,
            "reached": self.reached,
            "attacked": self.attacked,
            "verdict": str(self.label),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Operation":
        """Make the operation that `to_json` described."""
        plain = {name: value[name] for name in ("line", "kind", "cwe", "reached", "attacked")}
        return cls(**plain, exploited=value["verdict"] == Label.VULNERABLE)


@dataclass(frozen=True, slots=True)
class NotTried:
    """What an executed check left out, and why: an entry point, and the weakness that was not tried there."""

    entry: str
    cwe: str | None
    reason: str


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
        operations: The sensitive operations that an executed oracle knows of, each with its evidence.
        not_tried: What it left out.
        unreached: The lines that no benign run of it executed, where it observes lines.
        suspected: The weakness that it was asked about and found, because a retrieved demonstration is about it; "" if
            it was asked about the source's own target.
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
    operations: tuple[Operation, ...] = ()
    not_tried: tuple[NotTried, ...] = ()
    unreached: tuple[int, ...] = ()
    suspected: str = ""

    def to_json(self) -> dict[str, Any]:
        """The documented shape of a check."""
        plain = ("oracle", "version", "evidence", "analysed", "flagged", "valid", "exercised", "functional")
        return {
            **{name: getattr(self, name) for name in plain},
            "findings": [finding.to_json() for finding in self.findings],
            "seconds": round(self.seconds, 3),
            "reason": self.reason,
            "why": self.why,
            "operations": [operation.to_json() for operation in self.operations],
            "not_tried": [asdict(each) for each in self.not_tried],
            "unreached": list(self.unreached),
            **({"suspected": self.suspected} if self.suspected else {}),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Check":
        """Make the check that `to_json` described.

        Records of the time before `why` say by their sentence alone that the oracle is for other languages.
        """
        of_old = Why.NOT_COVERED if str(value.get("reason", "")).startswith("does not cover") else None
        why = value.get("why", of_old)
        findings = tuple(Finding(**each) for each in value.get("findings", ()))
        operations = tuple(Operation.from_json(each) for each in value.get("operations", ()))
        not_tried = tuple(NotTried(**each) for each in value.get("not_tried", ()))
        made = {"findings": findings, "why": why and Why(why), "operations": operations, "not_tried": not_tried}
        made["unreached"] = tuple(value.get("unreached", ()))
        return cls(**{**value, **made})


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
    NOT_COMPILED = "not-compiled"  # likewise, because it does not compile by itself


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
        unmet: The query's own examples that the code does not keep, each in a few words.
    """

    completion: Completion
    code: str
    checks: tuple[Check, ...]
    verdict: Verdict
    duplicate_of: int | None = None
    repairs: int = 0
    unmet: tuple[str, ...] = ()

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
            "unmet": list(self.unmet),
            "tokens": self.completion.tokens,
            "prompt_tokens": self.completion.prompt_tokens,
            "seed": self.completion.seed,
            "finish": self.completion.finish,
        }
