"""Defines the data of executed checks: what a family wants to try, what an attempt showed, what follows from it.

A `Family` says what it wants (`Wanted`), `seccoder.oracles.executed.launch` makes every attempt in one start of the
sandbox, and the family judges the `Run`. The harness runs beside foreign code, so each observation is a claim: families
accept only what carries a token of this run in a place where benign code would not have put it. Every run draws fresh
tokens.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from seccoder.oracles.executed.surface import Surface

APP = "/box/app"  # the folder that the code under test lies in


@dataclass(frozen=True, slots=True)
class Tokens:
    """Random words of one run. Letters and digits only, so that no encoding changes them."""

    word: str = field(default_factory=lambda: "b" + secrets.token_hex(4))  # the benign value
    inside: str = field(default_factory=lambda: "in" + secrets.token_hex(8))  # content of files that may be read
    secret: str = field(default_factory=lambda: "se" + secrets.token_hex(8))  # content of files that must not be
    mark: str = field(default_factory=lambda: "q" + secrets.token_hex(4))  # part of attack values
    a: int = field(default_factory=lambda: 10_000 + secrets.randbelow(80_000))
    b: int = field(default_factory=lambda: 10_000 + secrets.randbelow(80_000))

    @property
    def product(self) -> str:
        """What a shell, or Python, makes of the sum that an attack asks for."""
        return str(self.a * self.b)


@dataclass(slots=True)
class Wanted:
    """What one family wants tried. In attack values {W} is the slot's benign value, {N} the attempt's number."""

    attacks: list[dict[str, Any]] = field(default_factory=list)
    benign: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    benign_files: dict[str, bytes] = field(default_factory=dict)  # put back before each benign attempt
    folders: list[str] = field(default_factory=list)
    watch: list[str] = field(default_factory=list)
    snapshots: bool = False
    observe: tuple[str, ...] = ()  # of `inside/python/observe.py`
    objects: bool = False  # texts that hold JSON are given as what they hold (JavaScript)
    distinct: bool = False  # wants a benign call in which no two values are alike
    network: bool = False  # its attacks are addresses: the stand-in for the network is needed in any case


@dataclass(frozen=True, slots=True)
class Event:
    """An operation the code began, seen by an audit hook: its kind, its arguments (as text) and the code's line."""

    kind: str
    arguments: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """A use of a sensitive function, as its stand-in or an observer noted it."""

    kind: str
    what: Mapping[str, Any]
    line: int | None

    def text(self, name: str) -> str:
        """One thing that is known of it, as text."""
        return str(self.what.get(name, ""))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call of one entry point and what came of it."""

    n: int
    entry: str
    values: tuple[str, ...]
    case: Mapping[str, Any]  # {"label": "benign"} or an attack's own
    body: bytes
    printed: bytes
    status: int
    type: str
    headers: Mapping[str, str]
    error: str
    died: bool
    events: tuple[Event, ...]
    sql: tuple[tuple[str, tuple[str, ...], str, bool, int | None], ...]  # text, parameters, dialect, accepted, line
    changed: Mapping[str, bytes]
    removed: tuple[str, ...]
    line: int | None
    modes: Mapping[str, int] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    slots: tuple[str, ...] = ()  # the names of what the values were given as
    cpu: float = 0.0  # seconds of processor time

    @property
    def benign(self) -> bool:
        """Whether it is a positive control."""
        return self.case.get("label") == "benign"

    def called(self, *kinds: str) -> list[Call]:
        """Its notes of some kinds."""
        return [call for call in self.calls if call.kind in kinds]

    @property
    def payload(self) -> str:
        """What was given to the entry point."""
        return " ".join(self.values) or str(self.case.get("member", "a crafted file"))

    @property
    def said(self) -> bytes:
        """Everything it answered or printed."""
        return self.body + b"\n" + self.printed


@dataclass(slots=True)
class Run:
    """Everything that was observed for one source."""

    attempts: list[Attempt] = field(default_factory=list)
    written: dict[str, bytes] = field(default_factory=dict)
    error: str = ""  # why the code could not be loaded
    finished: bool = False
    trouble: str = ""  # why the harness did not come to its end
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Exploit:
    """An attack that worked.

    `cwes` are the weaknesses it shows, of those its family lists: it counts for each of them as a target, and is
    reported as the first.
    """

    cwes: tuple[str, ...]
    entry: str
    payload: str
    line: int | None
    message: str


@dataclass(slots=True)
class Judgement:
    """What a family concludes from a run.

    `reached` is the positive control: the weaknesses, of those the family lists, whose operation a benign input
    reached. A weakness that the family cannot rule out is never among them, so it is never called secure.
    """

    reached: set[str] = field(default_factory=set)
    exploits: list[Exploit] = field(default_factory=list)


class Family(Protocol):
    """A family of weaknesses that is attacked: one module of `seccoder.oracles.executed.families`.

    Attributes:
        NAME: Marks the family's attempts; the module's own name.
        CWES: Every weakness that it is asked for. What it exploits, and what a control stands for, are among them.
        HINT: A regular expression that a source must match when no weakness was asked for; "" where any may.
    """

    @property
    def NAME(self) -> str: ...  # noqa: D102

    @property
    def CWES(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def HINT(self) -> str: ...  # noqa: D102

    def want(self, surface: Surface, tokens: Tokens) -> Wanted:
        """Say what is to be tried on a source."""
        ...

    def judge(self, run: Run, tokens: Tokens) -> Judgement:
        """Read what was observed. Only what carries a token of this run may be trusted."""
        ...


def judge_attempts(
    run_: Run,
    family: str,
    cwes: tuple[str, ...],
    reached: Callable[[Attempt], bool],
    exploited: Callable[[Attempt], tuple[str, int | None] | None],
) -> Judgement:
    """A judgement attempt by attempt: which benign one reached the operation, which attack (message, line) worked."""
    judgement = Judgement(set(cwes) if any(reached(attempt) for attempt in benign_of(run_)) else set())
    for attempt in attacks_of(run_, family):
        if found := exploited(attempt):
            judgement.exploits.append(Exploit(cwes, attempt.entry, attempt.payload, found[1] or attempt.line, found[0]))
    return judgement


def mentions_value(attempt: Attempt, text: str) -> bool:
    """Whether a text holds one of the values that were given."""
    return any(len(value) > 2 and value in text for value in attempt.values)


def attacks_of(run_: Run, family: str) -> list[Attempt]:
    """The attack attempts of one family."""
    return [attempt for attempt in run_.attempts if attempt.case.get("family") == family]


def benign_of(run_: Run) -> list[Attempt]:
    """The positive controls."""
    return [attempt for attempt in run_.attempts if attempt.benign]


def literals_like_files(literals: Sequence[str]) -> list[str]:
    """Literals that could be a file's or folder's name."""
    return [
        text
        for text in literals
        if text.strip() == text and len(text) < 120 and not set(text) & set("\n\t<>{}%*?\"'|&;=()")
    ]
