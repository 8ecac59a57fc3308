"""Checks files, for `seccoder check` and for everybody else who checks what is on disk.

It takes `seccoder.oracles.files.Text`s and returns one `FileResult` for each, in the same order. A result holds the
verdict, the checks, and the findings that were set aside, with the reason. A finding can be set aside in two ways, and
the verdict is then made without it. The first is a comment on its line:

    cursor.execute(query)  # seccoder: ignore[CWE-89] the table name comes from the enum above

The comment needs a reason, and the finding is shown with it. It does not touch what the executed oracle says: an
exploit that worked cannot be commented away. The second applies where only a change counts: a finding counts if it is
on a line that changed, or if the text before the change did not have it, wherever its line is. To tell that, the text
before is checked as well. What was there before is not counted, executed or not.

Not guaranteed: that a file that is not flagged is secure (see `seccoder.oracles.verdict`).
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from seccoder import oracles
from seccoder.code.remedies import remedy
from seccoder.code.text import printable
from seccoder.errors import UsageError
from seccoder.oracles.beside import beside
from seccoder.oracles.cache import Cache
from seccoder.oracles.choosing import Chosen
from seccoder.oracles.files import Text
from seccoder.oracles.verdict import combine, on_target
from seccoder.types import Check, Finding, Label, Oracle, Progress, Source, Unknown, Verdict

_IGNORE = re.compile(r"(?:#|//|/\*)\s*seccoder:\s*ignore\[([^\]\n]*)\][ \t]*([^\n]*)")


@dataclass(frozen=True, slots=True)
class Proof:
    """Says whether a weakness was mended: True, False, or None if that could not be shown; and why, in one line."""

    fixed: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """Holds what was found out about one file.

    Attributes:
        path: The path as it was given.
        verdict: The verdict without the findings that were set aside.
        checks: One check per oracle. There are none if the file could not be read as code.
        suppressed: The findings that a comment sets aside, each with the reason that the comment gives.
        notes: Sentences that a user should read, such as one about findings on unchanged lines.
        proof: Whether a change mended it, if that was asked (`seccoder.oracles.proving`).
    """

    path: str
    verdict: Verdict
    checks: tuple[Check, ...] = ()
    suppressed: tuple[tuple[Finding, str], ...] = ()
    notes: tuple[str, ...] = ()
    proof: Proof | None = None

    @property
    def shown(self) -> bool:
        """Whether the verdict was shown by execution."""
        return self.verdict.evidence == "executed"

    def to_json(self, *, explain: bool = False) -> dict[str, Any]:
        """Return one entry of `seccoder check --json`, in its documented shape.

        Models and agents read it, so that it holds weakness, line and remedy, and no input that was tried.

        Args:
            explain: Whether it holds these inputs too.
        """
        verdict = self.verdict
        return {
            "path": printable(self.path),
            "verdict": str(verdict.label),
            "evidence": verdict.evidence,
            "exercised": verdict.exercised,
            "reason": verdict.reason,
            "cwes": list(verdict.cwes),
            "findings": [
                finding.to_json()
                | {"remedy": remedy(finding.cwe)}
                | ({"entry": finding.entry, "given": finding.given} if explain else {})
                for finding in verdict.findings
            ],
            "suppressed": [{**finding.to_json(), "justification": why} for finding, why in self.suppressed],
            "notes": list(self.notes),
            "operations": [operation.to_json() for check in self.checks for operation in check.operations],
            "not_tried": [asdict(each) for check in self.checks for each in check.not_tried],
            **({"fixed": self.proof.fixed, "proof": self.proof.reason} if self.proof else {}),
        }


def check_texts(
    texts: Sequence[Text],
    *,
    among: Sequence[Text] | None = None,
    cwe: str | None = None,
    names: Sequence[str] | None = None,
    on_progress: Progress | None = None,
    jobs: int | None = None,
    cache: Cache | None = None,
    most_run: int | None = None,
) -> list[FileResult]:
    """Ask the oracles about every text, and return a result for each.

    Args:
        texts: The texts to check. A text with a problem gets the verdict UNKNOWN with that reason.
        among: The texts of the whole check, if these are a shard of it: the likeliest files, and those beside one, are
            looked for among them. None means that these are all.
        cwe: The target in its canonical spelling. None means that any weakness counts.
        names: The names of the oracles to ask. None stands for `seccoder.oracles.DEFAULT`.
        on_progress: Called with (files done, files in all).
        jobs: How many files are run at a time; None means one per processor.
        cache: Where results are kept; None checks every file anew.
        most_run: How many files are run, the likeliest ones (`seccoder.oracles.choosing`); None means all.

    Raises:
        UsageError: If there is no oracle of that name.
    """
    asked = oracles.load(names, jobs=jobs)
    sources = list(_sources(texts, among or texts, cwe))
    whole = list(_sources(among, among, cwe)) if among and most_run is not None else sources
    if most_run is not None and len(whole) > most_run:
        asked = [Chosen(each, whole, most_run) if each.name == "executed" else each for each in asked]
    answers = list(zip(sources, oracles.check(sources, asked, on_progress, cache), strict=True))
    before = _check_before([text for text in texts if not text.problem], answers, asked, cache)
    if cache:
        cache.tidy()
    judged = iter(answers)
    results = []
    for text in texts:
        if text.problem:
            results.append(
                FileResult(text.path, Verdict(Label.UNKNOWN, None, None, text.problem, kind=Unknown.NOT_ANALYSED))
            )
        else:
            source, checks = next(judged)
            results.append(_result(text, source, checks, before.get(text.path)))
    return results


def _sources(texts: Sequence[Text], among: Sequence[Text], cwe: str | None) -> Iterator[Source]:
    """Yield what the oracles are given of each text that can be checked, with what lies beside it among others."""
    known = {os.path.realpath(text.path): text.text for text in among if not text.problem}
    for text in texts:
        if not text.problem:
            place, files = beside(text, known)
            yield Source(text.text, text.language or "", cwe, path=text.path, beside=files, place=place)


_Known = Counter[tuple[str, ...]]  # findings, by what identifies them wherever they are


def _check_before(
    texts: Sequence[Text],
    answers: Sequence[tuple[Source, Sequence[Check]]],
    asked: Sequence[Oracle],
    cache: Cache | None,
) -> dict[str, _Known]:
    """Return by path the findings of the texts before the change, of the oracles whose findings depend on them.

    What lies beside a text is as it was before the change, too.
    """
    earlier = [replace(text, text=text.before or "") for text in texts if text.changed is not None]
    cwe = answers[0][0].cwe if answers else None
    found: dict[str, _Known] = {}
    for place, oracle in enumerate(asked):
        changed = [
            replace(text, text=text.before)
            for text, (_, checks) in zip(texts, answers, strict=True)
            if text.before and not all(_on_change(text, finding) for finding in checks[place].findings)
        ]
        needed = list(_sources(changed, earlier, cwe))
        for source, checks in zip(needed, oracles.check(needed, [oracle], cache=cache), strict=True):
            known = found.setdefault(source.path, Counter())
            known.update(_identity(finding, source.text) for check in checks for finding in check.findings)
    return found


def _on_change(text: Text, finding: Finding) -> bool:
    return text.changed is None or finding.line is None or finding.line in text.changed


def _identity(finding: Finding, text: str) -> tuple[str, ...]:
    """Return what two versions of a finding have in common: all but the line's number."""
    lines = text.split("\n")
    line = lines[finding.line - 1].strip() if finding.line and finding.line <= len(lines) else ""
    return finding.oracle, finding.rule, finding.cwe or "", finding.entry, line


