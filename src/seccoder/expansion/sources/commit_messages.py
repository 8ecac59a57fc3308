"""Reads in commit messages which weaknesses and advisories they name, and whether they claim a fix.

Messages are untrusted text. Weaknesses are found by number, or else by the words that people use for them
(`weakness_words`), in the first line that has any, if the message says that something is mended. Else what the title
names, and the remedies that it speaks of, are hints. If a message says "fix" and names neither, nothing follows from it
here. A message that takes a fix back, that is about tests or documents, or that only mentions an advisory claims
nothing.
"""

import re
from dataclasses import dataclass

from seccoder.expansion.sources.weakness_words import hinted_in, named_in

MAX_MESSAGE = 4000  # characters of a message that are looked at
MAX_CWES = 2  # that words may name; who names more speaks of more than one thing

_NAMED = re.compile(r"\bCWE[- _]?0*([1-9]\d{0,4})\b", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:CVE-\d{4}-\d{4,7}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|PYSEC-\d{4}-\d+|GO-\d{4}-\d{4,}|RUSTSEC-\d{4}-\d{4}|OSV-\d{4}-\d+)\b",
    re.IGNORECASE,
)
_FIX = re.compile(
    r"\b(?:fix|patch|prevent|avoid|mitigat|address|resolv|protect|harden|saniti[sz]|escap|guard|secur|reject|block|disallow|"
    r"forbid|validat|vulnerab|detect|den(?:y|ies|ied)|check|limit|restrict|ensure|stop|refuse|strip|ignor|drop|remov|cap|"
    r"bound|verif|clos|plug|handl|correct|quot|repair|mend|solv|use|require|enforce|disable|treat|make|do(?:es)? not|"
    r"don't|doesn't|never|no longer|not allow|only|safe|compar|stor|bind|instead|replac|turn(?:s|ed|ing)? on|against|add(?:s|ed)? (?:a |an |the |some |more |missing )*"
    r"(?:\w+ )?(?:check|limit|guard|validation|bound|test for|protection|escap))\w*",
    re.IGNORECASE,
)
_WRONG = re.compile(r"\b(?:could|was|were|allowed)\b", re.IGNORECASE)  # of a line that tells what was wrong
_CLAIM = re.compile(  # a line whose numbers say what was mended, and are not talk about weaknesses
    r"\b(?:CVE-\d|GHSA-|fix|prevent|mitigat|resolv|patch|vulnerab|security)|^\W*(?:cwe|weakness)\b", re.IGNORECASE
)
_SECURITY = re.compile(
    r"^\W*\[?security\b|\bsecurity (?:fix|issue|bug|hole|flaw|problem|patch|vulnerab|release|advisor)|\bvulnerab|\bexploit|\b(?:oss-?)?fuzz"
    r"|\basan\b|address ?sanitizer|\bvalgrind\b|\bafl\b|\battack|\bmalicious|\bcrafted|\bhostile|\buntrusted|\bexhaust",
    re.IGNORECASE | re.MULTILINE,
)
_FORK = re.compile(r"merge (?:pull request from ghsa-|commit from fork)", re.IGNORECASE)
_UNDOES = re.compile(
    r"\s*(?:tests?\b|testing\b|revert|reapply|reland|back(?:s|ed|ing)?[- ]?out|undo(?:es|ing)?\b|roll(?:s|ed|ing)?[- ]?back|restore|re-?introduce"
    r"|merge|bump|releas|version\b|v?\d+\.\d+|prepar|changelog|update (?:the )?(?:changelog|changes|news|version)"
    r"|upgrade (?:to|dep|from)|(?:test|tests|docs?|chore|ci|style|build|bench|release)(?:\([^)]*\))?!?:"
    r"|(?:add|adds|added|adding|write|wrote|update|updated|improve|improved|extend|fix|fixed|fixing|more|new|remove|rename|move|clean up|mention|note|document)\s+"
    r"(?:(?:a|an|the|some|more|new|missing|failing|flaky|broken|regression|unit|fuzz\w*|typos?|wording|spelling|in|of|link|links|to)\s+)*"
    r"(?:tests?|test cases?|docs?|documentation|docstrings?|comments?|changelog|examples?|news|release notes?|readme|typos?|benchmarks?|fuzz\w*|lint\w*)\b"
    r"|document|mention|typo|spelling|credit|refactor|reformat|format (?:the )?code|rename)",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"^\s*(?:this (?:reverts|backs out|undoes|rolls back) |\(?(?:partially |partly )?revert(?:s|ed|ing)? (?:commit )?[0-9a-f]{7,40}\b)"
    r"|\b(?:take|took|takes|taking) back (?:the )?(?:\w+ ){0,3}(?:fix|check|patch)",
    re.IGNORECASE | re.MULTILINE,
)
_WEAKENS = re.compile(
    r"(?:[\w./-]+: ?)?(?:remove|drop|disable|delete|relax|loosen|turn off|get rid of|take|took) (?:out )?(?:of )?(?:the |this |that |my |our |an? )?"
    r"(?:[\w-]+ ){0,4}(?:fix|checks?|validation|verification|hardening|protection|mitigation|patch|saniti[sz]\w+|escaping|guards?|back|limit)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:not (?:a |really a |actually a )?(?:security|vulnerab|exploit|affected)|no security (?:impact|implication|relevance)|false[- ]positives?"
    r"|(?:silence|suppress|quiet|ignore|appease) (?:\w+ ){0,4}(?:warning|bandit|codeql|coverity|lint\w*|checker|scanner|alert)|noqa|nosec|-w(?:all|maybe|un)\w*|compiler warnings?)",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"\b(?:unlike|similar|like|same (?:as|kind)|as in|cf\.?|compare|inspired|reminds|remember|unrelated|related|not affected|"
    r"background|since|after|before|introduced (?:by|in|with)|follow[- ]?up|regression|broke\w*|caused by|because of|due to)\b",
    re.IGNORECASE,
)
# Words that are mostly about plain bugs: they count where a message says in some way that it is about security.
_OFTEN_PLAIN = frozenset(f"CWE-{number}" for number in (59, 193, 327, 330, 346, 362, 369, 401, 407, 770, 835, 862))


