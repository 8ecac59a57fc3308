"""Decides whether a change mended a weakness: it was shown before, and after it nothing that was tried shows it.

It takes a file before and after the change, and returns the results of both; the second has a `Proof`. A weakness is
fixed if an attack worked on the file before, none works on the file after, and benign input reached the operation in
both. Where one of these is missing, nothing is proven, and the proof says what is missing.
"""

from collections.abc import Sequence
from dataclasses import replace

from seccoder.oracles.cache import Cache
from seccoder.oracles.checking import FileResult, Proof, check_texts
from seccoder.oracles.files import Text
from seccoder.types import Label


def prove(
    before: Text, after: Text, *, cwe: str | None = None, names: Sequence[str] | None = None, cache: Cache | None = None
) -> tuple[FileResult, FileResult]:
    """Check a file before and after a change, and say whether the change mended what was shown before.

    Args:
        before: The file before the change.
        after: The file after it.
        cwe: The weakness that is meant; None means all that are shown before.
        names: The names of the oracles; `executed` should be among them.
        cache: Where results are kept.
    """
    (first,) = check_texts([before], cwe=cwe, names=names, cache=cache)
    shown = first.verdict.cwes if first.verdict.label is Label.VULNERABLE and first.shown else ()
    after = replace(after, changed=None, before=None)
    seconds = [check_texts([after], cwe=each, names=names, cache=cache)[0] for each in shown or (cwe,)]
    order = [Label.VULNERABLE, Label.UNKNOWN, Label.INVALID, Label.SECURE]
    second = min(seconds, key=lambda result: order.index(result.verdict.label))
    return first, replace(second, proof=_proof(first, seconds, shown))


def _proof(first: FileResult, seconds: Sequence[FileResult], shown: Sequence[str]) -> Proof:
    if not shown:
        why = first.verdict.reason or str(first.verdict.label)
        return Proof(None, f"not proven: no weakness was shown before the change ({why})")
    exploited = [each for check in first.checks for each in check.operations if each.exploited]
    if exploited and not any(each.reached for each in exploited):
        return Proof(None, "not proven: before the change no benign input reached the operation")
    for cwe, second in zip(shown, seconds, strict=True):
        if second.verdict.label is Label.VULNERABLE and second.shown:
            return Proof(False, f"not fixed: {cwe} is shown after the change as well")
    for cwe, second in zip(shown, seconds, strict=True):
        if second.verdict.label is not Label.SECURE:
            why = second.verdict.reason or str(second.verdict.label)
            return Proof(None, f"not proven: {cwe} was shown before the change, and after it nothing is shown ({why})")
    return Proof(True, f"fixed, proven: {', '.join(shown)} was shown before the change and not after it")