def _result(text: Text, source: Source, checks: Sequence[Check], before: _Known | None = None) -> FileResult:
    ignored, notes = _ignore_comments(text.text)
    notes += [text.why] if text.why else []
    suppressed: list[tuple[Finding, str]] = []
    old = 0
    known = Counter(before or ())
    left = []
    for check in checks:
        kept = []
        for finding in check.findings:
            why = ignored.get((finding.line or 0, finding.cwe or ""))
            identity = _identity(finding, text.text)
            if not _on_change(text, finding) and known[identity]:
                known[identity] -= 1
                old += 1
            elif why and check.oracle != "executed":
                suppressed.append((finding, why))
            else:
                kept.append(finding)
        left.append(_with_findings(check, tuple(kept), source))
    if old:
        notes.append(f"{old} finding(s) that were there before the change are not counted.")
    return FileResult(text.path, combine(source, left), tuple(left), tuple(suppressed), tuple(notes))


def _with_findings(check: Check, kept: tuple[Finding, ...], source: Source) -> Check:
    """Return the check as if the oracle had made only these findings."""
    if len(kept) == len(check.findings):
        return check
    flagged = check.flagged and bool(on_target(source, kept))
    if flagged or not check.flagged:
        return replace(check, findings=kept)
    return replace(check, findings=kept, flagged=False, evidence="static", exercised=None)


def _ignore_comments(text: str) -> tuple[dict[tuple[int, str], str], list[str]]:
    """Return the reasons of comments that suppress findings, by line and CWE, and notes on comments that are wrong."""
    from seccoder.code.cwe import normalise

    reasons: dict[tuple[int, str], str] = {}
    notes = []
    for number, line in enumerate(text.split("\n"), start=1):
        if "seccoder:" not in line or (match := _IGNORE.search(line)) is None:
            continue
        why = match[2].removesuffix("*/").strip()
        if not why:
            notes.append(f"Line {number}: 'seccoder: ignore' without a reason has no effect.")
            continue
        for name in match[1].split(","):
            try:
                reasons[number, normalise(name)] = why
            except UsageError as error:
                notes.append(f"Line {number}: 'seccoder: ignore': {error}.")
    return reasons, notes
