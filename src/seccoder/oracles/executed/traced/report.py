"""Reads what the box of Java or Go tells, and says it in the words that the families of weaknesses know.

A box tells one JSON document a line: its entry points and sites, each attempt with its slots and events, and its end.
"""

import base64
import json
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from seccoder import sandbox
from seccoder.oracles.executed.attempts import APP, Attempt, Call, Event, Run

_WRITES = re.compile(r"OutputStream|Writer|write|copy|move|create|mkdir|PrintStream|Formatter|RandomAccess|save", re.I)
_NEW = re.compile(r"createTemp|createFile|createNewFile|CREATE_NEW|O_EXCL|CreateTemp|MkdirTemp|TempFile|TempDir")
_THERE = "\1there"  # told of a file that was there before
_AEAD = ("GCM", "CCM", "POLY1305", "OCB", "EAX", "SIV")


@dataclass(slots=True)
class Told:
    """What one start of a box told: entry points (key, label, route, line), sites (line, kind), and the run."""

    entries: list[tuple[str, str, bool, int | None]] = field(default_factory=list)
    sites: list[tuple[int, str]] = field(default_factory=list)
    run: Run = field(default_factory=Run)
    refused: str = ""  # what the compiler said, where it refused the source


def read(outcome: sandbox.Outcome, cases: Mapping[int, Mapping[str, Any]], labels: Mapping[str, str]) -> Told:
    """Read a report.

    Args:
        outcome: How the box ended.
        cases: What each attempt is, by its number. An attempt that is not in it is benign.
        labels: The labels of entry points that an earlier start of the box told.
    """
    told = Told()
    known = dict(labels)
    for message in _messages(outcome.stdout):
        try:
            if "entries" in message:
                told.entries = [(str(k), str(label), bool(route), line) for k, label, route, line in message["entries"]]
                known |= {key: label for key, label, *_ in told.entries}
                places = [str(site).partition(" ") for site in message["sites"]]
                told.sites = [(int(line), kind) for line, _, kind in places]
            elif "attempt" in message:
                attempt = _attempt(message["attempt"], cases, known)
                told.run.attempts.append(attempt)
                told.run.written |= attempt.changed
            elif "refused" in message:
                told.refused = str(message["refused"])
            elif "trouble" in message:
                told.run.error = str(message["trouble"])
            elif "finished" in message:
                told.run.finished = bool(message["finished"])
                told.run.trouble = "" if told.run.finished else "stopped by the limit of time"
        except (KeyError, TypeError, ValueError, AttributeError):
            told.run.trouble = "the harness's report is damaged"
    if not told.run.finished and not told.run.trouble:
        lines = outcome.stderr.decode(errors="replace").strip().splitlines()
        limit = f"stopped by the limit of {outcome.killed}"
        told.run.trouble = limit if outcome.killed else (lines[-1][:200] if lines else "it ended early")
    return told


def _messages(output: bytes) -> Iterator[dict[str, Any]]:
    for line in output.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if isinstance(message, dict):
            yield message


def _attempt(made: Mapping[str, Any], cases: Mapping[int, Mapping[str, Any]], labels: Mapping[str, str]) -> Attempt:
    slots = {str(slot): str(made["slots"][slot]) for slot in made.get("order", made["slots"])}
    n, key = int(made["n"]), str(made["entry"])
    told = [(str(kind), str(name), line or None, [str(text) for text in given])
            for kind, name, line, given in made["events"] or ()]  # fmt: skip
    calls = [Call(str(kind), dict(what), line) for kind, what, line in made["calls"] or ()]
    calls = [call for call in (*map(_plain, calls), *(c for event in told for c in _derived(*event))) if call]
    calls = [_with_address(call, slots.values()) for call in calls]
    headers: dict[str, str] = {}
    for name, value in made["headers"] or ():
        spellings = (str(name), str(name).lower(), str(name).upper(), str(name).swapcase())
        free = next((spelled for spelled in spellings if spelled not in headers), str(name))
        headers[free] = str(value)  # one that comes again is kept under another spelling
    body = base64.b64decode(made["body"] or "")
    if body.startswith(b"HTTP/1."):  # the code writes the answer itself
        head, _, body = body.partition(b"\r\n\r\n")
        pairs = [line.partition(": ") for line in head.decode("latin-1").splitlines()[1:]]
        headers |= {name: value for name, _, value in pairs}
    if re.match(rb"[A-Z][A-Za-z-]+: [^\r\n]*\r?\n", body) and b"\n\r\n" in body:  # what is given back is a mail
        calls.append(Call("mail", {"text": body.decode(errors="replace")}, None))
    return Attempt(
        n=n,
        entry=labels.get(key, key),
        values=tuple(slots.values()),
        case={**cases.get(n, {"label": "benign"}), "entry": key, "flag": bool(made["flag"])},
        body=body,
        printed=base64.b64decode(made["printed"] or ""),
        status=int(made["status"]),
        type=str(made["type"]),
        headers=headers,
        error=str(made["error"]),
        died=bool(made["died"]),
        events=tuple(_event(*event) for event in told),
        sql=tuple(
            (str(text), tuple(map(str, given)), str(dialect), bool(accepted), line or None)
            for text, given, dialect, accepted, line in made["sql"] or ()
        ),
        changed={path: base64.b64decode(data or "") for path, data in made["changed"].items()},
        removed=tuple(made["removed"] or ()),
        line=None,
        modes={str(path): int(mode) for path, mode in made["modes"].items()},
        calls=tuple(calls),
        slots=tuple(slots),
        cpu=float(made["cpu"]),
        matched=float(made["cpu"]),
    )  # fmt: skip


