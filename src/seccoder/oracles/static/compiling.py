"""Says whether a whole file parses or compiles, by asking the tool that decides it for the language.

For Python this is its own compiler, which executes nothing. For C and C++ it is gcc's front end inside the sandbox,
because only a compiler knows types and headers. For the other languages it is tree-sitter, through
`seccoder.code.parsing.syntax`, which is cheap and runs nothing. A JavaScript method alone counts as a file.
"""

import re

from seccoder import sandbox
from seccoder.code.parsing import MAX_CHARS, methods_alone, syntax
from seccoder.errors import SecCoderError

_COMPILERS = {"c": ("gcc", "c"), "cpp": ("g++", "c++")}


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
    valid, reason = syntax(text, language)
    return (True, "") if valid is False and methods_alone(text, language) else (valid, reason)


def _compiles(text: str, language: str) -> tuple[bool | None, str]:
    if "\0" in text:
        return False, "it holds a NUL character"
    compiler, dialect = _COMPILERS[language]
    command = [compiler, "-x", dialect, "-w", "-fsyntax-only", "-fmax-errors=1", "-fdiagnostics-color=never", "-"]
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
