"""Runs gcc's static analyser and its optimiser's warnings on C sources, compiled in the sandbox.

Each C source is compiled twice, and never linked or run. The first time it is compiled without optimisation under
`-fanalyzer`, whose findings name their CWE and come with a path that was followed to the end. The second time it is
compiled with `-O2`, whose flow analysis feeds warnings such as `-Wstringop-overflow`. The map below gives the CWE of
these warnings; a warning without a CWE is no finding.

A finding of the target's family is a proof in the sense of the verdict's rule (evidence "executed"). On labelled
completions, gcc 12 flagged none of 63 secure files in this way, and about a quarter of the insecure ones by either way
of compiling. Without a target a finding is static evidence, and there are many: an unchecked `malloc` is a finding. gcc
does not report integer overflow at run time (CWE-190).

Directives by which code could silence gcc (`#pragma GCC`, `_Pragma`, `#line`) are blanked before compiling; code that
builds them with macros is not caught. gcc writes its report as JSON of its own up to version 12, and as SARIF from 13
on; 16 no longer knows the former. A source whose headers are not installed, or a function whose types stand
elsewhere, is not analysed, rather than invalid.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from seccoder import sandbox
from seccoder.code.standards import OPTIONS
from seccoder.errors import SecCoderError, UsageError
from seccoder.oracles import sarif
from seccoder.oracles.verdict import not_analysed, not_covered, on_target
from seccoder.sandbox import parallel
from seccoder.types import Check, Finding, Source

_FILE = "source.c"
_COMMON = ["gcc", *OPTIONS["c"], "-S", "-o", "/dev/null", _FILE]
_ANALYSER = [*_COMMON, "-O0", "-fanalyzer"]
_OPTIMISER = [*_COMMON, "-O2", "-Wall", "-Wextra", "-Wformat-security"]
_SARIF = 13  # the first version that writes it
_ERRORS = {"error", "fatal error", "sorry, unimplemented"}  # the rules of what is no warning
_LIMITS = sandbox.Limits(seconds=20, memory_mb=1024)

# The warnings that decide where no weakness was asked for: perf/static_rules.py found none of them in a secure source.
_ALONE = frozenset(
    "-Wanalyzer-double-free -Wanalyzer-use-after-free -Wuse-after-free -Wreturn-local-addr -Warray-bounds "
    "-Wstringop-overflow -Wformat-security".split()
)
# The warnings that stand for a weakness. Bounds warnings often cannot tell a read from a write, so their CWE is the
# common parent.
_WARNINGS = {
    "-Walloc-size-larger-than": 789,
    "-Warray-bounds": 119,
    "-Wdangling-pointer": 562,
    "-Wdiv-by-zero": 369,
    "-Wformat-overflow": 787,
    "-Wformat-security": 134,
    "-Wfree-nonheap-object": 590,
    "-Wmaybe-uninitialized": 457,
    "-Wmismatched-dealloc": 762,
    "-Wnonnull": 476,
    "-Woverflow": 190,
    "-Wreturn-local-addr": 562,
    "-Wsizeof-pointer-memaccess": 467,
    "-Wstringop-overflow": 787,
    "-Wstringop-overread": 125,
    "-Wstringop-truncation": 170,
    "-Wuninitialized": 457,
    "-Wuse-after-free": 416,
}
_SILENCERS = re.compile(
    r'^[ \t]*#[ \t]*(?:pragma[ \t]+GCC\b|line\b|\d).*$|\b_Pragma\s*\(\s*"[^"\n]*"\s*\)', re.MULTILINE
)
# What a function that was cut out of its project lacks: types that stand elsewhere. A program has all that it needs.
_CUT_OUT = re.compile(r"unknown type name|undefined type|incomplete type|storage size of")
_FUNCTION = re.compile(r"\A(?!.*\bmain\s*\().*\)\s*\{", re.DOTALL)


class Gcc:
    """Asks gcc about C sources."""

    name = "gcc"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one check per source. `valid` is False where the source does not compile."""
        mine = [source for source in sources if source.language == "c"]
        answers = parallel.each(self._check, mine, at_a_time=2, together=8)
        return [next(answers) if source.language == "c" else not_covered(self.name, source) for source in sources]

    def _check(self, source: Source) -> Check:
        if unavailable := sandbox.unavailable():
            return not_analysed(self.name, unavailable)
        started = time.monotonic()
        text = _SILENCERS.sub("", source.text)
        reports = []
        for command in (_ANALYSER, _OPTIMISER):
            try:
                reports.append(_compile(command, text, source.beside))
            except (SecCoderError, _Failed) as error:
                return not_analysed(self.name, str(error), version=_version(), seconds=time.monotonic() - started)
            if broken := next((entry for entry in reports[0] if entry.rule in _ERRORS), None):
                return self._broken(source, broken, time.monotonic() - started)
        findings = tuple(dict.fromkeys(finding for report in reports for finding in _findings(report, source.path)))
        flagged = any(source.cwe or finding.rule in _ALONE for finding in on_target(source, findings))
        return Check(
            self.name,
            _version(),
            "executed" if flagged and source.cwe else "static",
            analysed=True,
            flagged=flagged,
            valid=True,
            findings=findings,
            seconds=time.monotonic() - started,
        )

    def _broken(self, source: Source, error: Finding, seconds: float) -> Check:
        message = f"line {error.line or '?'}: {error.message}"
        missing = message.endswith("No such file or directory")
        cut_out = source.task is None and _CUT_OUT.search(message) and _FUNCTION.search(source.text)
        valid = None if missing or cut_out else False
        reason = f"a header is not installed here: {message}" if missing else message
        return Check(self.name, _version(), "static", analysed=False, valid=valid, seconds=seconds, reason=reason)


