"""Checks files, for `seccoder check` and for everybody else who checks what is on disk.

It takes `seccoder.oracles.files.Text`s and returns one `FileResult` for each, in the same order. A result holds the
verdict, the checks, and the findings that were set aside, with the reason. A finding can be set aside in two ways, and
the verdict is then made without it. The first is a comment on its line:

    cursor.execute(query)  # seccoder: ignore[CWE-89] the table name comes from the enum above

The comment needs a reason, and the finding is shown with it. The second applies where only a change counts: a finding
on a line that did not change is not counted. Neither touches what the executed oracle says: an exploit that worked
cannot be commented away.

Not guaranteed: that a file that is not flagged is secure (see `seccoder.oracles.verdict`).
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from seccoder import oracles
from seccoder.code.text import printable
from seccoder.errors import UsageError
from seccoder.oracles.files import Text
from seccoder.oracles.verdict import combine, on_target
from seccoder.types import Check, Finding, Label, Progress, Source, Unknown, Verdict

_IGNORE = re.compile(r"(?:#|//|/\*)\s*seccoder:\s*ignore\[([^\]\n]*)\][ \t]*([^\n]*)")


@dataclass(frozen=True, slots=True)
class FileResult:
    """Holds what was found out about one file.

    Attributes:
        path: The path as it was given.
        verdict: The verdict without the findings that were set aside.
        checks: One check per oracle. There are none if the file could not be read as code.
        suppressed: The findings that a comment sets aside, each with the reason that the comment gives.
        notes: Sentences that a user should read, such as one about findings on unchanged lines.
    """

    path: str
    verdict: Verdict
    checks: tuple[Check, ...] = ()
    suppressed: tuple[tuple[Finding, str], ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return one entry of `seccoder check --json`, in its documented shape."""
        verdict = self.verdict
        return {
            "path": printable(self.path),
            "verdict": str(verdict.label),
            "evidence": verdict.evidence,
            "exercised": verdict.exercised,
            "reason": verdict.reason,
            "cwes": list(verdict.cwes),
            "findings": [finding.to_json() for finding in verdict.findings],
            "suppressed": [{**finding.to_json(), "justification": why} for finding, why in self.suppressed],
            "notes": list(self.notes),
            "operations": [operation.to_json() for check in self.checks for operation in check.operations],
            "not_tried": [asdict(each) for check in self.checks for each in check.not_tried],
        }


def check_texts(
    texts: Sequence[Text],
    *,
    cwe: str | None = None,
    names: Sequence[str] | None = None,
    on_progress: Progress | None = None,
) -> list[FileResult]:
    """Ask the oracles about every text, and return a result for each.

    Args:
        texts: The texts to check. A text with a problem gets the verdict UNKNOWN with that reason.
        cwe: The target in its canonical spelling. None means that any weakness counts.
        names: The names of the oracles to ask. None stands for `seccoder.oracles.DEFAULT`.
        on_progress: Called with (checks done, checks in all).

    Raises:
        UsageError: If there is no oracle of that name.
    """
    asked = oracles.load(names)
    sources = [Source(text.text, text.language or "", cwe, path=text.path) for text in texts if not text.problem]
    answers = iter(zip(sources, oracles.check(sources, asked, on_progress), strict=True))
    results = []
    for text in texts:
        if text.problem:
            results.append(
                FileResult(text.path, Verdict(Label.UNKNOWN, None, None, text.problem, kind=Unknown.NOT_ANALYSED))
            )
        else:
            source, checks = next(answers)
            results.append(_result(text, source, checks))
    return results


def _result(text: Text, source: Source, checks: Sequence[Check]) -> FileResult:
    ignored, notes = _ignore_comments(text.text)
    suppressed: list[tuple[Finding, str]] = []
    elsewhere = 0
    left = []
    for check in checks:
        kept = []
        for finding in check.findings:
            why = ignored.get((finding.line or 0, finding.cwe or ""))
            if check.oracle == "executed":
                kept.append(finding)
            elif why:
                suppressed.append((finding, why))
            elif text.changed is not None and finding.line is not None and finding.line not in text.changed:
                elsewhere += 1
            else:
                kept.append(finding)
        left.append(_with_findings(check, tuple(kept), source))
    if elsewhere:
        notes.append(f"{elsewhere} finding(s) on lines that did not change are not counted.")
    return FileResult(text.path, combine(source, left), tuple(left), tuple(suppressed), tuple(notes))


def _with_findings(check: Check, kept: tuple[Finding, ...], source: Source) -> Check:
    """Return the check as if the oracle had made only these findings."""
    if len(kept) == len(check.findings):
        return check
    flagged = check.flagged and bool(on_target(source, kept))
    return replace(check, findings=kept, flagged=flagged, evidence=check.evidence if flagged else "static")


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
