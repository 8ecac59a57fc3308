"""Chooses which files of a large folder are run: those that are likeliest to hold what running shows.

Reading a file costs a tenth of what running it costs. So a check of a folder reads every file and runs the likeliest
ones: first those that take input from outside and hold a sensitive operation, then by how dense such operations are.
The choice depends on the files alone, not on the machine or the time. A file that was not run says so, and no file that
was not run is ever SECURE.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from seccoder.oracles.verdict import not_analysed
from seccoder.types import Check, NotTried, Oracle, Source, Why

MOST_RUN = 40  # files of a folder
_FROM_OUTSIDE = re.compile(
    r"\brequest\b|\breq\.|\bargv\b|\bstdin\b|\binput\(|@\w+\.(route|get|post|put)\b|\brouter\.|\bapp\.(get|post|use)\("
    r"|getenv|\brecv|\bscanf|HttpServletRequest|http\.Request|do_(GET|POST)"
)
_SENSITIVE_C = re.compile(
    r"\b(str(cpy|cat|ncpy)|sprintf|mem(cpy|move)|gets|system|popen|malloc|free|alloca)\s*\(|\w\[\w+\]"
)
_SENSITIVE = re.compile(
    r"\b(execute|query|exec|eval|system|popen|spawn|open|readFile|writeFile|loads?|redirect|fetch|urlopen|innerHTML|"
    r"render|send|prepareStatement|Command)\w*\s*\("
)


def likeliness(source: Source) -> tuple[bool, bool, float, str]:
    """Return a source's place among those of a check; the smallest is run first."""
    found = len((_SENSITIVE_C if source.language in {"c", "cpp"} else _SENSITIVE).findall(source.text))
    dense = found / (source.text.count("\n") + 1)
    return not (found and _FROM_OUTSIDE.search(source.text)), not found, -dense, source.path


class Chosen:
    """Runs the likeliest sources only; it stands in for the oracle that runs all.

    Args:
        inner: The oracle that runs sources.
        sources: All the sources of this check.
        most: How many are run.
    """

    def __init__(self, inner: Oracle, sources: Sequence[Source], most: int = MOST_RUN) -> None:
        self.name = inner.name
        self._inner = inner
        self._chosen = set(sorted(dict.fromkeys(sources), key=likeliness)[:most])
        self._reason = f"not run: a check of a folder runs the {most} likeliest files; name the file, or give --all"

    def check(self, sources: Sequence[Source]) -> list[Check]:
        """Check sources: the chosen ones by running them."""
        return list(self.each(sources))

    def each(self, sources: Sequence[Source]) -> Iterator[Check]:
        """Check sources as `check` does, and yield each check, in order, when it is made."""
        each = getattr(self._inner, "each", self._inner.check)
        run = iter(each([source for source in sources if source in self._chosen]))
        for source in sources:
            if source in self._chosen:
                yield next(run)
            else:
                check = not_analysed(self.name, self._reason, why=Why.NOT_CHOSEN)
                yield replace(check, not_tried=(NotTried("the file", source.cwe, self._reason),))
