"""Makes the SARIF log of a check: what code hosts show of files, findings and evidence.

It takes the files and their results, and returns the log as JSON values (`seccoder.oracles.sarif` knows the format).
How serious a finding is follows from its evidence: what was shown by execution is an error, what an analyser says and
what decides the verdict is a warning, and everything else is a note. Every oracle that was asked has a run, also if
there was nothing to check, so that a host sees that its earlier findings are gone.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seccoder.code.cwe import same_family
from seccoder.oracles import sarif
from seccoder.oracles.checking import FileResult
from seccoder.oracles.files import Text
from seccoder.oracles.verdict import on_target
from seccoder.types import Check, Finding, Source, Why


def log(
    texts: Sequence[Text], results: Sequence[FileResult], *, asked: Sequence[str], cwe: str | None, root: Path
) -> dict[str, Any]:
    """Return the SARIF log.

    Args:
        texts: The files that were checked.
        results: The result of each.
        asked: The names of the oracles.
        cwe: The weakness that was asked for, if one was.
        root: The folder to which paths below it are written relative.
    """
    checks = [(result.path, check) for result in results for check in result.checks]
    missed = [
        sarif.NotAnalysed(check.oracle, path, check.reason)
        for path, check in checks
        if not check.analysed and check.reason and check.why is not Why.NOT_COVERED
    ]
    missed += [sarif.NotAnalysed(asked[0], text.path, text.problem) for text in texts if text.problem]
    target = Source("", "", cwe)
    return sarif.write(
        [finding for result in results for finding in _once(result.verdict.findings)],
        versions=dict.fromkeys(asked, "") | {check.oracle: check.version for _, check in checks if check.analysed},
        texts={text.path: text.text for text in texts},
        suppressed={finding: why for result in results for finding, why in result.suppressed},
        not_analysed=missed,
        operations=[(check.oracle, path, operation) for path, check in checks for operation in check.operations],
        levels={finding: _level(check, finding, target) for _, check in checks for finding in check.findings},
        root=root,
    )


def _level(check: Check, finding: Finding, target: Source) -> sarif.Level:
    counts = check.flagged and finding in on_target(target, check.findings)
    if check.oracle == "executed" and not finding.rule.startswith("gcc"):
        return "error"
    if counts:
        return "error" if check.evidence == "executed" else "warning"
    return "note"


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those of analysers about what was shown by execution on the same line."""
    shown = [finding for finding in findings if finding.oracle == "executed" and finding.cwe and finding.line]
    return [
        finding
        for finding in findings
        if finding.oracle == "executed"
        or not any(
            each.line == finding.line and finding.cwe and each.cwe and same_family(each.cwe, finding.cwe)
            for each in shown
        )
    ]
