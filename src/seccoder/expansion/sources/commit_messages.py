"""Reads in commit messages which weaknesses and advisories they name, and whether they claim a fix.

Messages are untrusted text. Weaknesses are found by the words that people use for them. If a message says "fix" and
names no weakness, nothing follows from it here.
"""

import re
from dataclasses import dataclass

MAX_MESSAGE = 4000  # characters of a message that are looked at

_WORDS: list[tuple[int, str]] = [
    (89, r"sql[- ]?inject\w*|\bsqli\b"),
    (943, r"nosql[- ]?inject\w*"),
    (79, r"\bxss\b|cross[- ]site[- ]script\w*|html[- ]inject\w*"),
    (22, r"(?:path|director(?:y|ies))[- ]?travers\w*|zip[- ]?slip|tar[- ]?slip|arbitrary file (?:read|write|overwrite)"),
    (78, r"(?:os[- ])?command[- ]?inject\w*|shell[- ]?inject\w*"),
    (88, r"argument[- ]?inject\w*"),
    (94, r"code[- ]?inject\w*|remote code execution|\brce\b|arbitrary code"),
    (95, r"eval[- ]?inject\w*|unsafe eval"),
    (1336, r"template[- ]?inject\w*|\bssti\b"),
    (90, r"ldap[- ]?inject\w*"),
    (643, r"xpath[- ]?inject\w*"),
    (113, r"(?:header|response)[- ]?(?:inject\w*|splitting)"),
    (93, r"\bcrlf[- ]?inject\w*"),
    (117, r"log[- ]?(?:inject\w*|forging)"),
    (352, r"\bcsrf\b|\bxsrf\b|cross[- ]site request forger\w*"),
    (918, r"\bssrf\b|server[- ]side request forger\w*"),
    (611, r"\bxxe\b|xml external entit\w*|external entit\w*"),
    (776, r"billion laughs|entity expansion"),
    (601, r"open[- ]redirect\w*|unvalidated redirect"),
    (502, r"(?:unsafe|insecure|untrusted)[- ]deseriali[sz]\w*|deseriali[sz]ation of untrusted|unsafe (?:yaml|pickle)|pickle rce"),
    (1321, r"prototype[- ]pollut\w*"),
    (1333, r"\bredos\b|catastrophic backtrack\w*|regular expression denial"),
    (416, r"use[- ]after[- ]free|\buaf\b"),
    (415, r"double[- ]free"),
    (476, r"null[- ]?(?:ptr|pointer)[- ]?(?:deref\w*|access)|nullptr deref\w*|null deref\w*"),
    (125, r"(?:out[- ]of[- ]bounds?|\boob\b)[- ](?:memory )?read|buffer[- ]?over[- ]?read|heap over[- ]?read"),
    (787, r"(?:out[- ]of[- ]bounds?|\boob\b)[- ](?:memory )?write|buffer[- ]?overflow|(?:heap|stack)[- ](?:based )?(?:buffer )?overflow"
          r"|buffer[- ]?overrun"),
    (119, r"out[- ]of[- ]bounds?(?: (?:access|memory))?|memory corruption"),
    (190, r"integer[- ]?(?:overflow|wrap\w*)|arithmetic overflow|multiplication overflow"),
    (191, r"integer[- ]?underflow"),
    (369, r"divi(?:de|sion)[- ]by[- ](?:zero|0)"),
    (134, r"format[- ]string"),
    (401, r"memory[- ]?leak"),
    (457, r"uninitiali[sz]ed (?:variable|memory|value|read|pointer|stack)"),
    (835, r"infinite loop|endless loop"),
    (674, r"(?:uncontrolled|infinite|unbounded|stack exhaust\w* by) recursion"),
    (362, r"race[- ]condition"),
    (367, r"\btoc?tou\b|time[- ]of[- ]check"),
    (59, r"symlink (?:attack|race|following)|link following"),
    (377, r"insecure temp\w*|predictable temp\w*"),
    (295, r"certificate (?:validation|verification|check)|verify certificates?|ssl verif\w*|tls verif\w*"),
    (327, r"weak (?:cipher|crypto\w*|hash\w*|encryption)|insecure (?:hash|cipher)"),
    (330, r"(?:insecure|weak|predictable) random\w*"),
    (208, r"timing[- ]attack|timing[- ]side|constant[- ]time"),
    (798, r"hard[- ]?coded (?:password|credential|secret|key|token)s?"),
    (384, r"session[- ]fixation"),
    (287, r"auth(?:entication)?[- ]?bypass"),
    (306, r"missing authentication|unauthenticated access"),
    (862, r"missing (?:authori[sz]ation|permission check|access check)|(?:authori[sz]ation|access control) bypass"),
    (639, r"\bidor\b|insecure direct object"),
    (269, r"privilege[- ]escalat\w*"),
    (200, r"information (?:disclosure|leak\w*|exposure)|info[- ]?leak|leak\w* (?:of )?(?:sensitive|private|kernel)"),
    (434, r"unrestricted (?:file )?upload|arbitrary file upload"),
    (915, r"mass[- ]assignment"),
    (400, r"denial[- ]of[- ]service|\bdos (?:attack|vulnerab\w*|via|in)|resource exhaustion"),
    (1021, r"click[- ]?jack\w*"),
]  # fmt: skip
_WEAKNESSES = [(f"CWE-{number}", re.compile(pattern, re.IGNORECASE)) for number, pattern in _WORDS]
_ANY_WORD = re.compile("|".join(f"(?:{pattern})" for _, pattern in _WORDS), re.IGNORECASE)
_NAMED = re.compile(r"\bCWE[- _]?0*([1-9]\d{0,4})\b", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:CVE-\d{4}-\d{4,7}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|PYSEC-\d{4}-\d+|GO-\d{4}-\d{4,}|RUSTSEC-\d{4}-\d{4}|OSV-\d{4}-\d+)\b",
    re.IGNORECASE,
)
_FIX = re.compile(
    r"\b(?:fix\w*|patch\w*|prevent\w*|avoid\w*|mitigat\w*|address\w*|resolv\w*|protect\w*|harden\w*|sanitiz\w*|escap\w*|"
    r"guard\w*|secure[sd]?|reject\w*|block\w*|disallow\w*|forbid\w*|validat\w*|"
    r"vulnerab\w*)\b",
    re.IGNORECASE,
)
_SECURITY = re.compile(
    r"\bsecurity (?:fix|issue|bug|hole|flaw|problem|patch|vulnerab)|\bvulnerab|\bexploit", re.IGNORECASE
)
_UNDOES = re.compile(r"^\s*(?:revert|merge|bump|release|version|update changelog)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says.

    Attributes:
        cwes: The weaknesses that it names, by number or in words, at most three.
        references: The advisories that it refers to.
        fixes: Whether it says that something is mended.
    """

    cwes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    fixes: bool = False

    @property
    def relevant(self) -> bool:
        """Whether it speaks of a weakness that was fixed."""
        return bool(self.references) or (self.fixes and bool(self.cwes))


def read(message: str) -> Said:
    """Read a message, up to the length that is looked at."""
    text = message[:MAX_MESSAGE]
    if _UNDOES.match(text):
        return Said()
    references = tuple(dict.fromkeys(found.upper() for found in _REFERENCE.findall(text)))
    cwes = dict.fromkeys(f"CWE-{number}" for number in _NAMED.findall(text))
    if not cwes and _ANY_WORD.search(text):
        found = [cwe for cwe, pattern in _WEAKNESSES if pattern.search(text)]
        # "Out-of-bounds read" does not also count as out-of-bounds access, nor does "SQL injection" as code injection.
        cwes = dict.fromkeys(cwe for cwe in found if cwe not in {"CWE-119", "CWE-400"} or len(found) == 1)
    fixes = bool(_FIX.search(text))
    if not cwes and not references and not _SECURITY.search(text):
        return Said(fixes=False)
    return Said(tuple(cwes)[:3], references[:5], fixes)


def security(message: str) -> bool:
    """Tell whether a message says that it is about security at all, without saying which weakness."""
    text = message[:MAX_MESSAGE]
    return bool(_SECURITY.search(text)) and not _UNDOES.match(text)