def _with_address(call: Call, values: Iterable[str]) -> Call:
    """Return a connection to a host with the address that the attempt was given for it."""
    if call.kind != "request" or call.text("client") != "socket":
        return call
    whole = next((value for value in values if call.text("host") and call.text("host") in value), call.text("host"))
    return Call(call.kind, {**call.what, "url": whole}, call.line)


def _event(kind: str, name: str, line: int | None, given: list[str]) -> Event:
    if kind == "program":
        words = _words(name, given)
        return Event("subprocess.Popen", repr((words[0] if words else "", words, None, None)), line)
    if kind in {"file", "removal"}:
        paths = [text for text in given if text and text != _THERE and not text.startswith(("java.", "sun.", "["))]
        path = paths[0] if paths else ""
        path = path if path.startswith("/") or not path else f"{APP}/{path}"
        flags = os.O_CREAT if _WRITES.search(name) and _THERE not in given else 0
        flags |= os.O_EXCL if flags and _NEW.search(" ".join([name, *given])) else 0
        return Event("open" if kind == "file" else "os.remove", repr((path, " ".join(paths[1:]), flags)), line)
    return Event(kind, " ".join(given), line)


def _words(name: str, given: list[str]) -> list[str]:
    """Return the words with which a program was started: a list in JSON, or a line that is split at its blanks."""
    for text in given:
        if text.startswith("["):
            try:
                return [str(word) for word in json.loads(text)]
            except ValueError:
                continue
        if not text.startswith("java.lang."):
            return text.split()
    return []


def _plain(call: Call) -> Call | None:
    """Return a recorded call as the families know it; None for one that they must not take for evidence."""
    if call.kind != "cipher":
        return call
    name, _, rest = call.text("algorithm").partition("/")
    mode = rest.partition("/")[0].upper() or ("" if name.upper().endswith(_AEAD) or name.upper() == "RSA" else "ECB")
    name = "RC4" if name.upper() in {"ARCFOUR", "RC4"} else "DES3" if name.upper() in {"DESEDE", "TRIPLEDES"} else name
    mode = "" if name.upper().startswith("RSA") else mode
    return Call("cipher", {"name": name, "mode": mode, "iv": call.text("iv")}, call.line)


def _derived(kind: str, name: str, line: int | None, given: list[str]) -> Iterator[Call]:
    method = re.split(r"[./]", name)[-1]
    if kind == "digest" and method != "isEqual":
        algorithm = given[0] if given else ""
        plain = algorithm.lower().replace("-", "")
        yield Call("hash", {"name": plain, "data": " ".join(given[1:]), "security": True}, line)
    elif kind == "stretch":
        yield Call("stretch", {"name": "pbkdf2", "rounds": int(given[2] or 0), "salt": given[1]}, line)
    elif kind == "expression":
        yield Call("regex", {"text": " ".join(given)}, line)
    elif kind == "path expression":
        yield Call("xpath", {"text": " ".join(given[1:])}, line)
    elif kind == "random" and method != "<init>":
        safe = name.startswith(("java/security", "java/util/UUID", "javax/crypto", "crypto/"))
        if safe or any("SecureRandom" in text for text in given[:2]):
            bits = _bits(method, given)
            yield Call("system-random", {"name": method, **({"bits": bits} if bits else {})}, line)
        else:
            yield Call("random", {"name": method}, line)


def _bits(method: str, given: list[str]) -> float:
    if method in {"nextBytes", "Read", "generateSeed"} and given:
        return 8.0 * len(given[-1])
    numbers = [int(text) for text in given[1:] if text.isdecimal() and int(text) > 0]
    if method in {"nextInt", "Int"} and numbers:
        return math.log2(numbers[-1])
    return {"nextInt": 32.0, "nextLong": 64.0, "randomUUID": 122.0, "generateKey": 128.0}.get(method, 0.0)