@dataclass(frozen=True, slots=True)
class Said:
    """What a message, or an advisory, says about a commit.

    Attributes:
        cwes: The weaknesses that it names, by number or in words, at most three; or all that it hints at.
        references: The advisories that it refers to.
        fixes: Whether it says that something is mended.
        named: Whether the weaknesses were named by number, and so by somebody who decided about them.
        hinted: Whether the weaknesses are only hinted at, so that the change has to show which of them it is about.
        summary: What was mended, in one line of words.
    """

    cwes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    fixes: bool = False
    named: bool = False
    hinted: bool = False
    summary: str = ""

    @property
    def relevant(self) -> bool:
        """Whether it speaks of a weakness that was fixed."""
        return (self.fixes or self.hinted) and bool(self.references or self.cwes)


def from_fork(message: str) -> bool:
    """Tell whether a commit was made by merging the private fork of an advisory."""
    return _FORK.match(message.lstrip()) is not None


def references(message: str) -> tuple[str, ...]:
    """Return the advisories that a message refers to, each once."""
    return tuple(dict.fromkeys(found.upper() for found in _REFERENCE.findall(message[:MAX_MESSAGE])))


def read(message: str) -> Said:
    """Read a message, up to the length that is looked at."""
    text = message[:MAX_MESSAGE].strip()
    fork = from_fork(text)
    if (not fork and _UNDOES.match(text)) or _TAKEN_BACK.search(text) or _WEAKENS.match(text) or _NOTHING.search(text):
        return Said()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    told = references(text)
    claims = [line for place, line in enumerate(lines) if fork or place == 0 or _CLAIM.search(line)]
    numbers = tuple(dict.fromkeys(f"CWE-{number}" for number in _NAMED.findall("\n".join(claims))))[:3]
    serious = bool(told or fork or _SECURITY.search(text))
    fixes = fork or bool(_FIX.search(text)) or _leads(lines)
    cwes = numbers
    if not numbers:
        for line in lines if fixes else filter(_WRONG.search, lines):
            found = named_in(line)
            if cwes := tuple(cwe for cwe in found if serious or cwe not in _OFTEN_PLAIN)[:MAX_CWES]:
                fixes = True
                break
    if told and not cwes and not fork and _only_mentioned(lines):
        return Said()
    title = lines[0] if lines and not (cwes or told or fork) else ""
    sure = (cwe for cwe in named_in(title) if cwe not in _OFTEN_PLAIN)
    hints = tuple(dict.fromkeys((*sure, *hinted_in(title))))
    return Said(cwes or hints, told[:5], fixes, bool(numbers), bool(hints), _summary(lines, fork))


def _leads(lines: list[str]) -> bool:
    """Tell whether the first line names an advisory, as in `CVE-2031-1: ...` or `... (CVE-2031-1)`."""
    return bool(lines) and _REFERENCE.search(lines[0]) is not None


def _only_mentioned(lines: list[str]) -> bool:
    """Tell whether every line that names an advisory speaks of something else than mending it."""
    naming = [line for line in lines if _REFERENCE.search(line)]
    return all(_MENTION.search(line) and not re.search(r"\b(?:fix|mitigat|resolv|patch|address)", line, re.IGNORECASE)
               for line in naming)  # fmt: skip


def _summary(lines: list[str], fork: bool) -> str:
    """Return the line that says what was done: the first, but for the title that a merge has by itself."""
    own = [
        line.lstrip("*- ")
        for line in lines[1 if fork else 0 :]
        if not re.match(r"(?i)(?:signed-off|co-authored|closes|see)\b", line)
    ]
    return (own or [""])[0][:150]
