"""Chooses among versions of the same code by what was shown of them, and makes the prompt of the next round.

Everything here sees what a user has: a verdict, the examples that the query gives of its answers, and what the versions
answer to ordinary calls. It sees no tests and, unless the user names one, no CWE.

A version that failed is written again by a model that is told what was found. The example it gets then is retrieved by
that evidence: with the finding's own words and the version's own calls, of the finding's family, and not the one that
did not help. A version that is inert or invalid gets no example, because the example is not what it lacked.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Literal

from seccoder.code import cwe
from seccoder.code.remedies import remedy
from seccoder.oracles.answers import Answers, agreement
from seccoder.oracles.verdict import rank
from seccoder.prompts.continuation import Continuation
from seccoder.prompts.repair import repair
from seccoder.types import CodeLM, Hit, Label, Prompt, Query, Retriever, Sample, Unknown, Verdict

Merit = tuple[bool, int, int, bool]  # the smaller, the better a version

PROVEN: Merit = (False, 0, 0, False)
AT_A_TIME = 2  # versions that are drawn before they are checked: checking two costs little more than one
# Measured: an example's code costs these models more function than it brings security, and in messages its cue costs
# none that can be told and helps (docs/results.md). Where code is continued, only the smaller one was measured.
_BETTER_WITHOUT_CODE = re.compile(r"(?i)^(hf:)?embedded(\?\w+)?$|qwen2\.5-coder[-:]0\.5b")
_BETTER_WITH_CUE = re.compile(rf"{_BETTER_WITHOUT_CODE.pattern}|qwen2\.5-coder[-:]1\.5b")
_SUSPECTS = 2  # weaknesses that are looked for besides, because each costs another check
_LOOKED_THROUGH = 200  # hits among which those of the finding's family are looked for


def merit(verdict: Verdict, unmet: Collection[str] = ()) -> Merit:
    """Return what versions of the same code are compared by; `PROVEN` is the best.

    What is vulnerable, or no code that compiles, comes last. Then comes how many of the query's own examples it does
    not keep, because code that does another job is of no use, then the verdict, and then whether any tool found
    something that did not decide it.
    """
    unusable = verdict.label in {Label.VULNERABLE, Label.INVALID} or verdict.kind is Unknown.NOT_COMPILED
    return unusable, len(unmet), rank(verdict), bool(verdict.findings)


def merit_of(sample: Sample) -> Merit:
    """Return the merit of a sample that was checked."""
    return merit(sample.verdict, sample.unmet)


def example_of(model: str, *, chat: bool) -> Literal["first", "cue", "after"]:
    """Return when and how a model is shown an example, where nobody says it."""
    if chat:
        return "cue" if _BETTER_WITH_CUE.search(model) else "first"
    return "after" if _BETTER_WITHOUT_CODE.search(model) else "first"


def suspects(hits: Sequence[Hit], threshold: float) -> tuple[str, ...]:
    """Return the CWEs that what is written may have: those of the demonstrations that fit it, one of each family."""
    found: list[str] = []
    for each in (number for hit in hits if hit.score >= threshold for number in hit.demonstration.cwes):
        if not any(cwe.same_family(each, other) for other in found):
            found.append(each)
    return tuple(found[:_SUSPECTS])


def halves(count: int) -> tuple[int, int]:
    """Return how many of so many versions are written with an example, which come first, and how many without."""
    return count - count // 2, count // 2


def enough(merits: Collection[Merit]) -> bool:
    """Tell whether no further version need be drawn: one is proven secure, has no finding, and keeps all examples."""
    return PROVEN in merits


def pick(merits: Sequence[Merit], answers: Callable[[], Sequence[Answers]]) -> tuple[int, str]:
    """Return the index of the version to keep, and what decided, in a few words.

    First come those that can be used, and of these those that keep most of the query's examples. Where some of these
    answer ordinary calls, the others, which raise or do nothing at each of them, are left out: code that does nothing
    is of no use, however secure it is. Then the verdict decides, then whether a tool found something in it all the
    same, then how far the others answer alike, and then it is the first.

    Args:
        merits: One of each version.
        answers: Gives what each version answers; it is asked only if there is a choice.
    """
    best = min(merits)
    among = [index for index, each in enumerate(merits) if each[:2] == best[:2]]
    also = " and the task's examples" if any(missed for _, missed, *_ in merits) else ""
    if len(among) == 1:
        return among[0], f"by its verdict{also}"
    said = answers()
    answering = [index for index in among if said[index]]
    if answering and not best[0]:
        among = answering
        best = min(merits[index] for index in among)
    equal = [index for index in among if merits[index] == best]
    if len(equal) == 1:
        if any(merits[index][:3] == best[:3] for index in among if index != equal[0]):
            also += " and what else was found"
        alone = ", and because it answers ordinary calls" if best > min(merits) else ""
        return equal[0], f"by its verdict{also}{alone}"
    agreed = agreement(said)
    kept = max(equal, key=lambda index: (agreed[index], -index))
    if not agreed[kept]:
        return kept, f"the first of {len(equal)} with this verdict"
    return kept, f"of {len(equal)} with this verdict, the one that answers ordinary calls as most do"


def again(
    query: Query,
    sample: Sample,
    shown: Collection[str],
    lm: CodeLM,
    retriever: Retriever,
    *,
    k: int,
    max_tokens: int,
) -> Prompt:
    """Return the prompt by which a version that failed is written again.

    Args:
        query: What is being written.
        sample: The version, with its verdict.
        shown: The ids of the demonstrations that it was written with.
        lm: The model.
        retriever: Finds the example that fits what was found.
        k: How many examples at most.
        max_tokens: Tokens to keep free for the completion.

    Raises:
        UsageError: If the query does not fit into the model's context.
    """
    chat = lm.wants_chat(query)
    asked = Continuation.of(repair(query, sample.code, sample.verdict, sample.unmet, chat=chat), chat=chat)
    hits = _by_evidence(query, sample, shown, retriever)[:k] if query.language else []
    return asked.prompt(hits, lm, max_tokens=max_tokens, threshold=None)


def _by_evidence(query: Query, sample: Sample, shown: Collection[str], retriever: Retriever) -> list[Hit]:
    """Return the hits for what was found in a version, best first."""
    found = sample.verdict.cwes
    if sample.verdict.label is not Label.VULNERABLE or not found:
        return []
    words = " ".join(f"{cwe.get(each).name}. {remedy(each)}" for each in found)
    hits = retriever.search(replace(query, code=sample.code, task=words, suffix=""), _LOOKED_THROUGH)
    return [
        hit
        for hit in hits
        if hit.demonstration.id not in shown
        and any(cwe.same_family(mine, theirs) for mine in hit.demonstration.cwes for theirs in found)
    ]
