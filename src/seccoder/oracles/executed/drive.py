"""Starts the sandbox once for a Python source, lets the harness make all attempts there, and reads what it observed.

In flow a source, its surface and what the families want tried; out flows a `Run`. The harness runs beside foreign code,
so each observation is a claim: the families accept only what carries a token of this run in a place where benign code
would not have put it. Every run draws fresh tokens.
"""

import base64
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from seccoder import sandbox
from seccoder.oracles.executed.discover import Surface
from seccoder.sandbox.boxes import RESERVED

_INSIDE = Path(__file__).parent / "inside"
SECONDS = 12.0
APP = "/box/app"


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
    observe: tuple[str, ...] = ()  # of `inside/observe.py`
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


def run(text: str, surface: Surface, tokens: Tokens, wanted: Mapping[str, Wanted], *, language: str = "python") -> Run:
    """Make every attempt the families want, in one start of the sandbox.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    every = list(wanted.values())
    # a busy machine is no reason to give up
    patience = min(4.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))
    files = {path: data for want in every for path, data in want.files.items()}
    words = {
        "word": tokens.word,
        "number": str(tokens.a % 7 + 1),
        "host": f"{tokens.word}.example.com",
        "url": f"{tokens.word}.example.com",
        "email": f"{tokens.word}@example.com",
        "file": f"{tokens.word}.txt",
        "folder": f"{APP}/files",
        "object": json.dumps({tokens.word: tokens.word}, separators=(",", ":")),
    }
    plan = {
        "language": language,
        "names": surface.names,
        "exported": surface.exported,
        "objects": any(want.objects for want in every),
        "families": list(wanted),
        "functions": [asdict(function) for function in surface.functions],
        "script": bool(surface.argv or surface.stdin) or (surface.script and not surface.functions),
        "argv": surface.argv,
        "arguments": surface.arguments,
        "stdin": surface.stdin,
        "dialect": surface.dialect,
        "mark": tokens.mark,
        "secret": tokens.secret,
        "own": _own_words(surface.literals),
        "words": words,
        "upload": tokens.inside,
        "benign": list(dict.fromkeys(value for want in every for value in want.benign)),
        "attacks": [
            {**attack, "family": family, "files": _encoded(attack.get("files", {}))}
            for family, want in wanted.items()
            for attack in want.attacks
        ],
        "benign_files": _encoded({path: data for want in every for path, data in want.benign_files.items()}),
        "files": _encoded({path: data for path, data in files.items()}),
        "folders": [folder for want in every for folder in want.folders],
        "watch": list(dict.fromkeys(folder for want in every for folder in want.watch)),
        "snapshots": any(want.snapshots for want in every),
        "imports": sorted({name.partition(".")[0] for name in surface.imports}),
        "observe": sorted({name for want in every for name in want.observe}),
        "network": any(want.network for want in every)
        or bool(_NETWORK & {i.partition(".")[0] for i in surface.imports}),
        "distinct": any(want.distinct for want in every),
        "seconds": SECONDS * patience - 3,
        "patience": patience,
    }
    inside: dict[str, str | bytes] = {f"harness/{path.name}": path.read_text() for path in _INSIDE.glob("*.py")}
    inside["harness/plan.json"] = json.dumps(plan)
    if language == "javascript":
        inside |= {f"harness/{path.name}": path.read_text() for path in _INSIDE.glob("*.js")}
    inside["app/app.js" if language == "javascript" else "app/app.py"] = text
    for name in TOOLS:
        inside[f"tools/{name}"] = f'#!/bin/sh\necho "{name}: $*"\n'
    tops = {"/" + folder.split("/")[1] for want in every for folder in want.folders}
    outcome = sandbox.run(
        ["sh", "-c", "PATH=/box/tools:$PATH exec python3 -B /box/harness/harness.py"],
        files=inside,
        limits=sandbox.Limits(
            seconds=SECONDS * patience, memory_mb=1024, processes=64, output_bytes=16_000_000, disk_mb=64
        ),
        folders=sorted(tops - {f"/{name}" for name in RESERVED}),
    )
    return _read(outcome)


_NETWORK = set("requests httpx aiohttp urllib3 urllib http socket ssl smtplib".split())
# programs that code likes to call and that need a network, a user or an installation: each prints its arguments
TOOLS = (
    "ping ping6 nslookup dig host traceroute whois finger curl wget ifconfig netstat nmap ffmpeg convert "
    "git ssh zip unzip lsof mail sendmail systemctl service useradd sudo ip arp "
).split()


def _own_words(literals: Sequence[str]) -> list[str]:
    """Literals that may be what a parameter must be: the keys of a table, the choices of an option."""
    return [text for text in literals if 1 < len(text) < 20 and text.replace("-", "_").isidentifier()][:14]


def _encoded(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: base64.b64encode(data).decode() for path, data in files.items()}


def _read(outcome: sandbox.Outcome) -> Run:
    result = Run()
    for message in _messages(outcome.stdout):
        try:
            if "surface" in message:
                result.error = str(message["surface"]["error"])
                result.missing = [str(name) for name in message["surface"]["missing"]]
            elif "import" in message:
                result.error = str(message["import"]) or result.error
            elif "written" in message:
                result.written |= {path: base64.b64decode(data) for path, data in message["written"].items()}
            elif "finished" in message:
                result.finished = bool(message["finished"])
            elif "attempt" in message:
                result.attempts.append(_attempt(message["attempt"], message["found"]))
                result.written |= result.attempts[
                    -1
                ].changed  # cleared away after each attempt where files are compared
        except (KeyError, TypeError, ValueError, AttributeError):
            result.trouble = "the harness's report is damaged"
    if not result.finished and not result.trouble:
        lines = outcome.stderr.decode(errors="replace").strip().splitlines()
        result.trouble = f"stopped: {outcome.killed}" if outcome.killed else (lines[-1][:200] if lines else "time-out")
    return result


def _messages(output: bytes) -> Iterator[dict[str, Any]]:
    for line in output.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if isinstance(message, dict):
            yield message


def _attempt(made: Mapping[str, Any], found: Mapping[str, Any]) -> Attempt:
    return Attempt(
        n=int(made["n"]),
        entry=str(made["entry"]),
        values=tuple(map(str, made["values"])),
        case=made["case"],
        body=base64.b64decode(found.get("body", "")),
        printed=base64.b64decode(found.get("printed", "")),
        status=int(found.get("status", 0)),
        type=str(found.get("type", "")),
        headers=found.get("headers", {}),
        error=str(found.get("error", "")),
        died=bool(found.get("died")),
        events=tuple(Event(str(kind), str(text), line) for kind, text, line in found.get("events", [])),
        sql=tuple(
            (str(text), tuple(map(str, values or ())), str(dialect), bool(accepted), line)
            for text, values, dialect, accepted, line in found.get("sql", [])
        ),
        changed={path: base64.b64decode(data) for path, data in found.get("changed", {}).items()},
        removed=tuple(found.get("removed", ())),
        line=made.get("line"),
        modes={str(path): int(mode) for path, mode in found.get("modes", {}).items()},
        slots=tuple(map(str, made.get("slots", ()))),
        cpu=float(found.get("cpu", 0.0)),
        calls=tuple(Call(str(kind), dict(what), line) for kind, what, line in found.get("calls", [])),
    )


@dataclass(frozen=True, slots=True)
class Exploit:
    """An attack that worked."""

    cwe: str
    entry: str
    payload: str
    line: int | None
    message: str


@dataclass(slots=True)
class Judgement:
    """What a family concludes from a run."""

    exercised: bool = False
    exploits: list[Exploit] = field(default_factory=list)


def judged(
    run_: Run,
    family: str,
    cwe: str,
    reached: Callable[[Attempt], bool],
    exploited: Callable[[Attempt], tuple[str, int | None] | None],
) -> Judgement:
    """A judgement attempt by attempt: which benign one reached the operation, which attack (message, line) worked."""
    judgement = Judgement(exercised=any(reached(attempt) for attempt in benign_of(run_)))
    for attempt in attacks_of(run_, family):
        if found := exploited(attempt):
            judgement.exercised = True
            judgement.exploits.append(Exploit(cwe, attempt.entry, attempt.payload, found[1] or attempt.line, found[0]))
    return judgement


def carries(attempt: Attempt, text: str) -> bool:
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
