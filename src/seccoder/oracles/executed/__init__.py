"""The executed oracle: runs each source in the sandbox and decides by what it did.

In flow sources in any order; out flows one `Check` per source. Python goes to `python` (one module per CWE family),
JavaScript and TypeScript to `javascript` (the same families), C and C++ to `c`. Every check has a positive control: a
benign input must have reached the sensitive operation, or `exercised` is False and the source is neither secure nor
vulnerable. Entry points are found in the source, nothing is told about them.

It does not guarantee that a source nobody could exploit here has no weakness: it tries some tens of known attacks on
the entry points it finds. Code written to recognise this harness can deceive it; code that merely prints, exits or
patches what it finds cannot.
"""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from seccoder import sandbox
from seccoder.types import Check, Source, Why

VERSION = "1"


class Executed:
    """The oracle named `executed`."""

    name = "executed"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Check sources, at most as many at a time as there are processors. Never raises for a source's sake."""
        if (why := sandbox.unavailable()) is not None:
            return [self._unknown(why, why=Why.MISSING_TOOL) for _ in sources]
        if len(sources) == 1:
            return [self._one(sources[0])]
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            return list(pool.map(self._one, sources))

    def _one(self, source: Source) -> Check:
        began = time.monotonic()
        try:
            if source.language == "python":
                from seccoder.oracles.executed.python import check as python

                return python.check(source, oracle=self.name, version=VERSION)
            if source.language in {"javascript", "typescript"}:
                from seccoder.oracles.executed.javascript import check as javascript

                return javascript.check(source, oracle=self.name, version=VERSION)
            if source.language in {"c", "cpp"}:
                from seccoder.oracles.executed.c import check as c

                return c.check(source, oracle=self.name, version=VERSION)
        except sandbox.SandboxError as error:
            return self._unknown(str(error), time.monotonic() - began)
        except Exception as error:
            reason = f"the check itself failed: {type(error).__name__}: {error}".splitlines()[0]
            return self._unknown(reason, time.monotonic() - began)
        return self._unknown(f"no executed check for {source.language}")

    def _unknown(self, reason: str, seconds: float = 0.0, why: Why | None = None) -> Check:
        return Check(self.name, VERSION, "executed", False, seconds=seconds, reason=reason, why=why)
