"""Makes text that strangers wrote safe to print: nothing in it can control a terminal or deceive a reader.

Every character that Python does not call printable is taken for dangerous: escape sequences and other control
characters, bidirectional controls, characters without width, spaces that only look like one, and half surrogate pairs.
Look-alike letters stay, because they are letters.
"""

import re

_REPLACEMENT = "�"
_NOT_ASCII = re.compile(r"[^ -~]")


def printable(text: str) -> str:
    """Return the text with each character replaced that cannot be shown; line ends and tabs are replaced too."""
    return _NOT_ASCII.sub(lambda match: match[0] if match[0].isprintable() else _REPLACEMENT, text)


def printable_line(text: str) -> str:
    """Return the text as one line: runs of white space become one space, and the rest is as in `printable`."""
    return printable(" ".join(text.split()))


def printable_lines(text: str) -> str:
    """Return the text with its lines and tabs kept, and each other character replaced that cannot be shown."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.replace("\r\n", "\n").split("\n"))


def spelled_out(text: str) -> str:
    """Return the text with its lines and tabs kept, and each other character that cannot be shown as its code point."""

    def code_point(match: re.Match[str]) -> str:
        character = match[0]
        return character if character.isprintable() or character in "\n\t" else f"\\u{ord(character):04x}"

    return _NOT_ASCII.sub(code_point, text.replace("\r\n", "\n"))
