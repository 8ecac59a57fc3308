"""Knows the languages: their canonical names, other spellings, file suffixes and comment syntax.

A language is given in any spelling or by a file name, and becomes a canonical name (`python`, `c`, `cpp`, `javascript`,
`typescript`, `java`, `go`). `named_in` finds the language that a text in words names. Nothing here guesses a language
from code, because a wrong guess would retrieve the wrong demonstration without any sign of it.
"""

import re
from pathlib import PurePath

from seccoder.errors import UsageError

LANGUAGES = ("python", "c", "cpp", "javascript", "typescript", "java", "go")

_ALIASES = {
    "py": "python",
    "python3": "python",
    "c++": "cpp",
    "cxx": "cpp",
    "cc": "cpp",
    "js": "javascript",
    "jsx": "javascript",
    "ts": "typescript",
    "tsx": "typescript",
    "golang": "go",
}

SUFFIXES = {
    ".py": "python",
    ".c": "c",
    ".h": "c",
    ".cpp": "cpp",
    ".cc": "cpp",
    ".cxx": "cpp",
    ".hpp": "cpp",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascript",
    ".ts": "typescript",
    ".tsx": "typescript",
    ".java": "java",
    ".go": "go",
}

EXTENSION = {
    "python": ".py",
    "c": ".c",
    "cpp": ".cpp",
    "javascript": ".js",
    "typescript": ".ts",
    "java": ".java",
    "go": ".go",
}

LINE_COMMENT = {language: "#" if language == "python" else "//" for language in LANGUAGES}


def canonical(name: str) -> str:
    """Return the canonical spelling of a language.

    Raises:
        UsageError: If the language is not one of `LANGUAGES` under any spelling.
    """
    lowered = name.strip().lower()
    lowered = _ALIASES.get(lowered, lowered)
    if lowered not in LANGUAGES:
        raise UsageError(f"unknown language {name!r}; known: {', '.join(LANGUAGES)}")
    return lowered


def from_path(path: str | PurePath) -> str | None:
    """Return the language a file's suffix stands for, or None."""
    return SUFFIXES.get(PurePath(path).suffix.lower())


_WRITTEN = (
    r"(?:Python|PYTHON|python|C\+\+|c\+\+|[Jj]ava[Ss]cript|[Tt]ype[Ss]cript|Node\.js|Java|java|Golang|golang|Go|C)"
)
_NAMED = re.compile(
    rf"""
      ^[ ]{{0,3}}(?:```+|~~~+)[ ]*(?P<fence>[\w+]+)
    | \b(?i:in|using|with)[ ]+(?:plain[ ]+|pure[ ]+)?(?P<after>{_WRITTEN})(?![\w+#])
    | (?<![\w+#/.-])(?P<before>{_WRITTEN})[ ]+
      (?:function|method|class|module|script|program|code|snippet|file|server|service|handler|app|library|test)s?\b
    """,
    re.VERBOSE | re.MULTILINE,
)


def named_in(text: str) -> str | None:
    """The one language that a text names (`in Go`, `a C function`, a fence's tag); None for none or several."""
    found = set()
    for match in _NAMED.finditer(text):
        name = match["fence"] or match["after"] or match["before"]
        try:
            found.add(canonical("javascript" if name == "Node.js" else name))
        except UsageError:  # a fence of something else
            continue
    return found.pop() if len(found) == 1 else None
