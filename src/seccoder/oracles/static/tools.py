"""Gives the oracles around external tools what they share: one run per batch, and what happens when a run fails.

It takes sources and a function that asks the tool about some of them, and returns one check per source, in order. A
batch that fails as a whole is halved until the source that broke the tool is alone, so that one hostile file does not
cost the others their checks. A missing tool is reported once and not tried again.

It does not know what a tool's report means, or which of the sources the tool really looked at. Each oracle says that.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from seccoder import sandbox
from seccoder.code.languages import EXTENSION
from seccoder.errors import SecCoderError
from seccoder.oracles.verdict import not_analysed, not_covered, on_target
from seccoder.sandbox import parallel
from seccoder.sandbox.boxes import PROGRAMS
from seccoder.types import Check, Finding, Source, Why

# The directives by which C and C++ code moves or silences what is said about it. They are blanked, not removed, so that
# lines keep their numbers.
_SILENCERS = re.compile(
    r"^[ \t]*(?:#|%:|\?\?=)[ \t]*(?:pragma\b|line\b|\d).*$"
    r'|\b_Pragma\s*\(\s*(?:u8|[LuU])?"(?:[^"\\\n]|\\.)*"\s*\)'
    r"|\[\[\s*(?:clang|gsl)\s*::\s*suppress\b[^\n]*?\]\]"
    r"|__attribute__\s*\(\(\s*suppress\b[^\n]*?\)\)",
    re.MULTILINE,
)

_LEAST = 50  # sources of a batch on a cluster: the start of a tool costs more than a source


class Failed(Exception):
    """Says in one line why the tool did not do its work on this batch."""


class Missing(Failed):
    """Says that the tool is not there at all, with the command that installs it."""


def each(
    name: str,
    sources: Sequence[Source],
    languages: Collection[str],
    ask: Callable[[Sequence[Source]], Sequence[Check]],
    size: int = 1000,
    failures: int = 100,
) -> list[Check]:
    """Return one check per source. The tool is asked about those in `languages`; the others are not covered.

    Args:
        name: The name of the oracle.
        sources: All the sources that the oracle was given.
        languages: The languages that the tool reads.
        ask: Returns one check for each source of a batch, or raises `Failed`.
        size: The number of sources that a batch holds at most. Two batches run at a time.
        failures: The number of failed runs after which a batch is not halved any further. The tool is broken then, not
            a source.
    """
    checks = [not_covered(name, source) for source in sources]
    mine = [index for index, source in enumerate(sources) if source.language in languages]
    size = parallel.share(len(mine), size, least=_LEAST)
    parts = [[sources[index] for index in mine[start : start + size]] for start in range(0, len(mine), size)]
    answers = parallel.each(lambda part: _Halving(name, ask, failures)(part), parts, at_a_time=2)
    for index, check in zip(mine, (check for answer in answers for check in answer), strict=True):
        checks[index] = check
    return checks


class _Halving:
    """Asks about one batch, and about its halves if that fails, until too many runs have failed."""

    def __init__(self, name: str, ask: Callable[[Sequence[Source]], Sequence[Check]], failures: int) -> None:
        self._name = name
        self._ask = ask
        self._left = failures

    def __call__(self, sources: Sequence[Source]) -> list[Check]:
        started = time.monotonic()
        try:
            checks = self._ask(sources)
        except Failed as error:
            self._left -= 1
            if len(sources) == 1 or isinstance(error, Missing) or self._left <= 0:
                seconds = (time.monotonic() - started) / len(sources)
                why = Why.MISSING_TOOL if isinstance(error, Missing) else None
                return [not_analysed(self._name, str(error), seconds=seconds, why=why) for _ in sources]
            middle = len(sources) // 2
            return self(sources[:middle]) + self(sources[middle:])
        seconds = (time.monotonic() - started) / len(sources)
        return [replace(check, seconds=seconds) for check in checks]


def static_check(
    name: str, version: str, source: Source, findings: Sequence[Finding], *, alone: Collection[str] | None = None
) -> Check:
    """Return the check of a static oracle that read a source. It is flagged if a finding counts for the target.

    Args:
        name: The oracle's name.
        version: The tool's version.
        source: What was read.
        findings: Everything that the tool reported.
        alone: The rules that decide where no weakness was asked for. None stands for all of them.
    """
    found = tuple(dict.fromkeys(findings))
    counted = on_target(source, found)
    if source.cwe is None and alone is not None:
        counted = tuple(finding for finding in counted if finding.rule in alone)
    return Check(name, version, "static", analysed=True, flagged=bool(counted), findings=found)


def file_name(index: int, source: Source) -> str:
    """Return the name of a source in its batch. It does not use the source's own name, which is not trusted."""
    return f"source_{index:06}{EXTENSION.get(source.language, '.txt')}"


