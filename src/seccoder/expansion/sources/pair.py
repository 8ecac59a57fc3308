"""Makes candidates of a fixed file and the vulnerable file that it replaces.

Short files are taken whole; of longer ones, each function that differs becomes a candidate. Which side is the secure
one is the user's own word: no commit says so.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from seccoder.code import languages
from seccoder.codebase import folder
from seccoder.errors import UsageError
from seccoder.expansion.candidate import OWN, Candidate
from seccoder.expansion.sources.about import About
from seccoder.expansion.sources.functions import changed
from seccoder.expansion.sources.source_file import words
from seccoder.types import Provenance

SHORT = 60  # lines; a longer file is taken apart into its functions


def candidates(fixed: Path, vulnerable: Path | None, about: About) -> Iterator[Candidate]:
    """Yield the candidates in two files.

    Raises:
        UsageError: If one cannot be read, their language is not known, or they do not differ in any function.
    """
    language = about.language or languages.from_path(fixed)
    if language is None:
        raise UsageError(f"{fixed}: {languages.UNTOLD}")
    language = languages.canonical(language)
    after, before = folder.text(fixed), None if vulnerable is None else folder.text(vulnerable)
    origin = Provenance(
        source="user",
        licence=about.licence or OWN,
        path=str(fixed),
        date=datetime.now(UTC).date().isoformat(),
        added_by=about.added_by,
    )
    if before is None or max(after.count("\n"), before.count("\n")) <= SHORT:
        yield Candidate(after, language, about.cwes, before, about.task, origin=origin, own=True, note=about.note)
        return
    pairs = changed(before, after, language)
    if not pairs:
        raise UsageError(f"{fixed} and {vulnerable} do not differ inside any function that both have")
    for pair in pairs:
        task = about.task or words(pair.after.name)
        where = Provenance(
            origin.source, origin.licence, "", f"{fixed}:{pair.after.name}", origin.date, origin.added_by
        )
        yield Candidate(
            pair.after.whole, language, about.cwes, pair.before.whole, task, origin=where, own=True, note=about.note
        )
