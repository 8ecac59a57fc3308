"""Turns untrusted code into HTML: it is escaped and lightly coloured, and deceiving characters become visible.

The result is a list of lines of safe HTML. Characters that would steer a terminal or reorder what a reader sees
(control characters, bidirectional overrides) are written out. A text is cut at a stated length, so that no completion
makes the page large.

It colours what Pygments recognises. A wrong colour says nothing about the code.
"""

from typing import Any

from markupsafe import Markup, escape

from seccoder.code.text import spelled_out

LONGEST = 4000  # characters of one text

_CLASSES = {"Keyword": "k", "Comment": "c", "Literal.String": "s", "Literal.Number": "m", "Name.Function": "f"}


def cut(text: str, longest: int = LONGEST) -> tuple[str, int]:
    """Return the beginning of a text, and how many characters were left out."""
    return text[:longest], max(len(text) - longest, 0)


def lines(text: str, language: str) -> list[Markup]:
    """Return the lines of a code as HTML; whatever stands in the code is text there, never markup."""
    done: list[Markup] = []
    line: list[Markup] = []
    for kind, value in _tokens(spelled_out(text), language):
        for number, piece in enumerate(value.split("\n")):
            if number:
                done.append(Markup("").join(line))
                line = []
            if piece:
                line.append(Markup('<span class="{}">{}</span>').format(kind, piece) if kind else escape(piece))
    return [*done, Markup("").join(line)]


def _tokens(text: str, language: str) -> list[tuple[str, str]]:
    """Return the class and the text of each token; neighbours of one class are joined."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer: Any = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [("", text)]
    joined: list[tuple[str, str]] = []
    for token, value in lexer.get_tokens(text):
        name = str(token).removeprefix("Token.")
        kind = next((css for prefix, css in _CLASSES.items() if name.startswith(prefix)), "")
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + value)
        else:
            joined.append((kind, value))
    return joined
