"""Splits code or words into lexical tokens, for BM25 and for the LSA embedder.

A text may be source code, a task in words, or both. There are two tokenizers by name. `code` takes identifiers apart
(`parseHTTPHeader`, `parse_http_header` and "parse HTTP header" give the same tokens), so that a task in words matches
code. `whitespace` is the paper's plain setting. Neither of them parses the language, and `code` drops the operators.
`stemmed_words` is for text in words alone and is not one of the two.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

# Where a camel-case name breaks: before a capital that follows a small letter or digit, and before the last capital of
# a run that a small letter follows (HTTP|Header).
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")

MAX_TOKEN = 40  # characters; what is longer is data (base64, hashes), not a name


def code_tokens(text: str) -> list[str]:
    """Return the parts of identifiers in lower case, in the order of the text, without numbers and data-like tokens."""
    return list(_code_tokens(text))


@lru_cache(8)  # several kinds of evidence for one query take the same texts apart
def _code_tokens(text: str) -> tuple[str, ...]:
    words = _WORD.findall(_CAMEL.sub(" ", text))
    return tuple([word.lower() for word in words if len(word) <= MAX_TOKEN and not word.isdigit()])


def whitespace_tokens(text: str) -> list[str]:
    """The text split at white space, case kept (the paper's BM25 setting as far as it can be told)."""
    return text.split()


# Words that say nothing of what is asked for, with those that stand in every request for code.
_STOP = frozenset(
    "a an the and or of to in on for with by from at as is are it its this that these those be been was were has "
    "have had do does did no not but if then than so such can may must should will would our we us you your their "
    "they them he she his her i me my which who whose what when where how each all any some one two other into "
    "out up over under also only write function code program java python javascript typescript".split()
)
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("ers", "er"), ("es", "e"), ("s", ""))


def stemmed_words(text: str) -> list[str]:
    """Return the code tokens without stop words, single letters and common English endings, to match words by."""
    return [_stem(token) for token in code_tokens(text) if len(token) > 1 and token not in _STOP]


@cache
def _stem(word: str) -> str:
    """Cut the word's ending, so that `stores`, `stored` and `storing` match. It uses a few rules and no dictionary."""
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 3 and not (ending == "s" and word.endswith(_NO_PLURAL)):
            word = word.removesuffix(ending) + left
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]  # begin(n)ing
    return word.removesuffix("e") if len(word) > 4 else word


_NO_PLURAL = ("ss", "us", "is")

tokenizers: dict[str, Callable[[str], list[str]]] = {"code": code_tokens, "whitespace": whitespace_tokens}
