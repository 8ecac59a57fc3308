"""Starts the sandbox once for a source, and conducts a campaign of attempts with the harness there.

It takes a source in Python or JavaScript, its surface and what the families want, and returns the campaign with the
`Run` that was observed.
"""

import base64
import contextlib
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from seccoder import sandbox
from seccoder.oracles.executed.attempts import Attempt, Call, Event, Tokens, Wanted, encoded
from seccoder.oracles.executed.campaign import Batch, Campaign
from seccoder.oracles.executed.scripts import boxed
from seccoder.oracles.executed.surface import Surface
from seccoder.sandbox.boxes import RESERVED

_INSIDE = Path(__file__).parent / "inside"  # in the box all of it lies in one folder
_SECONDS = 9.0  # all attempts together may take, by the harness's clock, which does not count waiting for a processor
_BACKSTOP = 180.0  # seconds on the wall after which the box is ended: the machine is too busy, and the verdict UNKNOWN
_PRELOAD = ("flask", "jinja2")  # large, and loaded by each process in the box otherwise
_NETWORK = set("requests httpx aiohttp urllib3 urllib http socket ssl smtplib".split())
# programs that code likes to call and that need a network, a user or an installation: each prints its arguments
TOOLS = (
    "ping ping6 nslookup dig host traceroute whois finger curl wget ifconfig netstat nmap ffmpeg convert "
    "git ssh zip unzip lsof mail sendmail systemctl service useradd sudo ip arp "
).split()


@dataclass(frozen=True, slots=True)
class Near:
    """What lies beside a source: its own place among the files of its package, and the others by name."""

    place: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


def run(
    text: str,
    surface: Surface,
    tokens: Tokens,
    wanted: Mapping[str, Wanted],
    begin: Callable[[Mapping[str, Any]], Campaign],
    *,
    language: str = "python",
    near: Near = Near(),
) -> Campaign:
    """Conduct the attempts on a source, in one start of the sandbox.

    Args:
        text: The source.
        surface: What the source offers.
        tokens: The random words of this run.
        wanted: What each family wants.
        begin: Makes the campaign, once it is known what the loaded code offers.
        language: `python` or `javascript`.
        near: What lies beside the source.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    every = list(wanted.values())
    inside: dict[str, str | bytes] = {f"harness/{name}": content for name, content in _scripts(language).items()}
    inside["app/app.js" if language == "javascript" else "app/app.py"] = text
    for name, content in near.files.items():
        inside.setdefault(os.path.normpath(f"app/{name}"), content)
    # a name of a module is a literal, too, maybe without its suffix, and no file of ours takes its place
    modules = [PurePath(name) for name in inside]
    taken = {str(each) for path in modules for each in (path, path.with_suffix(""), *path.parents)}
    files = {path: data for want in every for path, data in want.files.items() if _within(path) not in taken}
    plan = {
        "language": language,
        "python": sys.prefix if language == "python" else "",
        "preload": ["calls", *(name for name in _PRELOAD if name in text.lower())] if language == "python" else [],
        "names": surface.names,
        "exported": surface.exported,
        "objects": any(want.objects for want in every),
        "families": list(wanted),
        "dialect": surface.dialect,
        "mark": tokens.mark,
        "secret": tokens.secret,
        "tokens": [tokens.mark, tokens.tiny, tokens.inside, tokens.word, tokens.product],
        "upload": tokens.inside,
        "files": encoded(files),
        "folders": [folder for want in every for folder in want.folders],
        "watch": list(dict.fromkeys(folder for want in every for folder in want.watch)),
        "snapshots": any(want.snapshots for want in every),
        "imports": sorted({name.partition(".")[0] for name in surface.imports}),
        "observe": sorted({name for want in every for name in want.observe}),
        "network": any(want.network for want in every)
        or bool(_NETWORK & {name.partition(".")[0] for name in surface.imports}),
        "seconds": _SECONDS,
        "place": near.place,
    }
    for name in TOOLS:
        inside[f"tools/{name}"] = f'#!/bin/sh\necho "{name}: $*"\n'
    tops = {_top(folder) for want in every for folder in want.folders}
    dialogue = _Dialogue(begin)
    outcome = sandbox.run(
        ["sh", "-c", "PATH=/box/tools:$PATH exec python3 -S -B /box/harness"]
        if language == "javascript"
        else ["sh", "-c", "PATH=/box/tools:$PATH exec python3 -B /box/harness"],
        files=inside,
        stdin=json.dumps(plan).encode() + b"\n",
        limits=sandbox.Limits(seconds=_BACKSTOP, memory_mb=1024, processes=64, output_bytes=32_000_000, disk_mb=64),
        folders=sorted(tops - {f"/{name}" for name in RESERVED}),
        dialogue=dialogue.hear,
    )
    return dialogue.end(outcome)


@cache
def _scripts(language: str) -> dict[str, bytes]:
    """Return what lies in the harness's folder, which is started as a program."""
    found = {**boxed(_INSIDE), "__main__.py": b"import harness\n\nharness.main()\n"}
    if language == "python":
        return found | boxed(_INSIDE / "python")
    return found | {path.name: path.read_bytes() for path in (_INSIDE / "javascript").glob("*.js")}


