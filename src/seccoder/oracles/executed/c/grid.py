"""Lists inputs for a C or C++ program: arguments, standard input, environment, files, failing allocations, numbers.

It takes what `discover` found and the target's family, and returns runs, the ordinary ones first. Each kind of input
that the program reads is driven to its edges while the other kinds stay ordinary. No input format is known beyond the
program's own literals.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from seccoder.oracles.executed.c.attacks import attacks, common_files, encoded, ordinary
from seccoder.oracles.executed.c.discover import Surface

# so many elements of 16, 8, 4 or 2 bytes need only a few bytes if their product is kept in 32 bits
WRAPS = tuple(str(2**32 // size + 1) for size in (16, 8, 4, 2))
_TEXTS = [
    "", " ", "    ", "abc   ", "A" * 9, "A" * 15, "A" * 16, "A" * 31, "A" * 100, "A" * 300, "A" * 5000, "%s%s%n%x%s%n",
    "\xff\xfe", "2147483647", "-1", "2147484", "\x01" * 40, '"' * 40, "\\" * 40, "a,b,c,d,e,f,g,h",
]  # fmt: skip
_VARIABLES = {  # what a server or a shell sets; any other variable holds an ordinary text
    "HOME": "/box/run", "USER": "user", "LOGNAME": "user", "PATH": "/usr/bin:/bin", "TMPDIR": "/tmp",  # noqa: S108
    "REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.1", "SERVER_PORT": "80",
    "CONTENT_TYPE": "application/x-www-form-urlencoded", "LANG": "C",
}  # fmt: skip


def _run(
    argv: Iterable[str] = (),
    stdin: str = "",
    *,
    files: dict[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
    **env: str,
) -> dict[str, Any]:
    return {
        "argv": [encoded(argument) for argument in argv],
        "stdin": encoded(stdin),
        "env": {**(variables or {}), **{f"SECCODER_{name.upper()}": value for name, value in env.items()}},
        "files": {name: encoded(text) for name, text in (files or {}).items()},
    }


def grid(surface: Surface, family: str) -> Iterator[dict[str, Any]]:
    """Yield every run, the ordinary ones first and marked as such."""
    usual = {"variables": variables(surface, family)}
    yield from ({**run, "ordinary": True} for run in _ordinary(surface, family, usual))
    yield from ({**run, "ordinary": False} for run in _hostile(surface, family, usual))


def variables(surface: Surface, family: str) -> dict[str, str]:
    """Return an ordinary environment: every variable that the program asks for by name."""
    text = ordinary(family, surface)[0]
    found = {name: _VARIABLES.get(name, text) for name in surface.environment}
    if "QUERY_STRING" in found:
        keys = [word for word in surface.strings if re.fullmatch(r"\w+=", word)]
        found["QUERY_STRING"] = "&".join(key + text for key in keys) or text
    if "POST" in surface.strings and "GET" not in surface.strings and "REQUEST_METHOD" in found:
        found["REQUEST_METHOD"] = "POST"
    if "CONTENT_LENGTH" in found:
        found["CONTENT_LENGTH"] = "6"
    return found


def _reads_stdin(surface: Surface) -> bool:
    named = any(re.search(r"scanf|gets|getchar|getc|getline|read|cin", name) for name in surface.called)
    return named or re.search(r"\bcin\b", " ".join(surface.called)) is not None or surface.reads


def _ordinary(surface: Surface, family: str, usual: dict[str, Any]) -> Iterator[dict[str, Any]]:
    texts, stdin = ordinary(family, surface), _reads_stdin(surface)
    for argument in texts if surface.arguments else ("",):
        for line in ("1\n2\n3\n", f"{argument or texts[0]}\nhello world\nsecond line\n") if stdin else ("",):
            yield _run([argument] if argument else [], line, **usual)
    if surface.arguments:
        yield _run(["3", "4"], "1\n2\n", **usual)
        yield _run(["alpha", "beta", "gamma"], "1\n2\n", **usual)
        if family == "path":  # which argument is the folder, and which the name, only the code knows
            yield from (_run(words, "1\n2\n", **usual) for words in _roles(surface, texts[0]))
    for name, value in usual["variables"].items():
        for word in surface.strings:  # a word that the program may look for
            if re.fullmatch(r"[A-Za-z][\w/-]{0,30}", word) and word not in {name, value} and len(surface.strings) < 12:
                yield _run(texts[:1] if surface.arguments else (), "1\n", variables={**usual["variables"], name: word})


def _roles(surface: Surface, name: str) -> Iterator[list[str]]:
    """Yield the arguments with a name in each place and the folder in every other."""
    for places in range(2, max(2, min(surface.positions, 4)) + 1):
        for at in range(places):
            yield [name if n == at else "files" for n in range(places)]


def _hostile(surface: Surface, family: str, usual: dict[str, Any]) -> Iterator[dict[str, Any]]:
    near = dict.fromkeys(number + step for number in surface.numbers[:12] for step in (-1, 0, 1))
    numbers = [str(n) for n in dict.fromkeys([-1, 0, 2**31 - 1, -(2**31), *near, 5, 100, 1000, 100_000, 2**31])]
    if family in {"integer", "division"}:  # where a sum or a difference with one of the program's own numbers just fits
        own = [number for number in surface.numbers[:12] if abs(number) > 1]
        numbers += [
            str(edge) for n in own for step in (-1, 0, 1) for edge in (2**31 - 1 - n + step, -(2**31) + n + step)
        ]
    hostile = attacks(family, surface)
    texts = [*hostile, *_TEXTS]
    stdin = _reads_stdin(surface)
    # a line that is read holds no end of a line, so a file's own lines are no attack
    lines = [text for text in texts if "\n" not in text] if family in {"header", "log"} else texts
    yield from _environment(surface, [*texts, *numbers[:16]], usual)
    if surface.arguments:
        if family == "path":
            yield from (_run(words, "1\n", **usual) for text in hostile for words in _roles(surface, text))
        yield from (_run([text], "1\n2\n", **usual) for text in [*numbers, *texts])
        second = () if family == "path" else hostile
        yield from (_run(["2", text], "1\n", **usual) for text in (*second, *numbers[:16], "A" * 5000))
        yield from (_run([text, "1"], "1\n", **usual) for text in numbers[4:16])
        yield from (_run([text, text], "1\n", **usual) for text in (*WRAPS, "65537", "2147483647"))
        yield from (_run(["2", "2", text], "1\n", **usual) for text in hostile if surface.positions > 2)
        if surface.positions > 1:
            yield from (_run([text, "abc", "abc"], "1\n", **usual) for text in (*hostile[:12], "A" * 5000))
        yield _run([str(n) for n in range(1, 80)], "1\n", **usual)
        yield _run([], "1\n2\n", **usual)
    if stdin:
        first = ordinary(family, surface)[:1]
        yield from (_run(["2"], f"{text}\n" * 3, **usual) for text in [*numbers, *lines])
        yield from (_run(["2"], text, **usual) for text in ("", "\n", "A" * 5000, "1", "x", *WRAPS))
        yield from (_run(["2"], f"{text}\n1\n", **usual) for text in numbers[4:12])
        yield from (_run(["2"], f"1\n{text}\n", **usual) for text in numbers[4:12])
        yield from (_run(first, f"{word}\n{text}\n", **usual) for text in lines[:8] for word in ("abc", "files"))
        yield _run(["2"], "\n".join(map(str, range(1, 200))), **usual)
    if surface.called & {"malloc", "calloc", "realloc", "strdup", "strndup"}:
        yield from (_run(["2"], "1\nabc\n", fail=which, **usual) for which in ("all", "0", "1", "2"))
        yield _run(["2"], "hello world\n", fail="all", **usual)
    for value in ("0", "2147483647", "2147482648", "1000000000", "1") if surface.called & {"rand", "random"} else ():
        yield _run(["2"], "1\n2\n", rand=value, **usual)
    if surface.pointers or surface.declares:
        yield from (_run(["2"], "1\n2\n", stub=value, **usual) for value in ("2147483647", "-2147483648", "-1", "0"))
    if files := [name for name in common_files(surface, family) if not name.startswith("/")]:
        yield _run(["2"], "1\n", files=dict.fromkeys(files, ""), **usual)
        yield _run(["2"], "1\n", files=dict.fromkeys(files, "A" * 8000), **usual)
        yield _run(["2"], "1\n", files=dict.fromkeys(files, "1 99999999999 -1 %s%n\n,;:=\n" * 3), **usual)


def _environment(surface: Surface, texts: list[str], usual: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield runs in which one variable at a time holds each text, alone and behind each `name=` of the source."""
    common = usual["variables"]
    argv = ordinary("", surface)[:1] if surface.arguments else ()
    keys = [word for word in surface.strings if re.fullmatch(r"\w+=", word)]
    for name in surface.environment:
        for text in texts:
            yield _run(argv, "1\n", variables={**common, name: text})
            if name in {"QUERY_STRING", "HTTP_COOKIE"}:
                yield from (_run(argv, "1\n", variables={**common, name: key + text}) for key in keys[:2])
        without = {other: value for other, value in common.items() if other != name}
        yield _run(argv, "1\n", variables=without)
    if "CONTENT_LENGTH" in surface.environment:  # the body is in the standard input
        yield from (
            _run(argv, text, variables={**common, "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(text))})
            for text in texts
        )
