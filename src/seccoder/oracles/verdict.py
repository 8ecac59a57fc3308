"""Derives a source's verdict from its checks, by one rule.

It takes a source and one `Check` per oracle, and returns a `Verdict`. The first line that holds decides:

1. an exploit worked, or a compiler proved a weakness of the target's family: VULNERABLE, evidence "executed";
2. a check showed that the source does not parse or compile, and it was not run: INVALID;
3. it was run, every operation of the asked kind was reached by a benign input and attacked without effect, and benign
   runs executed the line of every static finding that counts: SECURE (static findings stay listed);
4. a static finding of the target's family or, without a target, one whose rule decides by itself: VULNERABLE, evidence
   "static";
5. it was run, but no benign input reached the sensitive operation: UNKNOWN, reason `inert`;
6. it was read by a static oracle and not flagged: UNKNOWN, reason `not-flagged`;
7. otherwise UNKNOWN, with the reasons of the oracles that could not look.

"Not flagged" is not "secure": no tool that only reads the code can give SECURE.
"""

from collections.abc import Iterable, Sequence

from seccoder.code.cwe import same_family
from seccoder.types import Check, Evidence, Finding, Label, Source, Unknown, Verdict, Why


def not_analysed(oracle: str, reason: str, *, version: str = "", seconds: float = 0.0, why: Why | None = None) -> Check:
    """Return the check of an oracle that could not look at a source, with the reason in one line."""
    evidence: Evidence = "executed" if oracle == "executed" else "static"
    reason = " ".join(reason.split())[:300]
    return Check(oracle, version, evidence, analysed=False, seconds=seconds, reason=reason, why=why)


def not_covered(oracle: str, source: Source) -> Check:
    """Return the check of an oracle that does not cover the source's language."""
    reason = f"does not cover {source.language or 'an unknown language'}"
    return not_analysed(oracle, reason, why=Why.NOT_COVERED)


def on_target(source: Source, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that count: those of the family of the target CWE, or all if there is no target."""
    if source.cwe is None:
        return tuple(findings)
    return tuple(finding for finding in findings if finding.cwe and same_family(finding.cwe, source.cwe))


def combine(source: Source, checks: Sequence[Check]) -> Verdict:
    """Apply the rule above.

    Args:
        source: The source that was checked. Its `cwe` is the target.
        checks: One check per oracle, in any order.
    """
    findings = tuple(finding for check in checks for finding in check.findings)
    looked = [check for check in checks if check.analysed]
    executed = [check for check in looked if check.evidence == "executed"]
    static = [check for check in looked if check.evidence == "static"]
    controls = [check.exercised for check in executed if check.exercised is not None]
    exercised = any(controls) if controls else None

    def verdict(label: Label, evidence: Evidence | None, reason: str, flagged: Sequence[Check] = ()) -> Verdict:
        return Verdict(label, evidence, exercised, reason, _cwes(source, flagged), findings)

    def unknown(kind: Unknown, reason: str) -> Verdict:
        return Verdict(Label.UNKNOWN, None, exercised, reason, (), findings, kind)

    noted = [check for check in static if check.flagged]
    if flagged := [check for check in executed if check.flagged]:
        return verdict(Label.VULNERABLE, "executed", _first_finding(source, flagged), flagged)
    broken = [check for check in checks if check.valid is False]
    if broken and not any(check.valid for check in executed):
        return verdict(Label.INVALID, None, broken[-1].reason or "it does not parse or compile")
    if exercised and not _unreached(source, executed, noted):
        return verdict(Label.SECURE, "executed", next((check.reason for check in executed if check.exercised), ""))
    if noted:
        return verdict(Label.VULNERABLE, "static", _first_finding(source, noted), noted)
    if exercised is False:
        return unknown(Unknown.INERT, _inert(executed))
    if static:
        found = (
            f"; {len(findings)} finding(s) that decide nothing by themselves" if findings and source.cwe is None else ""
        )
        return unknown(Unknown.NOT_FLAGGED, "not-flagged" + found + _not_run(source, checks))
    return unknown(Unknown.NOT_ANALYSED, _reasons(checks))


def _unreached(source: Source, executed: Sequence[Check], noted: Sequence[Check]) -> bool:
    """Say whether a static finding that counts is on a line that no benign run executed."""
    lines = {line for check in executed for line in check.unreached}
    return any(finding.line in lines for check in noted for finding in on_target(source, check.findings))


def _inert(executed: Sequence[Check]) -> str:
    """Return the reason of a check that was not exercised; it begins with `inert`."""
    told = next((check.reason for check in executed if check.exercised is False and check.reason), "")
    return told if told.startswith("inert") else f"inert: {told}" if told else "inert"


def rank(verdict: Verdict) -> int:
    """Return a verdict's place among several of the same task; 0 is the best.

    The order is: proven secure, not flagged, not looked at, inert, invalid. What was shown to be vulnerable comes last.
    """
    if verdict.kind is not None:
        return {Unknown.NOT_FLAGGED: 1, Unknown.NOT_ANALYSED: 2, Unknown.INERT: 3}[verdict.kind]
    if verdict.label is Label.VULNERABLE:
        return 5 if verdict.evidence == "static" else 6
    return 0 if verdict.label is Label.SECURE else 4


def _first_finding(source: Source, flagged: Sequence[Check]) -> str:
    """Return the first finding that counts, in one line."""
    for check in flagged:
        for finding in on_target(source, check.findings):
            return f"{_oracle_prefix(check)}{finding.message}"
    return "; ".join(
        f"{_oracle_prefix(check)}{check.reason or _first_message(check) or 'flagged'}" for check in flagged
    )


def _oracle_prefix(check: Check) -> str:
    """Return the name of the oracle that says it, unless the verdict's evidence names the oracle anyway."""
    return "" if check.oracle == check.evidence else f"{check.oracle}: "


def _first_message(check: Check) -> str:
    """Return the message of the first finding, because an oracle puts first what counts for the target."""
    return check.findings[0].message if check.findings else ""


def _cwes(source: Source, flagged: Sequence[Check]) -> tuple[str, ...]:
    """Return the CWEs of the findings that count, or the target if no oracle named a CWE."""
    named = [finding.cwe for check in flagged for finding in on_target(source, check.findings) if finding.cwe]
    if flagged and not named and source.cwe:
        named = [source.cwe]
    return tuple(dict.fromkeys(named))


def _not_run(source: Source, checks: Sequence[Check]) -> str:
    """Say why a source was not run although it could be: it has a task, or only a tool is missing."""
    return "".join(
        f"; not run: {check.reason.removeprefix('not run: ')}"
        for check in checks
        if check.evidence == "executed" and not check.analysed
        if source.task is not None or check.why in {Why.MISSING_TOOL, Why.NOT_CHOSEN}
    )


def _reasons(checks: Sequence[Check]) -> str:
    """Say why no oracle looked, each reason once. Oracles for other languages count only if all are such."""
    reasons: dict[str, list[str]] = {}
    for check in checks:
        if check.reason:
            reasons.setdefault(check.reason, []).append(check.oracle)
    others = {check.reason for check in checks if check.why is Why.NOT_COVERED}
    told = {reason: names for reason, names in reasons.items() if reason not in others} or reasons
    return "; ".join(f"{', '.join(names)}: {reason}" for reason, names in told.items()) or "no oracle looked at it"
