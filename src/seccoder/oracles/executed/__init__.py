"""Runs each source in the sandbox and decides by what it did: the executed oracle.

It takes sources in any order and returns one `Check` for each. Python goes to `python`, JavaScript and TypeScript go to
`javascript`, and C and C++ go to `c`; `families` holds one module per family of CWEs for the first two. Every check has
a positive control: a benign input must have reached the sensitive operation. Otherwise `exercised` is False, and the
source is neither secure nor vulnerable. Entry points are found in the source; the oracle is told nothing about them.

It does not guarantee that a source that nobody could exploit here has no weakness: it tries some tens of known attacks
on the entry points that it finds. Code that was written to recognise this harness can deceive it. Code that merely
prints, exits or patches what it finds cannot.
"""

import time
from collections.abc import Iterator, Sequence

from seccoder import sandbox
from seccoder.errors import UsageError
from seccoder.sandbox import parallel
from seccoder.types import Check, Source, Why

VERSION = "1"
_TOGETHER = 8  # sources that may go to a cluster together


class Executed:
    """Runs sources in the sandbox: this is the oracle named `executed`.

    Args:
        jobs: How many sources are run at a time; None means one per processor.
    """

    name = "executed"

    def __init__(self, jobs: int | None = None) -> None:
        self._jobs = jobs

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Check sources, as many at a time as there are jobs. It does not raise an error because of a source."""
        return list(self.each(sources))

    def each(self, sources: Sequence[Source]) -> Iterator[Check]:
        """Check sources as `check` does, and yield each check, in order, when it is made."""
        yield from parallel.each(self._one, sources, at_a_time=self._jobs, together=_TOGETHER)

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
            if source.language == "java":
                from seccoder.oracles.executed.java import check as java

                return java.check(source, oracle=self.name, version=VERSION)
            if source.language == "go":
                from seccoder.oracles.executed.go import check as go

                return go.check(source, oracle=self.name, version=VERSION)
        except (sandbox.SandboxError, UsageError) as error:  # it cannot be had here, or its setting is wrong
            return self._unknown(str(error), time.monotonic() - began, Why.MISSING_TOOL)
        except Exception as error:
            reason = f"the check itself failed: {type(error).__name__}: {error}".splitlines()[0]
            return self._unknown(reason, time.monotonic() - began)
        return self._unknown(f"no executed check for {source.language}")

    def _unknown(self, reason: str, seconds: float = 0.0, why: Why | None = None) -> Check:
        return Check(self.name, VERSION, "executed", False, seconds=seconds, reason=reason, why=why)