def index_of(path: str) -> int | None:
    """Return a file's place in the batch from the path or address that a tool reports. `file_name` named the file."""
    match = re.fullmatch(r"source_(\d{6})\.\w+", path.replace("\\", "/").rsplit("/", 1)[-1])
    return int(match[1]) if match else None


def by_source(entries: Iterable[dict[str, Any]], key: str) -> defaultdict[int | None, list[dict[str, Any]]]:
    """Sort a tool's entries by the place in the batch of the file that they name under a key."""
    found: defaultdict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for entry in entries:
        found[index_of(str(entry.get(key, "")))].append(entry)
    return found


def write_batch(folder: Path, sources: Sequence[Source]) -> None:
    """Write the sources of a batch into a folder."""
    for index, source in enumerate(sources):
        (folder / file_name(index, source)).write_bytes(source.text.encode("utf-8", "surrogatepass"))


def program(name: str, install: str) -> str:
    """Return the path of a tool. It is sought beside this interpreter, where its wheel puts it, then on the PATH.

    Raises:
        Missing: If it is in neither place.
    """
    found = shutil.which(name, path=PROGRAMS) or shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not installed; install it with: {install}")
    return found


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    seconds: float,
    fine: Collection[int] = (0,),
    env: Mapping[str, str] | None = None,
    tool: str = "",
) -> bytes:
    """Run a tool that only reads, and return its standard output.

    Args:
        command: The program and its arguments.
        cwd: The folder in which it runs.
        seconds: How long it may take.
        fine: The exit statuses with which it may end.
        env: The variables that its environment has besides ours.
        tool: The name of the tool in messages, if it is not the program's name.

    Raises:
        Failed: If it cannot be started, takes too long, or ends with another status than those in `fine`.
    """
    tool = tool or Path(command[0]).name
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
            start_new_session=True,  # so that what the tool starts ends with it
        )
    except OSError as error:
        raise Failed(f"{tool} cannot be started: {error.strerror}") from None
    with process:
        try:
            stdout, stderr = process.communicate(timeout=seconds)
        except BaseException as error:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise Failed(f"{tool} took longer than {seconds:.0f} seconds") from None
            raise
    if process.returncode not in fine:
        last = stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise Failed(f"{tool} failed with exit status {process.returncode}" + "".join(f": {line}" for line in last))
    return stdout


def box(
    command: Sequence[str],
    *,
    files: Mapping[str, bytes] | None = None,
    limits: sandbox.Limits | None = None,
    keep: Sequence[str] = (),
) -> sandbox.Outcome:
    """Run a tool that compiles or preprocesses, in the sandbox.

    Raises:
        Failed: If the sandbox does not start.
    """
    try:
        return sandbox.run(command, files=files, env={"LC_ALL": "C"}, limits=limits, keep=keep)
    except SecCoderError as error:
        raise Failed(str(error)) from None


def without_silencers(text: str) -> str:
    """Blank the directives of C or C++ code that would hide or move what an analyser says. Lines keep their numbers."""
    return _SILENCERS.sub("", text)
