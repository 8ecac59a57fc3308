"""Starts the sandbox once for a source, lets the harness make all attempts there, and reads its report.

It takes a source in Python or JavaScript, its surface and what the families want to be tried, and returns a `Run`.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from seccoder import sandbox
from seccoder.oracles.executed.attempts import APP, Attempt, Call, Event, Run, Tokens, Wanted
from seccoder.oracles.executed.surface import Surface
from seccoder.sandbox.boxes import RESERVED

_INSIDE = Path(__file__).parent / "inside"  # in the box all of it lies in one folder
_SECONDS = 9.0  # all attempts together may take, by the harness's clock, which does not count waiting for a processor
_BACKSTOP = 180.0  # seconds on the wall after which the box is ended: the machine is too busy, and the verdict UNKNOWN


def run(text: str, surface: Surface, tokens: Tokens, wanted: Mapping[str, Wanted], *, language: str = "python") -> Run:
    """Make every attempt the families want, in one start of the sandbox.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    every = list(wanted.values())
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
        "preload": [name for name in _PRELOAD if language == "python" and name in text.lower()],
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
        "seconds": _SECONDS,
    }
    scripts = [*_INSIDE.glob("*.py"), *(_INSIDE / "python").glob("*.py")]
    if language == "javascript":
        scripts += (_INSIDE / "javascript").glob("*.js")
    inside: dict[str, str | bytes] = {f"harness/{path.name}": path.read_text() for path in scripts}
    inside["harness/plan.json"] = json.dumps(plan)
    inside["app/app.js" if language == "javascript" else "app/app.py"] = text
    for name in TOOLS:
        inside[f"tools/{name}"] = f'#!/bin/sh\necho "{name}: $*"\n'
    tops = {"/" + folder.split("/")[1] for want in every for folder in want.folders}
    outcome = sandbox.run(
        ["sh", "-c", "PATH=/box/tools:$PATH exec python3 -B /box/harness/harness.py"],
        files=inside,
        limits=sandbox.Limits(seconds=_BACKSTOP, memory_mb=1024, processes=64, output_bytes=16_000_000, disk_mb=64),
        folders=sorted(tops - {f"/{name}" for name in RESERVED}),
    )
    return _read(outcome)


_PRELOAD = ("flask", "jinja2")  # large, and loaded by each process in the box otherwise
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
        result.trouble = (
            f"stopped by the limit of {outcome.killed}"
            if outcome.killed
            else (lines[-1][:200] if lines else "time-out")
        )
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
