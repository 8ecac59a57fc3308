"""The languages seccoder knows: their one spelling, the other spellings read, file suffixes and comment syntax.

In flows any spelling or a file name; out flows the canonical name (`python`, `c`, `cpp`, `javascript`, `typescript`,
`java`, `go`). Does not guess a language from content: a guess that is wrong retrieves the wrong demonstration silently.
"""

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
