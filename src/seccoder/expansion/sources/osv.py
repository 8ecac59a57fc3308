"""Takes the fixes that advisories name from a local clone: `advisories` reads and looks them up.

The candidates get the weaknesses of the advisory; `git_history` says what is made of a commit, and `git` how little the
repository is trusted.
"""

from collections.abc import Iterator
from pathlib import Path

from seccoder.expansion.candidate import Candidate
from seccoder.expansion.sources import advisories
from seccoder.expansion.sources.git_history import History


def candidates(path: Path, clone: History, skipped: list[str]) -> Iterator[Candidate]:
    """Yield what the fixes of the advisories in one file changed, as far as the clone has them.

    Raises:
        UsageError: If it cannot be read, or is no advisory.
    """
    origin, licence = clone.origin()
    for commit, said in advisories.commits(advisories.read(path), clone.repository, origin, skipped).values():
        found = clone.candidates(commit, origin, licence, said)
        if not found:
            skipped.append(f"{said.references[0]}: commit {commit.id[:12]} {clone.why}")
        yield from found
