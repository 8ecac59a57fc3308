"""From code or words to lexical tokens, for BM25 and for the LSA embedder.

In flows any text (source code, a task in words, or both); out flow lists of tokens. Two ways of cutting, by name:
`code` takes identifiers apart (`parseHTTPHeader`, `parse_http_header` and "parse HTTP header" give the same tokens), so
that a task in words meets code; `whitespace` is the paper's plain setting. Neither parses the language, keeps
operators or stems words.
"""

import re
from collections.abc import Callable

# Where a camel-case name breaks: before a capital that follows a small letter or digit, and before the last capital of
# a run that a small letter follows (HTTP|Header).
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")

MAX_TOKEN = 40  # characters; what is longer is data (base64, hashes), not a name


def code_tokens(text: str) -> list[str]:
    """Identifier sub-words in lower case, in the order of the text; digits alone and data-like tokens are left out."""
    words = _WORD.findall(_CAMEL.sub(" ", text))
    return [word.lower() for word in words if len(word) <= MAX_TOKEN and not word.isdigit()]


def whitespace_tokens(text: str) -> list[str]:
    """The text split at white space, case kept (the paper's BM25 setting as far as it can be told)."""
    return text.split()


tokenizers: dict[str, Callable[[str], list[str]]] = {"code": code_tokens, "whitespace": whitespace_tokens}
