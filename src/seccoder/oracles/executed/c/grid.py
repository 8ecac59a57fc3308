"""Lists inputs for a C or C++ program: arguments, standard input, files, failing allocations, chosen numbers.

It takes what `discover` found and the target's family, and returns runs, the ordinary ones first. Each kind of input
that the program reads is driven to its edges while the other kinds stay ordinary. No input format is known beyond the
program's own literals.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from typing import Any

from seccoder.oracles.executed.c.discover import Surface

MARK = "/tmp/seccoder-mark"  # noqa: S108 - in the box: a command that an attack smuggles in makes it
SECRET = "/box/secret/secret.txt"  # noqa: S105
COMMANDS = (
    *(
        f"{before}touch {MARK}{after}"
        for before, after in ((";", ""), ("a;", ";"), ("|", ""), ("&&", ""), ("\n", "\n"), ("$(", ")"), ("`", "`"))
    ),
    f"'; touch {MARK}; '",
    f'"; touch {MARK}; "',
    f"a' $(touch {MARK}) 'b",
    f'a" $(touch {MARK}) "b',
    f"$(touch\t{MARK})",
    f"a&touch${{IFS}}{MARK}&",
    f"${{IFS}};touch${{IFS}}{MARK};",
)
PATHS = (
    SECRET, "../secret/secret.txt", "../../secret/secret.txt", "../../../secret/secret.txt",
    "../../../../../../../../box/secret/secret.txt", "./../secret/secret.txt", "....//secret/secret.txt",
    "x/../../secret/secret.txt", "../files-old/secret.txt", "files-old/secret.txt", "..//secret//secret.txt",
    "../../../../../../../../box/secret/secret",
)  # fmt: skip
# so many elements of 16, 8, 4 or 2 bytes need only a few bytes if their product is kept in 32 bits
WRAPS = tuple(str(2**32 // size + 1) for size in (16, 8, 4, 2))
_TEXTS = [
    "", " ", "    ", "abc   ", "A" * 9, "A" * 15, "A" * 16, "A" * 31, "A" * 100, "A" * 300, "A" * 5000, "%s%s%n%x%s%n",
    "\xff\xfe", "2147483647", "-1", "2147484", "\x01" * 40, '"' * 40, "\\" * 40, "a,b,c,d,e,f,g,h",
]  # fmt: skip
_DEEP = ("(" * 60_000, "[" * 60_000, "{" * 60_000, "-" * 60_000, "!" * 60_000, "<a>" * 20_000)
_INSIDE = "seccoder inside\n"


def attacks(family: str) -> tuple[str, ...]:
    """Return the texts that carry the attack of a family, if texts carry it."""
    return {
        "command": COMMANDS,
        "path": PATHS,
        "format": ("%s%s%s%s%n", "%n", "%1000000d%s%n"),
        "consumption": _DEEP,
        "temporary": ("/tmp",),  # noqa: S108
    }.get(family, ())


def common_files(surface: Surface, family: str) -> dict[str, str]:
    """Return the files that are there in each run: those that the program's literals name."""
    if family in {"permissions", "temporary"}:
        return {}  # the files that the program makes show how it makes them
    files = {
        name: _encoded("Some text.\n1 2 3\n")
        for name in surface.strings
        if re.fullmatch(r"(?!.*\.\.)(/(tmp|var|srv|opt|home|data|etc/seccoder)/)?[\w./-]*[\w-]+\.\w{1,5}", name)
        and len(name) < 80
    }
    if family == "path":
        files["a.txt"] = files["test.txt"] = files["files/a.txt"] = _encoded(_INSIDE)
        for folder in surface.strings:
            if (
                re.fullmatch(r"(?!.*\.\.)\.?/?[\w-]+(/[\w.-]+)*/?", folder)
                and "." not in folder[1:]
                and len(folder) < 60
            ):
                files[f"{folder.rstrip('/')}/a.txt"] = _encoded(_INSIDE)
    return files


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "replace")).decode()


