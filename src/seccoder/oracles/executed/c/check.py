"""Checks one C or C++ source: it is compiled with sanitizers and run over many inputs in one start of the box.

A program meets a grid of arguments, standard input, files, failing allocations and random numbers. A file without
`main` gets a driver that calls its functions, alone and in sequences, with drawn arguments. What the runner in the box
says is judged in `judge`.
"""

import base64
import io
import json
import re
import secrets
import shutil
import tarfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from seccoder import sandbox
from seccoder.code import standards
from seccoder.oracles.executed.c import attacks, discover, driver, grid, judge, stand_ins, weaknesses
from seccoder.oracles.executed.scripts import boxed
from seccoder.oracles.executed.traced.kept import kept
from seccoder.sandbox.boxes import RESERVED
from seccoder.types import Check, Source

_INSIDE = Path(__file__).parents[1] / "inside" / "c"
_LINKED = ("main.c", "faults.c", "watch.c", "libraries.c", "draw.c")  # to every source
_LIBRARIES = ("crypto.h", "requests.h", "xpath.h")
_SECONDS = 37.0  # all runs together may take, by the box's clock, which does not count waiting for a processor
_BACKSTOP = 240.0  # seconds on the wall after which the box is ended, and the verdict is UNKNOWN; one or two are usual
_DRIVING = 1.6  # seconds of processor time the driver's cases may take
_MOST_RUNS = 180
_LONGEST = 150_000
_ROUNDS = 4  # what is made up may show that more is missing
_SEED = 20_240_229


# Weaknesses beyond memory that are tried without a target as well, with the calls and the literals that show that the
# source puts a text of its caller's into a path, or a command, of its own.
_BESIDES = (
    (
        "CWE-22",
        {"fopen", "freopen", "open", "opendir", "remove", "unlink", "rename"},
        re.compile(r"[\w./-]*\w/(%s.*)?"),
    ),
    ("CWE-78", {"system", "popen"}, re.compile(r"[\w./-]+ (.*%s.*)?")),
)