def _within(path: str) -> str:
    """Return the name of a file in the box's folder."""
    return os.path.normpath(path).removeprefix("/box/")


def _top(folder: str) -> str:
    """Return the folder that is made private so that another one can be made in it."""
    parts = folder.split("/")
    return "/".join(parts[:3]) if parts[1] == "etc" else f"/{parts[1]}"


@dataclass(slots=True)
class _Dialogue:
    """Translates between a campaign and the lines of the harness."""

    begin: Callable[[Mapping[str, Any]], Campaign]
    campaign: Campaign | None = None
    batches: Generator[Batch, list[Attempt], None] | None = None
    asked: dict[int, dict[str, Any]] = field(default_factory=dict)
    made: list[Attempt] = field(default_factory=list)
    damaged: bool = False

    def hear(self, line: bytes) -> bytes:
        """Take one line of the harness, and return what it is told."""
        try:
            message = json.loads(line)
        except ValueError:
            return b""
        if not isinstance(message, dict):
            return b""
        if "surface" in message and self.campaign is None:
            found = message["surface"]
            self.campaign = self.begin(found)
            run = self.campaign.run
            run.error, run.missing = str(found.get("error", "")), [str(name) for name in found.get("missing", [])]
            run.supplied = [str(name) for name in found.get("names", [])]
            with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
                run.attempts.append(_attempt(_LOADING, found["loading"]))
            run.loaded = frozenset(int(number) for number in found.get("lines", []))
            self.batches = self.campaign.conduct()
            return self._next(None)
        if "attempt" in message and self.campaign is not None:
            try:
                self.made.append(_attempt(self.asked[message["attempt"]], message["found"]))
            except (KeyError, TypeError, ValueError, AttributeError):
                self.damaged = True  # what the code under test says of itself need not be well formed
                return b""
            self.campaign.run.written |= self.made[-1].changed  # cleared away after each attempt
        elif "batch" in message and self.batches is not None:
            self._note_written(message["batch"]["written"])
            return self._next(self.made)
        elif "finished" in message and self.campaign is not None:
            self._note_written(message["written"])
            self.campaign.run.finished = True
        return b""

    def _next(self, made: list[Attempt] | None) -> bytes:
        assert self.batches is not None  # noqa: S101 - made before
        try:
            batch = next(self.batches) if made is None else self.batches.send(made)
        except StopIteration:
            return b"{}\n"
        self.made = []
        self.asked = {item["n"]: item for item in batch}
        return json.dumps({"attempts": batch}).encode() + b"\n"

    def _note_written(self, written: Mapping[str, str]) -> None:
        if self.campaign is not None:
            self.campaign.run.written |= {str(path): base64.b64decode(data) for path, data in written.items()}

    def end(self, outcome: sandbox.Outcome) -> Campaign:
        """Return the campaign, with the reason if it did not come to its end.

        Raises:
            SandboxError: If nothing was said because no box of this machine can do anything.
        """
        if self.campaign is None and (why := sandbox.unavailable()) is not None:
            raise sandbox.SandboxError(why)
        campaign = self.campaign or self.begin({"routes": [], "error": ""})
        run = campaign.run
        run.attempts += [attempt for attempt in self.made if attempt not in run.attempts] if not run.finished else []
        if not run.finished:
            lines = outcome.stderr.decode(errors="replace").strip().splitlines()
            run.trouble = (
                "the harness's report is damaged"
                if self.damaged
                else f"stopped by the limit of {outcome.killed}"
                if outcome.killed
                else (lines[-1][:200] if lines else "time-out")
            )
        return campaign


def _attempt(item: Mapping[str, Any], found: Mapping[str, Any]) -> Attempt:
    entry = item["entry"]
    return Attempt(
        n=int(item["n"]),
        entry=str(entry["label"]),
        how=entry,
        values=tuple(map(str, item["values"])),
        case=item["case"],
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
        line=entry.get("line"),
        modes={str(path): int(mode) for path, mode in found.get("modes", {}).items()},
        slots=tuple(str(slot[1]) for slot in entry["slots"]),
        kinds=tuple(str(slot[0]) for slot in entry["slots"]),
        cpu=float(found.get("cpu", 0.0)),
        matched=float(found.get("matched", found.get("cpu", 0.0))),
        calls=tuple(Call(str(kind), dict(what), line) for kind, what, line in found.get("calls", [])),
        lines=tuple(int(line) for line in found.get("lines", [])),
        asked=tuple(_asked(found.get("asked", []))),
    )


# What loading the code did counts as a benign attempt without values.
_LOADING = {
    "n": -1,
    "entry": {"label": "(module)", "slots": [], "line": None},
    "values": [],
    "case": {"label": "benign"},
}


def _asked(told: Sequence[Sequence[Any]]) -> Iterator[tuple[int, str, Any, Any]]:
    for line, question, left, right in told:
        yield int(line), str(question), left, right