def _run(
    argv: Iterable[str] = (), stdin: str = "", *, files: dict[str, str] | None = None, **env: str
) -> dict[str, Any]:
    return {
        "argv": [_encoded(argument) for argument in argv],
        "stdin": _encoded(stdin),
        "env": {f"SECCODER_{name.upper()}": value for name, value in env.items()},
        "files": {name: _encoded(text) for name, text in (files or {}).items()},
    }


def grid(surface: Surface, family: str) -> Iterator[dict[str, Any]]:
    """Yield every run, the ordinary ones first."""
    near = dict.fromkeys(number + step for number in surface.numbers[:12] for step in (-1, 0, 1))
    numbers = [str(n) for n in dict.fromkeys([-1, 0, 2**31 - 1, -(2**31), *near, 5, 100, 1000, 100_000, 2**31])]
    if family in {"integer", "division"}:  # where a sum or a difference with one of the program's own numbers just fits
        own = [number for number in surface.numbers[:12] if abs(number) > 1]
        numbers += [
            str(edge) for n in own for step in (-1, 0, 1) for edge in (2**31 - 1 - n + step, -(2**31) + n + step)
        ]
    texts = [*attacks(family), *_TEXTS]
    files = [name for name in common_files(surface, family) if not name.startswith("/")]
    stdin = any(re.search(r"scanf|gets|getchar|getc|getline|read|cin", name) for name in surface.called)
    stdin = stdin or re.search(r"\bcin\b", " ".join(surface.called)) is not None or surface.reads
    ordinary = ("2", "abc", "abc def") if family != "path" else ("a.txt", "test.txt", "2")
    for argument in ordinary if surface.arguments else ("",):
        for line in ("1\n2\n3\n", f"{ordinary[0]}\nhello world\nsecond line\n") if stdin else ("",):
            yield _run([argument] if argument else [], line)
    if surface.arguments:
        yield _run(["3", "4"], "1\n2\n")
        yield _run(["alpha", "beta", "gamma"], "1\n2\n")
        yield from (_run([text], "1\n2\n") for text in [*numbers, *texts])
        yield from (_run(["2", text], "1\n") for text in (*attacks(family), *numbers[:16], "A" * 5000))
        yield from (_run([text, "1"], "1\n") for text in numbers[4:16])
        yield from (_run([text, text], "1\n") for text in (*WRAPS, "65537", "2147483647"))
        yield _run([str(n) for n in range(1, 80)], "1\n")
        yield _run([], "1\n2\n")
    if stdin:
        yield from (_run(["2"], f"{text}\n" * 3) for text in [*numbers, *texts])
        yield from (_run(["2"], text) for text in ("", "\n", "A" * 5000, "1", "x", *WRAPS))
        yield from (_run(["2"], f"{text}\n1\n") for text in numbers[4:12])
        yield from (_run(["2"], f"1\n{text}\n") for text in numbers[4:12])
        yield _run(["2"], "\n".join(map(str, range(1, 200))))
    if surface.called & {"malloc", "calloc", "realloc", "strdup", "strndup"}:
        yield from (_run(["2"], "1\nabc\n", fail=which) for which in ("all", "0", "1", "2"))
        yield _run(["2"], "hello world\n", fail="all")
    for value in ("0", "2147483647", "2147482648", "1000000000", "1") if surface.called & {"rand", "random"} else ():
        yield _run(["2"], "1\n2\n", rand=value)
    if surface.pointers or surface.declares:
        yield from (_run(["2"], "1\n2\n", stub=value) for value in ("2147483647", "-2147483648", "-1", "0"))
    if files:
        yield _run(["2"], "1\n", files=dict.fromkeys(files, ""))
        yield _run(["2"], "1\n", files=dict.fromkeys(files, "A" * 8000))
        yield _run(["2"], "1\n", files=dict.fromkeys(files, "1 99999999999 -1 %s%n\n,;:=\n" * 3))
