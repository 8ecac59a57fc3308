"""Checks one Java source by running it on the JDK: its own classes tell of each sensitive call before they make it.

It takes one source and returns its `Check`. javac compiles the file in the box, beside stand-ins for servlets, Spring,
loggers and others (`inside/java/stand_ins.txt`). Its methods are called by reflection; a database, a server and the
network are stand-ins that record, and files, programs and parsers are the real ones of the box.
"""

import json
import re
import shutil
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
    filters,
    hashing,
    headers,
    logs,
    markup,
    options,
    paths,
    randomness,
    redirects,
    regexes,
    secrets_logged,
    sql,
    ssrf,
    xml_entities,
)
from seccoder.oracles.executed.java import build, discover, objects
from seccoder.oracles.executed.launch import TOOLS
from seccoder.oracles.executed.traced import ciphers, report
from seccoder.oracles.executed.traced.check import Subject, trace_and_attack
from seccoder.oracles.static.compiling import parses
from seccoder.sandbox import javac
from seccoder.sandbox.boxes import RESERVED
from seccoder.types import Check, Source, Why

FAMILIES: tuple[Family, ...] = (
    *(paths, commands, markup, sql, redirects, ssrf, headers, xml_entities, objects, hashing, ciphers),
    *(randomness, filters, logs, secrets_logged, options, cookies, created_files, regexes),
)
INSTALL = "apt-get install default-jdk-headless"
_COMPILING = 60  # seconds of processor time
_LONGEST = 150_000
_BACKSTOP = 180.0  # seconds on the wall after which the box is ended: the machine is too busy, and the verdict UNKNOWN
_MISSING = re.compile(r"package [\w.]+ does not exist|cannot find symbol|cannot access|static import only")
_SYNTAX = re.compile(
    r" expected\b|illegal start of|preview feature|not supported in -source|is a keyword|reached end of file"
)
_ERROR = re.compile(r"^(?:\S*/)?\w+\.java:(\d+): error: (.*)$", re.M)


def check(source: Source, *, oracle: str, version: str) -> Check:
    """Check one Java source by running it.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    began = time.monotonic()

    def unknown(reason: str, valid: bool | None = None, why: Why | None = None) -> Check:
        seconds = time.monotonic() - began
        return Check(oracle, version, "executed", valid is False, valid=valid, seconds=seconds, reason=reason, why=why)

    valid, reason = parses(source.text, "java")
    if valid is False:
        return unknown(reason, valid=False)
    families = families_for(source, FAMILIES)
    if not families:
        return unknown(f"no executed check for {source.cwe} in Java")
    if shutil.which("javac") is None or shutil.which("java") is None:
        return unknown(f"a JDK is not installed; install it with: {INSTALL}", why=Why.MISSING_TOOL)
    if len(source.text) > _LONGEST:
        return unknown(f"not read: longer than {_LONGEST} characters")
    archive = build.harness()
    if not archive:
        return unknown("the harness cannot be built with this JDK")
    found = discover.read(source.text)
    subject = Subject(
        source,
        found.surface,
        found.keys,
        found.fixed,
        bool(re.search(r"\b(Path|File|InputStream|byte\[\]|Reader)\s+\w+\s*[,)]", source.text)),
    )
    compiled: dict[str, bytes] = {}

    def start(
        plan: Mapping[str, Any], cases: Mapping[int, Mapping[str, Any]], labels: Mapping[str, str]
    ) -> report.Told:
        outcome = _box(source.text, found, archive, compiled, plan)
        compiled.update(outcome.files)
        told = report.read(outcome, cases, labels)
        if not compiled and outcome.exit_code == _REFUSED:
            told.refused = outcome.stderr.decode(errors="replace")
        return told

    done, told = trace_and_attack(subject, families, start, oracle=oracle, version=version, began=began)
    return _not_compiled(told.refused, found, unknown, parsed=valid is True) if told.refused else done


_REFUSED = 96  # what the box says of a source that javac refuses


def _box(
    text: str, found: discover.Found, archive: bytes, compiled: Mapping[str, bytes], plan: Mapping[str, Any]
) -> sandbox.Outcome:
    home = found.package.replace(".", "/")
    path = f"source/{home}/{found.name}.java" if home else f"source/{found.name}.java"
    files: dict[str, str | bytes] = {"harness.jar": archive, "plan.json": json.dumps(plan), "app/.keep": ""}
    files |= {f"tools/{name}": f'#!/bin/sh\necho "{name}: $*"\n' for name in (*TOOLS, "lp", "lpr")}
    ready = javac.archive()
    flags = " ".join(build.JVM)
    compiling = " ".join("-J" + flag for flag in (*build.JVM, *(javac.FLAGS if ready else ())))
    steps = "mkdir -p classes && tar -x -f classes.tar -C classes"  # each start of the program jar would take longer
    if compiled:
        files |= compiled
    else:
        files[path] = text
        steps = (
            f"(ulimit -t {_COMPILING}; javac {compiling} -proc:none -nowarn -g -parameters -encoding UTF-8 "
            f"-cp harness.jar -d classes '{path}') "
            f"|| exit {_REFUSED}; "
            "tar -c -f classes.tar -C classes . "
        )
    exports = " ".join(build.EXPORTS)
    run = f"exec java {flags} {exports} -Dfile.encoding=UTF-8 -cp /box/harness.jar seccoder.Box /box/plan.json"
    tops = {"/" + folder.split("/")[1] for folder in plan["folders"]}
    return sandbox.run(
        ["sh", "-c", f"{steps}; cd app && PATH=/box/tools:$PATH {run}"],
        files=files,
        keep=[] if compiled else ["classes.tar"],
        limits=sandbox.Limits(seconds=_BACKSTOP, memory_mb=1500, processes=200, output_bytes=64_000_000, disk_mb=96),
        folders=sorted(tops - {f"/{name}" for name in RESERVED}),
        shown={javac.NAME: ready} if ready else {},
    )


def _not_compiled(message: str, found: discover.Found, unknown: Any, *, parsed: bool) -> Check:
    """Tell an error of the source's own from names of libraries and neighbours that are not here, and from newer Java.

    Syntax that javac refuses although the grammar knows it is that of a newer version than this javac's.
    """
    errors = _ERROR.findall(message)
    line, what = errors[0] if errors else ("?", message.strip().partition("\n")[0])
    strange = [name for name in found.surface.imports if not name.startswith("java.")]
    if not errors:
        return unknown(f"javac failed: {what}")  # type: ignore[no-any-return]
    if _MISSING.search(message) or strange:
        missing = next((n for n in strange if f"package {n.rpartition('.')[0]} does not exist" in message), "")
        if missing:
            return unknown(f"it does not compile here: {missing} is not installed")  # type: ignore[no-any-return]
        told = re.sub(r"\s+", " ", what)
        return unknown(f"it does not compile here: line {line}: {told}", why=Why.NOT_COMPILED)  # type: ignore[no-any-return]
    if parsed and _SYNTAX.search(what):
        return unknown(f"this javac may be too old for it: line {line}: {what}")  # type: ignore[no-any-return]
    return unknown(f"line {line}: {what}", valid=False)  # type: ignore[no-any-return]
