"""Checks one Go source by running it, built with a standard library that tells of each sensitive call.

It takes one source and returns its `Check`. The source becomes a package beside the harness, which calls its functions,
methods and handlers by reflection. Files and programs are the real ones of the box; a database, the network and some
libraries are stand-ins (`inside/go/stand_ins.txt`).
"""

import json
import re
import time
from collections.abc import Mapping
from typing import Any

from seccoder import sandbox
from seccoder.oracles.executed.attempts import Family
from seccoder.oracles.executed.conclude import families_for
from seccoder.oracles.executed.families import (
    commands,
    cookies,
    created_files,
    hashing,
    headers,
    logs,
    markup,
    options,
    paths,
    randomness,
    redirects,
    secrets_logged,
    sql,
    ssrf,
)
from seccoder.oracles.executed.go import build, discover
from seccoder.oracles.executed.launch import TOOLS
from seccoder.oracles.executed.traced import ciphers, report
from seccoder.oracles.executed.traced.check import Cases, Subject, trace_and_attack
from seccoder.oracles.static.compiling import parses
from seccoder.sandbox.boxes import RESERVED
from seccoder.types import Check, Source, Why

FAMILIES: tuple[Family, ...] = (
    *(paths, commands, markup, sql, redirects, ssrf, headers, hashing, ciphers, randomness),
    *(logs, secrets_logged, options, cookies, created_files),
)
INSTALL = "apt-get install golang-go"
_COMPILING = 90  # seconds of processor time
_LONGEST = 150_000
_BACKSTOP = 180.0  # seconds on the wall after which the box is ended: the machine is too busy, and the verdict UNKNOWN
_REFUSED = 96  # what the box says of a source that does not compile
# what an older Go says of code for a newer one: ranges over numbers (1.22) and functions (1.23)
_NEWER = re.compile(r"requires go1\.|cannot range over .*\b(?:int|func)\b")
_ERROR = re.compile(r"^subject/subject\.go:(\d+):(?:\d+:)? (.*)$", re.M)
_MISSING = re.compile(
    r"undefined: |no required module|is not in GOROOT|is not in std|cannot find (?:package|module)|undefined \(type"
)


def check(source: Source, *, oracle: str, version: str) -> Check:
    """Check one Go source by running it.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    began = time.monotonic()

    def unknown(reason: str, valid: bool | None = None, why: Why | None = None) -> Check:
        seconds = time.monotonic() - began
        return Check(oracle, version, "executed", valid is False, valid=valid, seconds=seconds, reason=reason, why=why)

    valid, reason = parses(source.text, "go")
    if valid is False:
        return unknown(reason, valid=False)
    families = families_for(source, FAMILIES)
    if not families:
        return unknown(f"no executed check for {source.cwe} in Go")
    if build.root() is None:
        return unknown(f"Go is not installed; install it with: {INSTALL}", why=Why.MISSING_TOOL)
    if len(source.text) > _LONGEST:
        return unknown(f"not read: longer than {_LONGEST} characters")
    archive = build.built()
    if not archive:
        return unknown("the harness cannot be built with this version of Go")
    found = discover.read(source.text)
    subject = Subject(source, found.surface, found.keys, found.fixed, _has_streams(source.text))
    program: dict[str, bytes] = {}

    def start(plan: Mapping[str, Any], cases: Cases, labels: Mapping[str, str]) -> report.Told:
        outcome = _box(source.text, found, archive, program, plan)
        program.update(outcome.files)
        told = report.read(outcome, cases, labels)
        told.sites = found.sites
        if outcome.exit_code == _REFUSED:
            told.refused = outcome.stderr.decode(errors="replace") or "it does not compile"
        return told

    done, told = trace_and_attack(subject, families, start, oracle=oracle, version=version, began=began)
    return _not_compiled(told.refused, found, unknown) if told.refused else done


def _has_streams(text: str) -> bool:
    return re.search(r"io\.Reader|\[\]byte|bool\b|Body\b|FormFile", text) is not None


def _box(
    text: str, found: discover.Found, archive: bytes, program: Mapping[str, bytes], plan: Mapping[str, Any]
) -> sandbox.Outcome:
    files: dict[str, str | bytes] = {"plan.json": json.dumps(plan), "app/.keep": ""}
    files |= {f"tools/{name}": f'#!/bin/sh\necho "{name}: $*"\n' for name in (*TOOLS, "lp", "lpr")}
    steps = "chmod +x program"
    if program:
        files |= program
    else:
        plain = re.sub(r"(?m)^package main\b", "package subject", text, count=1) if found.package == "main" else text
        files |= {**build.overlay(), **build.modules(), "cache.tar": archive}
        files |= {"m/subject/subject.go": plain, "m/subject/entries_of_box.go": found.entries}
        steps = f"tar -xf cache.tar && (ulimit -t {_COMPILING}; cd m && {build.BUILD}) || exit {_REFUSED}"
    tops = {"/" + folder.split("/")[1] for folder in plan["folders"]}
    return sandbox.run(
        ["sh", "-c", f"{steps}; cd app && PATH=/box/tools:$PATH exec /box/program"],
        files=files,
        env=build.ENV,
        keep=[] if program else ["program"],
        limits=sandbox.Limits(seconds=_BACKSTOP, memory_mb=1500, processes=300, output_bytes=64_000_000, disk_mb=300),
        folders=sorted(tops - {f"/{name}" for name in RESERVED}),
    )


def _not_compiled(message: str, found: discover.Found, unknown: Any) -> Check:
    """Tell an error of the source's own from names of libraries and neighbours that are not here."""
    strange = [name for name in found.surface.imports if "." in name.partition("/")[0]]
    absent = next((name for name in strange if f"module providing package {name}" in message), "")
    errors = _ERROR.findall(message)
    if absent:
        return unknown(f"it does not compile here: {absent} is not installed")  # type: ignore[no-any-return]
    if not errors:
        line = message.strip().splitlines()
        return unknown(f"go build failed: {line[-1][:200] if line else ''}")  # type: ignore[no-any-return]
    line, what = errors[0]
    if strange or _MISSING.search(message) or _NEWER.search(message):
        return unknown(f"it does not compile here: line {line}: {what}", why=Why.NOT_COMPILED)  # type: ignore[no-any-return]
    return unknown(f"line {line}: {what}", valid=False)  # type: ignore[no-any-return]
