"""Writes the test of a fault in C or C++ code: a program with the code in it, and the command that compiles it.

It takes a file's text and a finding. The test includes the code by its path and runs one case: what a program was
given, or a call of its functions that was drawn, which the driver of the check draws again (`executed/c/driver.py`,
`inside/c/draw.c`). A sanitizer's report makes it fail. What it needs beside it is returned too.
"""

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seccoder.code.standards import OPTIONS
from seccoder.oracles.executed.c import discover, driver

_INSIDE = Path(driver.__file__).parents[1] / "inside" / "c"
_BESIDE = Path(__file__).with_name("replayed") / "replay.c"
FOLDER = "beside_c"  # what all tests of C need lies in it
_WRAPPED = re.compile(r"\b__wrap_(\w+)\(")


def beside() -> dict[str, str]:
    """Return the files that a test needs beside it, by name."""
    named = [_BESIDE, *(_INSIDE / name for name in ("draw.c", "seccoder.h", "seccoder.hpp"))]
    return {f"{FOLDER}/{path.name}": path.read_text() for path in named}


def command(name: str, language: str, code: str, *, drawn: bool) -> str:
    """Return the shell command that compiles and runs a test.

    Args:
        name: The test's file.
        language: `c` or `cpp`.
        code: The path of the code, as the shell sees it.
        drawn: Whether the test draws a call of a function; otherwise it starts a program.
    """
    compiler = {"c": "gcc", "cpp": "g++"}[language]
    support = ("replay", "draw") if drawn else ("replay",)
    wrapped = ",".join(f"--wrap={each}" for each in dict.fromkeys(_WRAPPED.findall(_BESIDE.read_text())))
    assertions = "-D_GLIBCXX_ASSERTIONS " if language == "cpp" else ""
    return (
        f"(cd {FOLDER} && gcc -c -w -O1 {' '.join(f'{each}.c' for each in support)}) && "
        f"{compiler} {' '.join(OPTIONS[language])} {assertions}-w -g -O0 -fno-omit-frame-pointer "
        "-ftrivial-auto-var-init=pattern -fsanitize=address,undefined -fno-sanitize-recover=undefined "
        f"-DCODE='\"{code}\"' -I{FOLDER} -o written-test {name} {' '.join(f'{FOLDER}/{each}.o' for each in support)} "
        f"-Wl,{wrapped} -lm -lpthread -ldl && ./written-test"
    )


def content(text: str, language: str, call: Mapping[str, Any]) -> str:
    """Return the test itself, without its head."""
    if "case" in call:
        surface = discover.discover(text, call["family"], language)
        driven = driver.driver(surface, text, language, call["family"])
        own, code = f'#include "subject.{language}"', "#include CODE"
        case = ", ".join(map(str, [call["seed"], *call["case"]]))
        return f"{driven.replace(own, code)}\n{_linked(language)}const long seccoder_given_case[] = {{{case}}};\n"
    words = [b"program", *map(base64.b64decode, call["argv"])]
    settings = [f"{name}={value}".encode() for name, value in call["env"].items()]
    files = [_file(name.encode(), base64.b64decode(data)) for name, data in call["files"].items()]
    given = _linked(language)
    texts = f"{given}const char *const seccoder_given"
    return "\n".join(
        (
            "#include CODE",
            "#include <stddef.h>",
            "struct seccoder_given { const char *name, *content; size_t size; };",
            f"{given}const struct seccoder_given seccoder_given_files[] = {{{''.join(files)}{{0, 0, 0}}}};",
            f"{given}const struct seccoder_given seccoder_given_input[] = "
            f"{{{_file(b'standard-input', base64.b64decode(call['stdin']))}}};",
            f"{texts}_words[] = {{{''.join(_text(word) + ', ' for word in words)}0}};",
            f"{texts}_settings[] = {{{''.join(_text(one) + ', ' for one in settings)}0}};",
            "",
        )
    )


def _linked(language: str) -> str:
    """Return what makes a constant one that other files may name."""
    return 'extern "C" ' if language == "cpp" else ""


def _file(name: bytes, data: bytes) -> str:
    return f"{{{_text(name)}, {_text(data)}, {len(data)}}}, "


def _text(data: bytes) -> str:
    """Return bytes as a literal of C."""
    plain = "".join(chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else f"\\{byte:03o}" for byte in data)
    return f'"{plain}"'