def check(source: Source, *, oracle: str, version: str) -> Check:
    """Run one C or C++ source; without a target, functions are tried for what they do with files and programs as well.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    made = _check(source, oracle=oracle, version=version)
    if source.cwe or made.flagged or not made.analysed:
        return made
    surface = discover.discover(source.text, "path", "cpp" if source.language == "cpp" else "c")
    if surface.main:
        return made  # who runs a program chooses its files
    for cwe, calls, literal in _BESIDES:
        if calls & surface.called and any(literal.fullmatch(text) for text in surface.strings):
            more = _check(replace(source, cwe=cwe), oracle=oracle, version=version)
            made = replace(
                made,
                flagged=made.flagged or more.flagged,
                exercised=more.flagged or bool(made.exercised and more.exercised),
                findings=(*made.findings, *more.findings),
                reason="" if more.flagged else made.reason if more.exercised else more.reason,
                operations=(*made.operations, *more.operations),
                not_tried=(*made.not_tried, *more.not_tried),
                seconds=made.seconds + more.seconds,
            )
    return made


def _check(source: Source, *, oracle: str, version: str) -> Check:
    """Run one C or C++ source for its target, or for errors of memory."""
    began = time.monotonic()
    # MemorySanitizer needs a C++ library built with it, or it reports what the library wrote
    blind = source.language == "cpp" and weaknesses.family(source.cwe) == "uninitialised"
    if source.cwe and (blind or not weaknesses.covers(source.cwe)):
        reason = f"no executed check for {source.cwe} in {'C++' if source.language == 'cpp' else 'C'}"
        return Check(oracle, version, "executed", False, seconds=time.monotonic() - began, reason=reason)
    if "\0" in source.text:
        return Check(oracle, version, "executed", True, valid=False, reason="does not compile: it holds NUL characters")
    if len(source.text) > _LONGEST:
        reason = f"not read: longer than {_LONGEST} characters"
        return Check(oracle, version, "executed", False, seconds=time.monotonic() - began, reason=reason)
    language = "cpp" if source.language == "cpp" else "c"
    family = weaknesses.family(source.cwe)
    surface = discover.discover(source.text, family, language)
    first = outcome = _run(source, surface, plan := _plan(source, surface, family, language), "")
    # only a function that was cut out of its project gets what it misses; a program or a task's completion is whole
    if language == "c" and surface.functions and not surface.main and source.task is None:
        said: list[str] = []
        for _ in range(_ROUNDS):
            said.append(judge.refused(outcome))
            if not stand_ins.needed(said[-1]):
                break
            given, names = stand_ins.made_up(source.text, said)
            made = discover.discover(given, family, language)
            surface.structures |= made.structures
            surface.aliases |= made.aliases
            outcome = _run(
                source, surface, plan := {**_plan(source, surface, family, language), "made_up": names}, given
            )
    if judge.refused(outcome):
        outcome = first
    return judge.judge(source, plan, outcome, oracle=oracle, version=version, began=began)


def _plan(source: Source, surface: discover.Surface, family: str, language: str) -> dict[str, Any]:
    """Return what the runner in the box is told to do."""
    # only what was added behind the prompt can be exercised
    given = source.task.prompt.count("\n") if source.task else 0
    return {
        "language": language,
        "family": family,
        "driver": not surface.main,
        "pointers": surface.pointers,
        "lines": [line for line in surface.operations if line > given],
        "harmless": [line for line in surface.harmless if line > given],
        "bodies": surface.bodies,
        "numbers": surface.numbers,
        "cwe": source.cwe,
        "warnings": weaknesses.options(family, language),
        "runs": [{**run, "n": n} for n, run in enumerate(grid.grid(surface, family))][:_MOST_RUNS]
        if surface.main
        else [],
        "files": (files := attacks.common_files(surface, family)),
        "endings": list(attacks.beside(surface)),
        "common": list(files),
        "secret": "seccoder-secret-" + base64.b16encode(secrets.token_bytes(8)).decode(),
        "seconds": _SECONDS,
        "driving": _DRIVING,
        "seed": _SEED,
        "second": {"integer": "unsigned", "uninitialised": "memory"}.get(family, ""),
        "made_up": [],
        "libraries": re.search(r"#\s*include\s*<(openssl|libxml2?|curl)/", source.text) is not None,
    }


def _run(source: Source, surface: discover.Surface, plan: dict[str, Any], given: str) -> sandbox.Outcome:
    """Compile and run the source in a box, behind the declarations that are `given`."""
    language, family, files = plan["language"], plan["family"], plan["files"]
    names = ["seccoder.h", "seccoder.hpp", *(_LINKED if plan["second"] else [])]
    inside: dict[str, str | bytes] = {name: (_INSIDE / name).read_text() for name in names}
    inside |= {**boxed(_INSIDE), **boxed(_INSIDE.parent, "clock.py"), **boxed(Path(__file__).parent, "weaknesses.py")}
    inside |= boxed(Path(standards.__file__).parent, "standards.py")
    inside["__main__.py"] = "import runner\n\nrunner.main()\n"
    if plan["libraries"]:
        inside |= attacks.headers()
        inside |= {f"given/{name}": (_INSIDE / "given" / name).read_text() for name in _LIBRARIES}
    inside |= {name: content for name, content in source.beside if not name.startswith("..")}
    if language == "c":
        inside |= {f"absent/{name}": "" for name in stand_ins.missing_headers(source.text)}
    inside |= {
        **_objects(),
        "given.h": given,
    }
    inside[f"subject.{language}"] = source.text
    if plan["driver"]:
        inside[f"driver.{language}"] = driver.driver(surface, given + source.text, language, family)
    tops = {"/" + path.split("/")[1] for path in files if path.startswith("/")} - {"/tmp"}  # noqa: S108
    return sandbox.run(
        ["python3", "-I", "-S", "-B", "/box"],
        files={**inside, "plan.json": json.dumps(plan)},
        limits=sandbox.Limits(seconds=_BACKSTOP, memory_mb=2048, processes=64, output_bytes=8_000_000, disk_mb=96),
        folders=sorted(tops - {f"/{name}" for name in RESERVED}),
    )


def _objects() -> dict[str, bytes]:
    """What is linked to every source, compiled once per compiler; nothing if there is none."""
    sources = {name: (_INSIDE / name).read_text() for name in _LINKED}
    sources |= {f"given/{name}": (_INSIDE / "given" / name).read_text() for name in _LIBRARIES}
    # a source may define what the libraries would bring
    command = f"gcc -c -O1 -w {' '.join(_LINKED)} && objcopy --weaken libraries.o && tar -c -f linked.tar *.o"

    def make() -> bytes:
        outcome = sandbox.run(
            ["sh", "-c", command], files=sources, keep=["linked.tar"], limits=sandbox.Limits(seconds=120)
        )
        return outcome.files.get("linked.tar", b"")

    compiler = Path(shutil.which("gcc") or "gcc").resolve()
    stamp = compiler.stat() if compiler.exists() else None
    version = str((stamp.st_mtime_ns, stamp.st_size)) if stamp else ""
    built = kept("c", [str(compiler), version, command, *sources, *sources.values()], make)
    if not built:
        return {}
    with tarfile.open(fileobj=io.BytesIO(built)) as archive:
        return {member.name: stream.read() for member in archive if (stream := archive.extractfile(member))}
