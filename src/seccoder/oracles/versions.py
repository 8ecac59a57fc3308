"""Digests what decides a check's result besides the source: our own code, and what the machine has to run it with.

An oracle's version is what the oracle says of itself. It does not tell whether our code around it changed, nor which
compiler, interpreter or library the code under test met. Results are kept and compared under these digests too.
"""

import hashlib
import os
import platform
import shutil
import site
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from seccoder.code.languages import FACTS
from seccoder.settings import resolve

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("oracles", "code", "sandbox")  # a check comes from the oracles, from what they know of code, and the box
_RULE = "oracles/verdict.py"
_TOOLS = ("bwrap", "docker", "podman", "clang", "clang++", "cppcheck", "semgrep", "codeql", "bandit", "ruff", "objcopy")
_HEADERS = (
    "/usr/include",
    "/usr/local/include",
    f"/usr/include/{platform.machine()}-linux-gnu",
    "/usr/lib/node_modules",
)


def code_digest(*more: str, package: Path = _PACKAGE) -> str:
    """Digest the code that decides what a check says, by content: a file that only moves changes nothing.

    The rule that makes verdicts of checks is not part of it. Scores are computed afresh from the stored checks each
    time, so checks made before and after a change of the rule are the same checks.

    Args:
        more: Patterns of further files, relative to the package's folder.
        package: The folder.
    """
    paths = {path for room in _ROOMS for path in (package / room).rglob("*")} - {package / _RULE}
    paths |= {path for pattern in more for path in package.glob(pattern)}
    contents = (path.read_bytes() for path in paths if path.is_file() and "__pycache__" not in path.parts)
    digests = sorted(hashlib.sha256(content).hexdigest() for content in contents)
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:12]


@cache
def environment_digest() -> str:
    """Digest our code and what the machine offers: interpreter, installed packages, tools, headers, the kind of box.

    A tool is known by its place, size and time of change; that is enough to notice that it was replaced. What is not
    noticed is a header or a library that was replaced in its folder.
    """
    parts = [code_digest(), sys.version, sys.executable, platform.platform(), resolve().sandbox, *_seen()]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _seen() -> Iterator[str]:
    for name in sorted({*_TOOLS, *(tool for facts in FACTS.values() for tool in facts.toolchain)}):
        yield f"{name} {_stamp(shutil.which(name))}"
    for folder in _HEADERS:
        yield _stamp(folder)
    # an installed package shows in the name of its folder of metadata, version included
    for place in dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages())):
        if os.path.isdir(place):
            yield " ".join(sorted(name for name in os.listdir(place) if name.endswith(("-info", ".pth", ".egg-link"))))
    yield os.environ.get("NODE_PATH", "")


def _stamp(path: str | None) -> str:
    if path is None:
        return "-"
    try:
        real = os.path.realpath(path)
        found = os.stat(real)
    except OSError:
        return "-"
    return f"{real} {found.st_size} {found.st_mtime_ns}"
