"""Defines the data of executed checks: what a family wants to try, what an attempt showed, what follows from it.

A `Family` says what it wants (`Wanted`), `seccoder.oracles.executed.launch` makes every attempt in one start of the
sandbox, and the family judges the `Run`. The harness runs beside foreign code, so each observation is a claim: families
accept only what carries a token of this run in a place where benign code would not have put it. Every run draws fresh
tokens.
"""

import base64
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from seccoder.oracles.executed.surface import Surface

APP = "/box/app"  # the folder of the code under test


@dataclass(frozen=True, slots=True)
class Tokens:
    """Holds the random words of one run. They are letters and digits only, so that no encoding changes them."""

    word: str = field(default_factory=lambda: "b" + secrets.token_hex(4))  # the benign value
    inside: str = field(default_factory=lambda: "in" + secrets.token_hex(8))  # content of files that may be read
    secret: str = field(default_factory=lambda: "se" + secrets.token_hex(8))  # content of files that must not be
    # Part of attack values. Its second character is a digit, so that what lets in letters alone always refuses it.
    mark: str = field(default_factory=lambda: f"q{secrets.randbelow(10)}{secrets.token_hex(4)[1:]}")
    tiny: str = field(
        default_factory=lambda: "q" + secrets.token_hex(2)
    )  # the same where only a few letters are let in
    a: int = field(default_factory=lambda: 10_000 + secrets.randbelow(80_000))
    b: int = field(default_factory=lambda: 10_000 + secrets.randbelow(80_000))

    @property
    def product(self) -> str:
        """The result of the multiplication for which an attack asks a shell or Python."""
        return str(self.a * self.b)

    def plain(self, text: str) -> str:
        """Return a text with words of its own in place of the random ones, so that it says the same in every run."""
        drawn = {self.product: "55555", self.inside: "inside", self.secret: "secret", self.word: "word"}
        drawn |= {self.mark: "mark", self.tiny: "mk", str(self.a): "55555", str(self.b): "1"}
        return re.sub("|".join(drawn), lambda found: drawn[found[0]], text)


@dataclass(slots=True)
class Wanted:
    """Holds what one family wants to try.

    In attack values, {W} stands for the slot's benign value and {N} for the attempt's number.
    """

    attacks: list[dict[str, Any]] = field(default_factory=list)
    benign: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    benign_files: dict[str, bytes] = field(default_factory=dict)  # put back before each benign attempt
    folders: list[str] = field(default_factory=list)
    watch: list[str] = field(default_factory=list)
    snapshots: bool = False
    observe: tuple[str, ...] = ()  # the observers of `inside/python/observe.py` that it needs
    objects: bool = False  # a text that holds JSON is given as the value that it holds (JavaScript)
    distinct: bool = False  # it needs a benign call in which no two values are equal
    long: bool = False  # its attacks are long, so that a limit of length is a defence against them
    facts: dict[str, Any] = field(default_factory=dict)  # what its judgement needs to know of the source
    network: bool = False  # its attacks are addresses: the stand-in for the network is needed in any case


@dataclass(frozen=True, slots=True)
class Event:
    """Holds an operation that the code began and an audit hook saw, with its arguments as text and the code's line."""

    kind: str
    arguments: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """Holds a use of a sensitive function, as its stand-in or an observer recorded it."""

    kind: str
    what: Mapping[str, Any]
    line: int | None

    def text(self, name: str) -> str:
        """Return one recorded detail as text."""
        return str(self.what.get(name, ""))


@dataclass(frozen=True, slots=True)
class Use:
    """Holds one use that an attempt made of a sensitive operation.

    Attributes:
        kind: What the operation is, such as `statement` or `file`.
        line: The source's line that began it, or None where that is not known.
        text: What it was given, in which values and marks are looked for.
    """

    kind: str
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """Holds one call of one entry point and what was observed."""

    n: int
    entry: str
    values: tuple[str, ...]
    case: Mapping[str, Any]  # {"label": "benign"}, or what the attack is
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
    slots: tuple[str, ...] = ()  # the names of the slots that got the values
    kinds: tuple[str, ...] = ()  # the kinds of these slots, such as `parameter` or `query`
    how: Mapping[str, Any] = field(default_factory=dict)  # the entry point as the box was told of it
    cpu: float = 0.0  # seconds of processor time
    matched: float = 0.0  # those of them that went into matching expressions, where that is known; else all of them
    lines: tuple[int, ...] = ()  # the source's lines that were executed (Python)
    asked: tuple[
        tuple[int, str, Any, Any], ...
    ] = ()  # what the code asked of its values (`inside/python/instrument.py`)

    @property
    def benign(self) -> bool:
        """Whether the attempt is a positive control."""
        return self.case.get("label") == "benign"

    def called(self, *kinds: str) -> list[Call]:
        """Return the recorded calls of these kinds."""
        return [call for call in self.calls if call.kind in kinds]

    @property
    def payload(self) -> str:
        """The values that the entry point was given, as one text."""
        return " ".join(self.values) or str(self.case.get("member", "a crafted file"))

    @property
    def said(self) -> bytes:
        """Everything that the code answered or printed."""
        return self.body + b"\n" + self.printed


