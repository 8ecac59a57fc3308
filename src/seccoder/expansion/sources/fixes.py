"""Decides what a fixing commit fixed: which of the functions that it changed, and which weakness each of them had.

It takes what is said of a commit (`commit_messages`, or an advisory) and the functions that the commit changed. It
gives those that the fix is in, each with its weaknesses, which are

- those of the advisory, or those that the message names by number;
- else those that the message names in words, as far as the change can mend them: no call with a format went, so "format
  string" is a word; nothing is written, so an overflow is a read; no weakness of memory in a language without them;
- else those that the message hints at, as far as the change shows them: a construct of them went or a safer one came;
- else, if an advisory is named, that of a dangerous construct that went away or of a safer one that came.

Otherwise there are none, and the candidate waits in quarantine.

Of many functions, those count in which a construct of the weakness changed or which the message or the advisory names.
Functions that are mended alike are one fix, of which the shortest is shown. If too many are left, the commit did more
than one thing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from seccoder.code import cwe as cwes
from seccoder.errors import UsageError
from seccoder.expansion.sources.commit_messages import Said
from seccoder.expansion.sources.functions import Changed
from seccoder.expansion.sources.source_file import MODULE
from seccoder.expansion.vetting import constructs, mending

MAX_FUNCTIONS = 4  # that one fix may be in

_MEMORY = frozenset(
    f"CWE-{number}"
    for number in (
        119,
        120,
        121,
        122,
        124,
        125,
        126,
        127,
        131,
        193,
        401,
        415,
        416,
        457,
        665,
        680,
        787,
        788,
        805,
        824,
        908,
    )
)
_OVERFLOWS = frozenset({"CWE-119", "CWE-120", "CWE-787"})  # words that people also use for reading too far
_WRITES = re.compile(
    r"\b\w*(?:cpy|move|cat|printf|set|read|recv|gets|scanf|[Cc]opy|[Ww]rite|[Pp]ut|[Aa]ppend|[Ff]ill)\w*\s*\("
    r"|\]\s*(?:[|&+^*/-]|<<|>>)?=(?!=)|\]\s*(?:\.|->)\w+\s*=(?!=)|(?:^|[;{,(]|\)\s)\s*\*+\s*\(?[\w.>-]+(?:\+\+|--)?\)?\s*[|&+^-]?=(?!=)",
    re.MULTILINE,
)
_DEPTH = re.compile(r"(?i)recurs|depth|nest|level")
# A safer construct that comes for many reasons does not say by itself what was wrong.
_MANY_REASONS = frozenset({"CWE-476", "CWE-787", "CWE-190", "CWE-400", "CWE-862", "CWE-352", "CWE-916"})
# Their dangerous constructs go for many reasons, too: a colour is no longer drawn at random.
_GOES_OFTEN = frozenset({"CWE-22", "CWE-89", "CWE-120", "CWE-327", "CWE-338", "CWE-377", "CWE-601"})
_WORD = re.compile(r"[A-Za-z_]\w*")
_PART = re.compile(r"[A-Z]{4,}(?![a-z])|[A-Z]?[a-z]{3,}")
_COMMON = frozenset(
    "this that when with from into only also code line file name type data value values error errors none null true "
    "false return returns raise throw const else elif check checks prevent avoid fixes fixed should must used uses "
    "using which self class function method issue security vulnerability attack merge pull request commit fork version "
    "test tests string length list dict object default number index instead because before after they there have been "
    "were".split()
)


@dataclass(frozen=True)
class Pair:
    """A function that a commit changed, with what the change did to it; `old` and `new` are without comments."""

    path: str
    language: str
    functions: Changed
    old: str
    new: str
    licence: str = ""

    @cached_property
    def changes(self) -> constructs.Changes:
        """What happened to the constructs that are known to be dangerous or safer."""
        return constructs.changes(self.old, self.new, self.language)

    @cached_property
    def mending(self) -> mending.Mending:
        """What the change did that can mend something."""
        return mending.compare(self.old, self.new)

    def tells(self, names: Sequence[str]) -> bool:
        """Tell whether a construct of one of these weaknesses went or came, and no dangerous one came."""
        return not self.changes.new and any(self.changes.about(name) for name in names)


@dataclass(frozen=True, slots=True)
class Fix:
    """A function that a fix is in, with the weaknesses that it had; none if that is undecided."""

    pair: Pair
    cwes: tuple[str, ...]


def choose(pairs: list[Pair], said: Said, words: str) -> tuple[list[Fix], str]:
    """Return the functions that a fix is in, or none and the reason.

    Args:
        pairs: The functions that the commit changed.
        said: What is said of it.
        words: Its message, and the summary of an advisory.
    """
    if not pairs:
        return [], "changes no function that it had before"
    fixes = [Fix(pair, weaknesses(pair, said)) for pair in pairs]
    mended = [fix for fix in fixes if _mends(fix)]
    if not mended:
        return [], f"changes nothing that could mend {' or '.join(said.cwes) or 'anything'}"
    decided = [fix for fix in mended if fix.cwes] or mended
    if said.cwes and not decided[0].cwes and not said.references:
        return [], f"changes nothing that shows {' or '.join(said.cwes)}"
    inside = [fix for fix in decided if fix.pair.functions.after.name != MODULE or fix.pair.tells(fix.cwes)]
    left = _one_of_each(inside or decided)
    if len(left) > 1:
        names, named = set(_WORD.findall(words)), _parts(words)
        ranked = {id(fix): _rank(fix, names, named) for fix in left}
        best = max(ranked.values())
        left = [fix for fix in left if ranked[id(fix)] >= best / 2]
        if len(left) > MAX_FUNCTIONS and best > 1:
            left = [fix for fix in left if ranked[id(fix)] == best]
    if len(left) > MAX_FUNCTIONS and said.references and all(fix.pair.mending.gained & {"guard"} for fix in left):
        left = sorted(left, key=lambda fix: len(fix.pair.new))[:2]  # the same guard in other words, all over
    if len(left) > MAX_FUNCTIONS:
        return [], f"changes {len(left)} functions: more than one thing"
    return left, ""


def weaknesses(pair: Pair, said: Said) -> tuple[str, ...]:
    """Return the weaknesses that a function had, by what is said of the commit and what it changed."""
    compiled = pair.language in {"c", "cpp"}
    if said.named and (compiled or not _MEMORY.issuperset(said.cwes)):
        return tuple(dict.fromkeys(name for each in said.cwes if (name := _normal(each))))
    possible = [name for each in said.cwes if (name := _possible(each, pair, said))]
    if possible or not said.references:
        return tuple(dict.fromkeys(possible[:1] if said.hinted else possible))
    differs = pair.changes
    sure = [found.cwe for found in differs.gone] or [
        found.cwe for found in differs.safer if found.cwe not in _MANY_REASONS
    ]
    return tuple(sure[:1]) if not differs.new and len(set(sure)) == 1 else ()


def _normal(name: str) -> str:
    try:
        return cwes.normalise(name)
    except UsageError:
        return ""


def _possible(name: str, pair: Pair, said: Said) -> str:
    """Return a weakness that was named in words if the change can be about it, made more exact; else ""."""
    compiled = pair.language in {"c", "cpp"}
    if said.hinted and not _shows(pair, name):
        return ""
    if name == "CWE-674" and compiled and not _DEPTH.search(said.summary + pair.old + pair.new):
        name = "CWE-787"  # a stack overflow without recursion
    if name == "CWE-59" and pair.tells(("CWE-377",)):
        name = "CWE-377"
    if name in _MEMORY and not compiled:
        return ""
    if name == "CWE-134" and not any(found.cwe == name for found in pair.changes.gone):
        return ""
    if name in _OVERFLOWS and not _WRITES.search(pair.old):
        name = "CWE-125"
    return name if pair.mending.fits(name) or pair.tells((name,)) else ""


def _shows(pair: Pair, name: str) -> bool:
    """Tell whether a change shows by itself that it is about a weakness: a construct went, or a safer one came."""
    came = any(cwes.same_family(found.cwe, name) for found in pair.changes.safer)
    return pair.tells((name,)) and (came or name not in _GOES_OFTEN)


def _mends(fix: Fix) -> bool:
    did = fix.pair.mending
    if did.takes_away and not fix.pair.changes.gone:
        return False
    if not fix.cwes:
        return bool(did.gained or did.changed)
    return any(did.fits(name) for name in fix.cwes) or fix.pair.tells(fix.cwes)


def _rank(fix: Fix, names: set[str], named: set[str]) -> int:
    """Return how much speaks for a function among several: a construct of its weakness, its name, words, a guard."""
    did = fix.pair.mending
    telling = fix.pair.tells(fix.cwes) or ("CWE-1333" in fix.cwes and "pattern" in did.gained | did.changed)
    spoken = len(_parts(mending.lines(fix.pair.old, fix.pair.new)[1]) & named)
    name = re.split(r"[.:]", fix.pair.functions.after.name)[-1]
    called = len(name) > 3 and name in names
    meant = len(_parts(fix.pair.functions.after.name) & named)
    guards = bool(did.gained & {"guard", "refusal"})
    return 2 * telling + 2 * called + min(meant, 2) + min(spoken, 3) + guards


def _parts(text: str) -> set[str]:
    """Return the words in a text and in its names, but for those that stand everywhere; without plural endings."""
    found = {part.lower() for part in _PART.findall(text)}
    return {part.removesuffix("s") for part in found - _COMMON if len(part) > 3}


def _one_of_each(fixes: list[Fix]) -> list[Fix]:
    """Of functions that were mended in the same way, return the shortest, in the order of the files."""
    shortest: dict[str, Fix] = {}
    for fix in fixes:
        alike = _difference(fix.pair)
        if alike not in shortest or len(fix.pair.new) < len(shortest[alike].pair.new):
            shortest[alike] = fix
    return [fix for fix in fixes if any(fix is each for each in shortest.values())]


def _difference(pair: Pair) -> str:
    """Return what a change took and gave, line by line, with one word for every name that is not a word of code."""
    gone, came = mending.lines(pair.old, pair.new)
    return re.sub(r"\b(?!if\b|return\b|for\b|while\b|else\b|not\b)[A-Za-z_]\w*", "x", f"{gone}\n---\n{came}")
