"""Says whether a whole file parses or compiles, by asking the tool that decides it for the language.

For Python this is its own compiler, which executes nothing. For C and C++ it is gcc's front end inside the sandbox,
because only a compiler knows types and headers. For the other languages it is tree-sitter, which is cheap and runs
nothing, as long as it finds no error. Its grammars are behind the languages, so an error counts only if the language's
own parser finds one too, inside the sandbox; where that is not installed, or there is none, it cannot be told. A
JavaScript method alone counts as a file.
"""

import re

from seccoder import sandbox
from seccoder.code import standards
from seccoder.code.parsing import MAX_CHARS, methods_alone, syntax
from seccoder.errors import SecCoderError

_LIMITS = sandbox.Limits(seconds=20, memory_mb=2048)
_COMPILERS = {"c": ("gcc", "c"), "cpp": ("g++", "c++")}
# What reads a language without running it: commands of which one must succeed, each with the file it reads as its last
# word. javac is not among them, because it cannot be asked about syntax alone; the executed check asks it.
_PARSERS: dict[str, list[list[str]]] = {
    "javascript": [["node", "--check", "source.mjs"], ["node", "--check", "source.cjs"]],
    "typescript": [["esbuild", "--log-level=error", "source.ts"], ["esbuild", "--log-level=error", "source.tsx"]],
    "go": [["gofmt", "-e", "source.go"]],
}
# Lines of a newer version than the grammar knows: tree-sitter-java 0.23 is behind Java 25 (JEP 511).
_NEWER = {"java": re.compile(r"^[ \t]*import[ \t]+module[ \t]+[\w.]+[ \t]*;", re.MULTILINE)}


def parses(text: str, language: str | None) -> tuple[bool | None, str]:
    """Tell whether a whole file parses (Python, JavaScript, TypeScript, Java, Go) or compiles (C, C++).

    Args:
        text: The whole file.
        language: The canonical language.

    Returns:
        True, False or None, and the reason in one line, which is empty for True. None means that it cannot be told: the
        tool failed, a header is not installed, or the language is not covered.
    """
    if language in _COMPILERS and len(text) <= MAX_CHARS:
        return _compiles(text, language)
    valid, reason = syntax(_NEWER[language].sub("", text) if language in _NEWER else text, language)
    if valid is not False or language == "python" or "\0" in text:
        return valid, reason
    return (True, "") if methods_alone(text, language) else _parsed_by_its_own(text, language, reason)


def _parsed_by_its_own(text: str, language: str | None, reason: str) -> tuple[bool | None, str]:
    """Ask the language's own parser about a text in which tree-sitter found an error, for this reason."""
    doubt = f"tree-sitter finds a {reason}, and only a compiler can tell"
    tool = ""
    for command in _PARSERS.get(language or "", ()):
        tool = command[0]
        try:
            outcome = sandbox.run(command, files={command[-1]: text.encode("utf-8", "replace")}, limits=_LIMITS)
        except SecCoderError as error:
            return None, f"{doubt}: {error}"
        if outcome.exit_code == 0:
            return True, ""
        if outcome.exit_code not in {1, 2} or outcome.killed:
            return None, f"{doubt}: {tool} {'is not installed' if outcome.exit_code == 127 else 'was stopped'}"
    return (False, f"{reason} ({tool} finds one, too)") if tool else (None, doubt)


def _compiles(text: str, language: str) -> tuple[bool | None, str]:
    if "\0" in text:
        return False, "it holds a NUL character"
    compiler, dialect = _COMPILERS[language]
    command = [compiler, "-x", dialect, *standards.OPTIONS[language], "-w", "-fsyntax-only", "-fmax-errors=1"]
    command += ["-fdiagnostics-color=never", "-"]
    if reason := sandbox.unavailable():
        return None, f"not compiled: {reason}"
    try:
        outcome = sandbox.run(command, stdin=text.encode("utf-8", "replace"))
    except SecCoderError as error:
        return None, f"not compiled: {error}"
    message = outcome.stderr.decode("utf-8", "replace")
    if outcome.exit_code == 0:
        return True, ""
    if outcome.timed_out or outcome.killed:
        return None, f"{compiler} was stopped: {outcome.killed or 'out of time'}"
    found = re.search(r"^<stdin>:(\d+):(?:\d+:)? (?:fatal )?error: (.*)$", message, re.MULTILINE)
    if outcome.exit_code != 1 or found is None:
        lines = message.strip().splitlines()
        return None, f"{compiler} failed with exit status {outcome.exit_code}" + (f": {lines[-1]}" if lines else "")
    if found[2].endswith("No such file or directory"):
        return None, f"line {found[1]}: a header is not installed here: {found[2].partition(':')[0]}"
    return False, f"line {found[1]}: {found[2]}"
