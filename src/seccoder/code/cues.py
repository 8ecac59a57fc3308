"""Says what a cue may be: the weakness and its remedy in at most 60 tokens, in neutral words and without code blocks.

A cue goes into a model's prompt in place of, or beside, a whole demonstration. It takes a text and returns what is
wrong with it. Hosted models refuse requests that describe how a weakness is used, so words for that do not belong into
a cue, nor do the names of the tools that look for weaknesses.

Not guaranteed: that the words are true, or that a tokenizer of a language other than English makes no more of them.
"""

import re

MAX_TOKENS = 60

# What no model is told of a weakness. The same holds for remedies, findings and the messages of executed checks.
HARSH = re.compile(
    r"\bexploit|payload|shellcode|malicious|hacker|pwn|AddressSanitizer|buffer-overflow|==\d+==|0x[0-9a-f]{6,}"
    r"|' ?OR ?'|\$\(\(|\.\./\.\./|<script|;\s*rm\b",
    re.IGNORECASE,
)
_OF_A_CUE = re.compile(
    r"\battack|\bvictim|\bsteal|\bhijack|\bbandit\b|\bsemgrep\b|\bcodeql\b|\bcppcheck\b|\bgosec\b|\bsqlmap\b|sanitizers?\b",
    re.IGNORECASE,
)
# The tokenizers of code models join a space to the word behind it, and make more than one token of few English words.
_PIECE = re.compile(r"[A-Za-z]{1,6}|[^\x00-\x7f]|[^A-Za-z\s]")


def tokens(cue: str) -> int:
    """Count about as many tokens as the tokenizers of code models make of English words.

    Over 378 cues it counts 34 on average, where Qwen2.5-Coder's tokenizer makes 31; it was never more than 3 below it.
    """
    return sum(1 if piece.isascii() else len(piece.encode("utf-8", "replace")) for piece in _PIECE.findall(cue))


def wrong(cue: str) -> str:
    """Say in a few words what is wrong with a cue; "" if nothing is, or there is none."""
    if cue != " ".join(cue.split()):
        return "a cue is one line, without spaces around it"
    if (count := tokens(cue)) > MAX_TOKENS:
        return f"a cue has at most {MAX_TOKENS} tokens, and this one about {count}"
    if "```" in cue or "~~~" in cue:
        return "a cue holds no code block"
    if found := HARSH.search(cue) or _OF_A_CUE.search(cue):
        return f"a cue says what to do in neutral words, without {found[0]!r}"
    return ""
