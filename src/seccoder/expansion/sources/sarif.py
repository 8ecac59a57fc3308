"""Reads an analyser's SARIF logs from before and after a commit: the functions in which a finding went away.

The two logs come with a local clone and the commit between them, and each candidate gets the weakness of its finding. A
finding went away if its rule reports fewer findings in the same function afterwards. A finding that names no CWE says
nothing of the weakness and is left out.

That the analyser is right, and that both logs are of that commit, is the user's word. The level is therefore that of a
fixing commit, and vetting asks its own oracles.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from seccoder.code import languages
from seccoder.errors import UsageError
from seccoder.expansion.candidate import OWN, Candidate
from seccoder.expansion.sources.functions import changed
from seccoder.expansion.sources.git_history import History
from seccoder.expansion.sources.source_file import Function, functions, words
from seccoder.oracles import sarif
from seccoder.types import Finding, Provenance


def candidates(
    before: Path, after: Path, clone: History, commit: str, skipped: list[str] | None = None
) -> Iterator[Candidate]:
    """Yield the functions that a commit changed and in which something is no longer reported.

    Args:
        before: The log from before the commit.
        after: The log from after it.
        clone: The repository.
        commit: The commit.
        skipped: Where to add why findings cannot be used.

    Raises:
        UsageError: If a log cannot be read, or there is no such commit in the clone.
    """
    repository, about = clone.repository, clone.about
    reported, left = _read(before), _read(after)
    full = repository.commit(commit)
    change = repository.one(full) if full else None
    files = [] if change is None else [file for file in repository.files(change) if file.before]
    if change is None or not files:
        raise UsageError(f"{commit!r} is no commit of {repository.path} that changed source files")
    if skipped is not None:
        skipped.extend(_unusable(before, reported, [file.path for file in files]))
    licence = about.licence or repository.licence() or OWN
    for file in files:
        old, new = repository.read(file.before), repository.read(file.after)
        language = languages.from_path(file.path)
        if old is None or new is None or language is None:
            continue
        was, still = _by_function(reported, file.path, old, language), _by_function(left, file.path, new, language)
        for pair in changed(old, new, language):
            gone = was.get(pair.before.name, Counter()) - still.get(pair.after.name, Counter())
            if cwes := tuple(dict.fromkeys(cwe for _, cwe in gone)):
                where = f"{file.path}:{pair.after.name}"
                yield Candidate(
                    code=pair.after.whole,
                    language=language,
                    cwes=cwes,
                    vulnerable=pair.before.whole,
                    task=about.task or words(pair.after.name),
                    origin=Provenance(repository.origin(), licence, change.id, where, change.date, about.added_by),
                    fix=True,
                    note=about.note or "no longer reported: " + ", ".join(sorted({rule for rule, _ in gone}))[:200],
                )


def _read(path: Path) -> list[Finding]:
    try:
        with path.open("rb") as file:
            return sarif.read(file.read(sarif.MAX_BYTES + 1))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None


def _by_function(found: list[Finding], path: str, text: str, language: str) -> dict[str, Counter[tuple[str, str]]]:
    """Count how often each rule (with its weakness) reports something in each function of a file."""
    inside: dict[str, Counter[tuple[str, str]]] = {}
    mine = [f for f in found if f.cwe and f.line and _at(f, path)]
    if mine:
        for function in functions(text, language):
            count = Counter((f.rule, str(f.cwe)) for f in mine if _in(function, f.line or 0))
            if count:
                inside[function.name] = count
    return inside


def _unusable(log: Path, found: list[Finding], changed: list[str]) -> Iterator[str]:
    """Say why none of a log's findings can be used, if that is so."""
    if found and not any(finding.cwe for finding in found):
        yield f"{log}: none of its {len(found)} findings names a CWE"
    elif found and not any(_at(finding, path) for finding in found for path in changed):
        yield (
            f"{log}: none of its {len(found)} findings is in a file that the commit changed: "
            f"it names {found[0].path!r}, and the commit {', '.join(map(repr, changed[:2])) or 'no source file'}"
        )


def _at(finding: Finding, path: str) -> bool:
    return finding.path == path or finding.path.endswith(f"/{path}")


def _in(function: Function, line: int) -> bool:
    return function.line <= line <= function.end