@dataclass(slots=True)
class Run:
    """Holds everything that was observed for one source."""

    attempts: list[Attempt] = field(default_factory=list)
    written: dict[str, bytes] = field(default_factory=dict)
    error: str = ""  # why the code could not be loaded
    finished: bool = False
    trouble: str = ""  # why the harness did not come to its end
    missing: list[str] = field(default_factory=list)
    supplied: list[str] = field(default_factory=list)  # the names that nothing defines, for which there were stand-ins
    facts: dict[str, Any] = field(default_factory=dict)  # what the families noted of the source
    aimed: bool = False  # whether one weakness was asked for
    loaded: frozenset[int] = frozenset()  # the lines that loading the code executed


@dataclass(frozen=True, slots=True)
class Exploit:
    """Holds an attack that worked.

    `cwes` are the weaknesses that it shows, out of those that its family lists. It counts for each of them as a target,
    and it is reported as the first.
    """

    cwes: tuple[str, ...]
    entry: str
    payload: str
    line: int | None
    message: str


@dataclass(slots=True)
class Judgement:
    """Holds what a family concludes from a run.

    `reached` is the positive control: it holds the weaknesses, out of those that the family lists, whose operation a
    benign input reached. A weakness that the family cannot rule out is never among them, so it is never called secure.
    `open_to_caller` holds what is an exploit only if callers in the same program hand on what comes from outside.
    """

    reached: set[str] = field(default_factory=set)
    exploits: list[Exploit] = field(default_factory=list)
    open_to_caller: list[Exploit] = field(default_factory=list)


class Family(Protocol):
    """Is a family of weaknesses that is attacked: one module of `seccoder.oracles.executed.families`.

    Attributes:
        NAME: The module's own name. It marks the family's attempts.
        CWES: Every weakness for which the family is asked. The weaknesses of its exploits and controls are among them.
        HINT: A regular expression that a source must match if no weakness was asked for, or "" if every source may.
    """

    @property
    def NAME(self) -> str: ...  # noqa: D102

    @property
    def CWES(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def HINT(self) -> str: ...  # noqa: D102

    def want(self, surface: Surface, tokens: Tokens) -> Wanted:
        """Say what to try on a source."""
        ...

    def judge(self, run: Run, tokens: Tokens) -> Judgement:
        """Conclude from what was observed. Only what carries a token of this run may be trusted."""
        ...


def judge_attempts(
    run_: Run,
    family: str,
    cwes: tuple[str, ...],
    reached: Callable[[Attempt], bool],
    exploited: Callable[[Attempt], tuple[str, int | None] | None],
) -> Judgement:
    """Judge a run attempt by attempt.

    Args:
        run_: What was observed.
        family: The name of the family whose attacks count.
        cwes: The weaknesses for which each exploit and the control count.
        reached: Says whether a benign attempt reached the operation.
        exploited: Returns message and line of an attack that worked, and None for one that did not.
    """
    judgement = Judgement(set(cwes) if any(reached(attempt) for attempt in benign_of(run_)) else set())
    for attempt in attacks_of(run_, family):
        if found := exploited(attempt):
            judgement.exploits.append(Exploit(cwes, attempt.entry, attempt.payload, found[1] or attempt.line, found[0]))
    return judgement


def given_whole(attempt: Attempt, text: str, names: str) -> str:
    """Return the parameter that is a text as a whole by its contract, or "" if there is none.

    A caller in the same program chooses the path of `load(path)`, and the statement of `rows(sql)`. That is no weakness
    of the function, unless it looks at the value itself, which shows that it does not trust it. In Python that is seen
    where it happens, in JavaScript the function's text must not ask of any text what it is like.

    Args:
        attempt: The attempt that gave the value.
        text: What the operation was given.
        names: A regular expression for the names of parameters that are meant so; "" stands for all.
    """
    for kind, name, value in zip(attempt.kinds, attempt.slots, attempt.values, strict=False):
        seen = attempt.lines or attempt.how.get("asks") is False
        if kind in {"parameter", "owner"} and value == text and seen and re.search(names, name, re.I):
            sides = [side for _, _, *both in attempt.asked for side in both]
            if not any(isinstance(side, str) and side and side in value for side in sides):
                return name
    return ""


def called_inside(attempt: Attempt) -> bool:
    """Say whether only code of the same program calls an entry point: a function without a decorator and a request."""
    how = attempt.how
    given = {name for name, *_ in how.get("parameters", ())} | set(how.get("shapes", {}).values())
    requested = not given.isdisjoint({"request", "req", "environ"})
    return how.get("kind") == "function" and not how.get("decorated") and not requested


def mentions_value(attempt: Attempt, text: str) -> bool:
    """Say whether a text holds one of the values that the attempt was given, maybe in another case or backwards."""
    folded = text.casefold()
    return any(len(value) > 2 and carries(folded, value) for value in attempt.values)


def carries(text: str, value: str) -> bool:
    """Say whether a text (without differences of case) holds a value, maybe in another case or backwards."""
    folded = value.casefold()
    return folded in text or folded[::-1] in text


def attacks_of(run_: Run, family: str) -> list[Attempt]:
    """Return the attack attempts of one family."""
    return [attempt for attempt in run_.attempts if attempt.case.get("family") == family]


def benign_of(run_: Run) -> list[Attempt]:
    """Return the positive controls."""
    return [attempt for attempt in run_.attempts if attempt.benign]


def encoded(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return files as JSON can hold them."""
    return {path: base64.b64encode(data).decode() for path, data in files.items()}


def literals_like_files(literals: Sequence[str]) -> list[str]:
    """Return the literals that could be the name of a file or folder."""
    return [
        text
        for text in literals
        if text.strip() == text and len(text) < 120 and not set(text) & set("\n\t<>{}%*?\"'|&;=()")
    ]