class _Failed(Exception):
    """Says that gcc did not do its work on one source."""


@cache
def _version() -> str:
    try:
        outcome = sandbox.run(["gcc", "-dumpfullversion"])
    except SecCoderError:
        return ""
    return outcome.stdout.decode("ascii", "replace").strip()


def _compile(command: Sequence[str], text: str, beside: Iterable[tuple[str, str]] = ()) -> list[Finding]:
    """Compile in the sandbox and return the diagnostics. The rule is the warning's option, or the kind of an error."""
    major = _version().partition(".")[0]
    option = f"-fdiagnostics-format={'sarif-stderr' if major.isdecimal() and int(major) >= _SARIF else 'json'}"
    content = text.encode("utf-8", "replace")
    near = {name: header for name, header in beside if not name.startswith("..")}
    outcome = sandbox.run(
        [*command, "-I.", option], files={**near, _FILE: content}, env={"LC_ALL": "C"}, limits=_LIMITS
    )
    if outcome.exit_code == 127:
        raise _Failed("gcc is not installed; install it with: apt-get install gcc")
    if outcome.exit_code not in {0, 1}:
        raise _Failed(f"gcc was stopped: {outcome.killed or f'exit status {outcome.exit_code}'}")
    return read(outcome.stderr.decode("utf-8", "replace"), option)


def read(said: str, option: str) -> list[Finding]:
    """Return the diagnostics in what gcc wrote, of whatever format; lines before and after the report are left out.

    Raises:
        _Failed: If there is no report in it.
    """
    found = re.search(r"^[\[{]", said, re.MULTILINE)
    start = found.start() if found else len(said)
    try:
        report, end = json.JSONDecoder().raw_decode(said, start)
        return list(_diagnostics(report)) if isinstance(report, list) else sarif.read(said[start:end])
    except (ValueError, RecursionError, UsageError):
        told = next(iter(said.strip().splitlines()), "nothing")
        raise _Failed(f"gcc {_version()} wrote no report with {option}: {told}") from None


def _diagnostics(report: Sequence[Any]) -> Iterator[Finding]:
    """Yield the diagnostics of gcc's own JSON."""
    for entry in (each for each in report if isinstance(each, dict)):
        carets = [location.get("caret") or {} for location in entry.get("locations") or []]
        lines = [int(caret["line"]) for caret in carets if caret.get("file") == _FILE]
        cwe = (entry.get("metadata") or {}).get("cwe")
        rule = str(entry.get("option") or entry.get("kind") or "")
        message = str(entry.get("message", ""))
        yield Finding("gcc", rule, f"CWE-{int(cwe)}" if cwe else None, lines[0] if lines else None, message, _FILE)


def _findings(report: Sequence[Finding], path: str) -> Iterator[Finding]:
    for entry in report:
        option = entry.rule.rstrip("=")
        cwe = entry.cwe or (f"CWE-{_WARNINGS[option]}" if option in _WARNINGS else None)
        if cwe and entry.rule not in _ERRORS:
            yield Finding("gcc", option, cwe, entry.line if entry.path == _FILE else None, entry.message, path)
