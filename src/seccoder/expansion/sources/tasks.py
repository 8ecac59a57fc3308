"""Says in words what a function does, as somebody would ask for it, from everything that names it.

The name of a function says little ("print value"). Beside it stand its parameters, the first sentence of its
docstring or of the comment above it, and what the commit or the advisory says was mended.
"""

import re

from seccoder.expansion.sources.source_file import Function, words

MAX_TASK = 240  # characters
_PARAMETERS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_REFERENCE = re.compile(
    r"\s*[\[(]?(?:\b(?:CVE|CWE|GHSA|PYSEC|OSV|GO|RUSTSEC)-[\w-]+|(?:\b(?:fix(?:es)?|close[sd]?|resolves|see))?:? *#\d+)"
    r"[\])]*[:,]?"
    r"|https?://\S+",
    re.IGNORECASE,
)


def task(function: Function, summary: str) -> str:
    """Return the task of a function in one line.

    Args:
        function: The function, with what its documentation says.
        summary: What was mended, in the words of a commit or of an advisory.
    """
    named = words(function.name)
    taken = ", ".join(_parameters(function))
    said = [f"{named} ({taken})" if taken else named, function.doc, _REFERENCE.sub("", summary)]
    text = ". ".join(" ".join(each.split()).strip(" .:-") for each in said if each.strip(" .:-"))
    return text[:MAX_TASK].strip()


def _parameters(function: Function) -> list[str]:
    """Return the names of a function's parameters, at most six, without `self` and types."""
    go = function.text.startswith("func ")
    text = re.sub(r"^func \([^()]*\)", "func", function.text)  # without a receiver
    match = _PARAMETERS.match(text, text.find("(")) if "(" in text else None
    if match is None:
        return []
    found = []
    for part in re.sub(r"\([^()]*\)|\[[^\]]*\]|<[^<>]*>", "", match[1]).split(","):
        before = re.split(r"[:=]", part)[0]
        names = re.findall(r"[A-Za-z_]\w*", before)
        if go and names:  # which writes its types behind
            names = names[:1]
        if names and names[-1] not in {"self", "cls", "this", "void", "const"}:
            found.append(names[-1])
    return found[:6]
