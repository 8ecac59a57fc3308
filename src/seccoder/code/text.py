"""Text that strangers wrote, made fit to be shown: nothing in it steers a terminal or deceives a reader.

In flows any text, out flows one that is safe to print. What Python does not call printable is taken for dangerous:
escape sequences and other control characters, bidirectional controls, characters without width, spaces that only look
like one, half surrogate pairs. Look-alike letters stay: they are letters.
"""

import re

_REPLACEMENT = "�"
_NOT_ASCII = re.compile(r"[^ -~]")


def printable(text: str) -> str:
    """The text with each character replaced that cannot be shown, line ends and tabs, too."""
    return _NOT_ASCII.sub(lambda match: match[0] if match[0].isprintable() else _REPLACEMENT, text)


def printable_line(text: str) -> str:
    """The text as one line: runs of white space become one space, then as for `printable`."""
    return printable(" ".join(text.split()))


def printable_lines(text: str) -> str:
    """The text with its lines and tabs, and each other character replaced that cannot be shown."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.replace("\r\n", "\n").split("\n"))


def spelled_out(text: str) -> str:
    """The text with its lines and tabs, and each other character that cannot be shown written as its code point."""

    def shown(match: re.Match[str]) -> str:
        character = match[0]
        return character if character.isprintable() or character in "\n\t" else f"\\u{ord(character):04x}"

    return _NOT_ASCII.sub(shown, text.replace("\r\n", "\n"))
