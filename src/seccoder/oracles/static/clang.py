"""Runs clang's analyzer on C and C++ sources in the sandbox; its findings are static evidence.

The analyzer follows paths through the code. It is optional: without clang nothing is analysed, and the reason holds the
command that installs it. Besides the default checkers, it uses those for bounds and for tainted input, where this clang
has them. clang's SARIF names no CWEs, so the table below is ours. A report that is not in it (dead stores, style, calls
of `memcpy`) is no finding.

Measured for the target CWE with clang 19: it flags .36 and .31 of the insecure files, and none of the secure ones. It
sees nearly all uses after free, and sees reads out of bounds better than the other oracles here. It does not see
integer overflow (0 of 16), and it rarely sees that a check for NULL is missing after an allocation (1 of 11), because
it does not assume that `malloc` fails.

A file counts as analysed only if clang exits with 0 for this file and writes a well-formed report. Each file has its
own process and time limit; many files share one start of the sandbox. Directives that would silence clang are blanked,
and `__clang_analyzer__` is undefined. A source whose headers are not installed is not analysed, rather than invalid.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from seccoder import sandbox
from seccoder.code.standards import OPTIONS
from seccoder.errors import UsageError
from seccoder.oracles import sarif
from seccoder.oracles.static import tools
from seccoder.oracles.verdict import not_analysed
from seccoder.types import Check, Finding, Source

INSTALL = "apt-get install clang"

_BATCH = 16  # files per start of the sandbox
_SECONDS = 20  # seconds per file
_EXTRA = (
    "alpha.security.ArrayBoundV2",
    "security.ArrayBound",  # its name since clang 21
    "alpha.security.taint.TaintPropagation",
    "alpha.security.taint.GenericTaint",
    "optin.taint.GenericTaint",
    "alpha.unix.cstring.OutOfBounds",
    "alpha.unix.cstring.BufferOverlap",
)
# Each file has its own process, so that a crash or a time-out concerns that file alone.
_LOOP = f"""
options=$1; shift
for name do
  case $name in *.cpp) std="{" ".join(OPTIONS["cpp"])}" ;; *) std="{" ".join(OPTIONS["c"])}" ;; esac
  timeout -s KILL {_SECONDS} clang --analyze --analyzer-output sarif $std -fno-spell-checking \\
    -U__clang_analyzer__ $options -o "$name.sarif" "$name" > /dev/null 2> "$name.err"
  echo $? > "$name.exit"
