"""Tells what a change did that can mend something, and whether that is of the kind which a weakness needs.

It compares two versions of some code, without comments, by the lines that went and came. A change adds a guard, bounds
something, calls something else, clears a pointer, and so on. A commit may say that it fixes an overflow, or an advisory
may name it, and still only change a message: then it shows nothing. A change that only takes such things away is no fix
either, but may be one that was taken back.

Like `constructs`, this counts patterns and is no analysis.
"""

import re
from collections import Counter
from dataclasses import dataclass

from seccoder.code import cwe

_KINDS: dict[str, str] = {
    "guard": r"\b(?:if|elif|unless|while|assert\w*|case|require|and|or|not|in|instanceof|typeof)\b|&&|\|\||\?(?![.:])|[<>]=?|[!=]==?",
    "refusal": r"\b(?:raise|throw|abort|exit|goto|return|break|continue|panic)\b|\b\w*(?:[Ee]rr|ERR|[Ff]ail|FAIL)\w*\b",
    "bound": r"(?i)\b\w*(?:len|size|max|min|limit|count|depth|end|bound|num|avail|remain|left|cap|quota|budget|timeout)\w*\b"
    r"|\b(?:snprintf|strlcpy|strlcat|strncpy|fgets|slice|substr\w*|read[nN]?)\s*\(|\.at\s*\(|\[[^\]\n]*:[^\]\n]*\]",
    "type": r"\b(?:size_t|ssize_t|u?int\d+(?:_t)?|unsigned|signed|long|u?intmax_t|BigInt|[A-Z]\w*(?:Size|SIZE)\w*|XML_\w+)\b",
    "clearing": r"=\s*(?:0|NULL|nullptr|None|null|nil|\{\s*0?\s*\})\s*[;,)\n]|\b(?:memset|bzero|calloc|kzalloc|explicit_bzero)\s*\(",
    "release": r"\b\w*(?:free|release|close|unref|unlock|put|destroy|dispose|delete|clear|reset|retain|hold|ref|lock|atomic\w*)\w*\s*\(",
    "setting": r"\b(?:True|False|true|false|[A-Z][A-Z0-9_]{3,})\b",
    "pattern": r"\(\?[:=!<P]|[\])][*+{?]|\\[wsdWSDb][*+{?]|\.[*+][?)\]|]"
    r"|\.(?:finditer|findall|fullmatch|match\w*|search|test|exec)\s*\(|\.(?:replace|split)\s*\(\s*/|\bre\.\w+\s*\(",
    "null": r"\b(?:NULL|nullptr|None|null|nil|undefined)\b|\bif\s*\(\s*!",
}  # fmt: skip
_COMPILED = {name: re.compile(pattern) for name, pattern in _KINDS.items()}
_CALL = re.compile(r"(?<![A-Za-z_])([A-Za-z_][\w.:>-]*)\s*\(")
_LITERAL = re.compile(
    r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`[^`\n]*`|(?:(?<=[=(,:])|(?<=[=(,:]\s))/(?![*/])(?:\\.|[^/\\\n])+/[a-z]*"
)
_TALK = re.compile(r"(?:\b(?:log\w*|debug|info|warn\w*|error|print\w*|console|trace|printk?|notice|syslog)\b[\w.]*$)")
_TALKS = re.compile(
    r"\s*(?:\w+(?:\.|->))*(?:log|debug|info|warn|warning|print|console|trace|printk|notice|syslog|pr_\w+|dev_\w+|log_?\w*)"
    r"(?:\.\w+)?\s*\(.*\)\s*;?\s*$"
)
_KEYWORDS = frozenset("if for while switch return catch sizeof and or not in elif print".split())
_WANTED = {
    "bounds": {"guard", "bound", "type", "clearing"},
    "arithmetic": {"guard", "bound", "type"},
    "null": {"guard", "null", "clearing", "refusal"},
    "uninitialised": {"guard", "clearing", "refusal"},
    "release": {"guard", "release", "refusal"},
    "division": {"guard", "bound"},
    "race": {"guard", "release", "call"},
    "CWE-639": {"guard", "refusal", "value"},
    "CWE-1333": {"pattern", "bound"},
}  # by weakness or by family; what is not in it can be mended by anything that changes what the code does
_TOLD = frozenset({"CWE-117", "CWE-532"})  # weaknesses of what is told


@dataclass(frozen=True, slots=True)
class Mending:
    """What a change did: the kinds of which it added more than it took, of which it only took, and those it changed.

    `tells` says whether it tells something else than before: a log entry has other values, and not only other words.
    """

    gained: frozenset[str]
    lost: frozenset[str]
    changed: frozenset[str]
    tells: bool = False

    def fits(self, name: str) -> bool:
        """Tell whether the change is of a kind that can mend a weakness."""
        if self.tells and name in _TOLD:
            return True
        wanted = _WANTED.get(name) or _WANTED.get(cwe.get(name).family)
        return bool((self.gained | self.changed) & wanted) if wanted else bool(self.gained | self.changed)

    @property
    def takes_away(self) -> bool:
        """Whether it only takes away what protects, so that it looks like a fix that is taken back."""
        return bool(self.lost & {"guard", "refusal"}) and not self.gained and not self.changed - {"call", "pattern"}


def compare(before: str, after: str) -> Mending:
    """Return what a change from one version of some code to another did; both are without comments."""
    gone, came = lines(before, after)
    counts = {name: (len(pattern.findall(gone)), len(pattern.findall(came))) for name, pattern in _COMPILED.items()}
    gained = {name for name, (less, more) in counts.items() if more > less}
    lost = {name for name, (less, more) in counts.items() if less > more}
    changed = {name for name, (less, more) in counts.items() if less == more > 0}
    calls = [_calls(code) for code in (gone, came)]
    if calls[1] - calls[0]:
        gained.add("call")
    elif calls[0] - calls[1]:
        changed.add("call")  # a call that went may be the whole fix
    changed.discard("pattern")
    if len({frozenset(Counter(_COMPILED["pattern"].findall(code)).items()) for code in (gone, came)}) > 1:
        changed.add("pattern")  # also one that went; lines that only look differently have the same
    texts = [_values(code) for code in (gone, came)]
    if texts[0] != texts[1]:
        changed.add("value")
    words = before.split(), after.split()
    if not (gone or came) and words[0] != words[1] and sorted(words[0]) == sorted(words[1]):
        changed.add("order")
    told = [Counter(_renamed(line) for line in code.split("\n") if _TALKS.match(line)) for code in (before, after)]
    return Mending(frozenset(gained), frozenset(lost), frozenset(changed - _same(gone, came)), told[0] != told[1])


def lines(before: str, after: str) -> tuple[str, str]:
    """Return the lines that went, and those that came, without those that only tell somebody something."""
    old, new = (
        Counter(" ".join(line.split()) for line in code.split("\n") if not _TALKS.match(line))
        for code in (before, after)
    )
    return "\n".join((old - new).elements()), "\n".join((new - old).elements())


def _same(gone: str, came: str) -> set[str]:
    """Return the kinds whose every occurrence is the same in both, so that nothing about them changed."""
    same = set()
    for name in ("guard", "bound", "type", "clearing", "release", "null", "refusal", "setting"):
        kept = [
            Counter(_renamed(line) for line in code.split("\n") if _COMPILED[name].search(line))
            for code in (gone, came)
        ]
        if kept[0] == kept[1]:
            same.add(name)
    return same


def _renamed(line: str) -> str:
    """Return a line without the texts in it, so that another message is no other line."""
    return _LITERAL.sub('""', line)


def _calls(code: str) -> set[str]:
    return {name for name in _CALL.findall(code) if name not in _KEYWORDS and not _TALK.search(name)}


def _values(code: str) -> Counter[str]:
    """Return the texts that are values and no sentences: patterns, names of fields, statements with placeholders."""
    found = (match[0][1:-1] for match in _LITERAL.finditer(code))
    return Counter(text for text in found if re.fullmatch(r"[\w./:*@-]+", text) or re.search(r"[\\?%$^|{}\[\]]", text))
