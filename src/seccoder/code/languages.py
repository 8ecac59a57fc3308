"""Knows the languages: one table of their names, suffixes, comments, families and tools.

A language is given in any spelling, by a file name or by the first line of a script, and becomes a canonical name
(`python`, `c`, `cpp`, `javascript`, `typescript`, `java`, `go`). Nothing here guesses: `seccoder.code.recognise` says
which language a text is about.
"""

import re
from dataclasses import dataclass
from pathlib import PurePath

from seccoder.errors import UsageError


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of one language.

    Attributes:
        title: How people write it.
        suffixes: Of its files; the first is that of a new file.
        aliases: Other names it is read by.
        comment: What begins a comment that ends with its line.
        family: The language that stands for it and those so close to it that a demonstration in one is of use in the
            other; "" if it stands for itself.
        toolchain: The programs that run it, or compile it.
    """

    title: str
    suffixes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    comment: str = "//"
    family: str = ""
    toolchain: tuple[str, ...] = ()


FACTS = {
    "python": Language("Python", (".py", ".pyw", ".pyi"), ("py", "python3"), comment="#"),
    "c": Language("C", (".c", ".h"), toolchain=("gcc",)),
    "cpp": Language(
        "C++", (".cpp", ".cc", ".cxx", ".hpp", ".hh", ".hxx"), ("c++", "cxx", "cc"), family="c", toolchain=("g++",)
    ),
    "javascript": Language("JavaScript", (".js", ".mjs", ".cjs", ".jsx"), ("js", "jsx"), toolchain=("node",)),
    "typescript": Language(
        "TypeScript", (".ts", ".tsx", ".mts", ".cts"), ("ts", "tsx"), family="javascript", toolchain=("node", "esbuild")
    ),
    "java": Language("Java", (".java",), toolchain=("javac", "java")),
    "go": Language("Go", (".go",), ("golang",), toolchain=("go",)),
}

LANGUAGES = tuple(FACTS)
SUFFIXES = {suffix: name for name, language in FACTS.items() for suffix in language.suffixes}
EXTENSION = {name: language.suffixes[0] for name, language in FACTS.items()}
LINE_COMMENT = {name: language.comment for name, language in FACTS.items()}
UNTOLD = f"its name tells none of {', '.join(LANGUAGES)}; if it is one of them, give --language"
_ALIASES = {alias: name for name, language in FACTS.items() for alias in language.aliases}


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


def family(name: str) -> str:
    """The language that stands for a language's family: `c` for C++, `javascript` for TypeScript, else itself."""
    known = FACTS.get(name)
    return known.family or name if known else name


def from_path(path: str | PurePath) -> str | None:
    """Return the language a file's suffix stands for, or None."""
    return SUFFIXES.get(PurePath(path).suffix.lower())


# The programs that a script's first line may name. A version may follow the name: `python3.11`.
_INTERPRETERS = {
    **dict.fromkeys(("python", "pypy"), "python"),
    **dict.fromkeys(("node", "nodejs"), "javascript"),
    **dict.fromkeys(("deno", "bun", "tsx", "ts-node"), "typescript"),
}
_FIRST_LINE = re.compile(
    r"#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-\S+[ \t]+|\w+=\S*[ \t]+)*(?:\S*/)?)?([A-Za-z-]+)[\d.]*(?=\s|$)"
)


def from_first_line(text: str) -> str | None:
    """Return the language of a script whose first line names its interpreter (`#!/usr/bin/env python3`), or None."""
    match = _FIRST_LINE.match(text.partition("\n")[0])
    return _INTERPRETERS.get(match[1]) if match else None
