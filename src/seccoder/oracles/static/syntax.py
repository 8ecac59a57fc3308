"""Says whether a source parses or compiles, and nothing about security, so that every verdict can know it.

Its checks have `valid` set and `analysed=False`. C++ is compiled in the sandbox (see `seccoder.code.parsing`). So is C,
unless the gcc oracle is asked, because that oracle compiles it anyway.
"""

import platform
import time
from collections.abc import Sequence

from seccoder.oracles.static.compiling import parses
from seccoder.sandbox import parallel
from seccoder.types import Check, Source


class Syntax:
    """Parses or compiles every source.

    Args:
        leave_c: Whether to say nothing about C, because another oracle does.
    """

    name = "syntax"

    def __init__(self, *, leave_c: bool = False) -> None:
        self._leave_c = leave_c

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Return one check per source. `valid` is None where it cannot be told, and the check holds the reason."""
        return list(parallel.each(self._check, sources, together=50))

    def _check(self, source: Source) -> Check:
        if source.language == "c" and self._leave_c:
            return Check(self.name, "", "static", analysed=False)
        started = time.monotonic()
        valid, reason = parses(source.text, source.language)
        version = platform.python_version() if source.language == "python" else ""
        seconds = time.monotonic() - started
        return Check(self.name, version, "static", analysed=False, valid=valid, seconds=seconds, reason=reason)