done
"""
# The CWE by checker and, where a checker reports several things, by words of the message. The first that fits counts.
_CWES = (
    ("core.NullDereference", "", 476),
    ("core.NonNullParamChecker", "", 476),
    ("unix.cstring.NullArg", "", 476),
    ("core.CallAndMessage", "null pointer", 476),
    ("core.CallAndMessage", "uninitialized", 457),
    ("core.DivideZero", "", 369),
    ("core.StackAddressEscape", "", 562),
    ("core.UndefinedBinaryOperatorResult", "", 457),
    ("core.uninitialized.", "", 457),
    ("unix.Malloc", "after it is freed", 416),
    ("unix.Malloc", "released", 415),
    ("unix.Malloc", "leak", 401),
    ("unix.Malloc", "not memory allocated by", 590),
    ("unix.Malloc", "not the start of memory", 590),
    ("unix.MismatchedDeallocator", "", 762),
    ("cplusplus.NewDelete", "leak", 401),
    ("cplusplus.NewDelete", "after it is freed", 416),
    ("cplusplus.NewDelete", "released", 415),
    ("cplusplus.InnerPointer", "", 416),
    ("alpha.unix.cstring.OutOfBounds", "overflow", 787),
    ("alpha.unix.cstring.OutOfBounds", "", 119),
    ("alpha.unix.cstring.BufferOverlap", "", 475),
    ("alpha.security.ArrayBound", "", 119),
    ("security.ArrayBound", "", 119),
    ("alpha.security.taint", "system call", 78),
    ("alpha.security.taint", "format string", 134),
    ("alpha.security.taint", "buffer size", 119),
    ("optin.taint", "system call", 78),
    ("optin.taint", "format string", 134),
    ("optin.taint", "buffer size", 119),
    ("security.insecureAPI.gets", "", 120),
    ("security.insecureAPI.getpw", "", 120),
    ("security.insecureAPI.mktemp", "", 377),
    ("security.insecureAPI.mkstemp", "", 377),
    ("security.insecureAPI.UncheckedReturn", "", 252),
)
_ERROR = re.compile(r"^[^\n:]*:(\d+):\d+: (?:fatal )?error: (.*)$", re.MULTILINE)


class Clang:
    """Asks clang's analyzer about C and C++ sources."""

    name = "clang"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one check per source. `valid` is never False, because code may be valid for another compiler."""
        return tools.each(self.name, sources, {"c", "cpp"}, self._ask, _BATCH)

    def _ask(self, sources: Sequence[Source]) -> list[Check]:
        version, options = _tool()
        files = {
            tools.file_name(index, source): tools.without_silencers(source.text).encode("utf-8", "replace")
            for index, source in enumerate(sources)
        }
        keep = [name + suffix for name in files for suffix in (".sarif", ".err", ".exit")]
        limits = sandbox.Limits(seconds=(_SECONDS + 1) * len(files), memory_mb=1024, disk_mb=256)
        outcome = tools.box(["/bin/sh", "-c", _LOOP, "sh", options, *files], files=files, limits=limits, keep=keep)
        if outcome.exit_code != 0:
            raise tools.Failed(f"clang was stopped: {outcome.killed or f'exit status {outcome.exit_code}'}")
        checks = []
        for name, source in zip(files, sources, strict=True):
            reports = [outcome.files.get(name + suffix, b"") for suffix in (".sarif", ".err", ".exit")]
            try:
                found = list(_findings(name, source.path, *reports))
            except tools.Failed as error:
                checks.append(not_analysed(self.name, str(error), version=version))
            else:
                checks.append(tools.static_check(self.name, version, source, found))
        return checks


@cache
def _tool() -> tuple[str, str]:
    """Return clang's version, and the options for those of our extra checkers that this clang has."""
    if reason := sandbox.unavailable():
        raise tools.Missing(reason)
    outcome = tools.box(["clang", "--version"])
    if outcome.exit_code == 127:
        raise tools.Missing(f"clang is not installed; install it with: {INSTALL}")
    version = re.search(rb"version ([\w.+~-]+)", outcome.stdout)
    listed = tools.box(["clang", "-cc1", "-analyzer-checker-help", "-analyzer-checker-help-alpha"])
    if outcome.exit_code != 0 or version is None or listed.exit_code != 0:
        raise tools.Failed(f"clang does not run: exit status {outcome.exit_code}")
    known = set(listed.stdout.decode("utf-8", "replace").split())
    options = [f"-Xclang -analyzer-checker={checker}" for checker in _EXTRA if checker in known]
    return version[1].decode(), " ".join(options)


def _findings(name: str, path: str, report: bytes, errors: bytes, status: bytes) -> Iterator[Finding]:
    """Yield what clang found in one file.

    Raises:
        tools.Failed: If clang did not look at the file.
    """
    if status.strip() != b"0":
        if error := _ERROR.search(errors.decode("utf-8", "replace")):
            missing = "a header is not installed here: " if error[2].endswith("file not found") else ""
            raise tools.Failed(f"{missing}line {error[1]}: {error[2]}")
        raise tools.Failed(f"clang was stopped: exit status {status.decode('utf-8', 'replace').strip() or 'unknown'}")
    try:
        found = sarif.read(report)
    except UsageError as error:
        raise tools.Failed(f"clang's report is not what it should be: {error}") from None
    for finding in found:
        if finding.path.rsplit("/", 1)[-1] == name and (number := _cwe(finding)):
            yield Finding("clang", finding.rule, f"CWE-{number}", finding.line, finding.message, path)


def _cwe(finding: Finding) -> int | None:
    for checker, words, number in _CWES:
        if finding.rule.startswith(checker) and words in finding.message.lower():
            return number
    return None
