"""Which licences a demonstration may have, and what a repository's licence file says it is.

In flow SPDX expressions and licence texts; out flow whether one is allowed, and an identifier or "". An expression
(`MIT OR GPL-2.0-only`) is allowed if one of its alternatives is, each in all its parts. Texts are recognised by the
phrases that no other licence of the list has; one that is not recognised is unknown, never guessed.

This is a filter, not legal advice.
"""

import re
from collections.abc import Collection

from seccoder.expansion.candidate import OWN

# What lets code be shown and built upon with no more duty than to name its source, and what is one's own.
ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD-1-Clause BSD-2-Clause BSD-3-Clause BSL-1.0 CC0-1.0 CC-BY-4.0 ISC MIT MIT-0 NCSA PSF-2.0 "
    "PostgreSQL Python-2.0 Unlicense WTFPL Zlib curl libtiff".split()
) | {OWN}

# A licence by how its text begins: the long ones name one another further down.
_TITLES = [
    ("AGPL-3.0-only", "gnu affero general public license"),
    ("LGPL-3.0-only", "gnu lesser general public license version 3"),
    ("LGPL-2.1-only", "gnu lesser general public license version 2.1"),
    ("GPL-3.0-only", "gnu general public license version 3"),
    ("GPL-2.0-only", "gnu general public license version 2"),
    ("Apache-2.0", "apache license version 2.0"),
    ("MPL-2.0", "mozilla public license version 2.0"),
    ("EPL-2.0", "eclipse public license - v 2.0"),
    ("BSL-1.0", "boost software license - version 1.0"),
    ("CC0-1.0", "cc0 1.0 universal"),
    ("Unlicense", "this is free and unencumbered software released into the public domain"),
    ("PSF-2.0", "python software foundation license version 2"),
]
_NOTICE = "the above copyright notice and this permission notice"
_MARKS = [  # phrases that must all be there, and those that must not; the first that fits
    ("Zlib", ("altered source versions must be plainly marked",), ()),
    ("MIT", ("permission is hereby granted, free of charge, to any person", _NOTICE), ()),
    ("MIT-0", ("permission is hereby granted, free of charge, to any person",), ("above copyright notice",)),
    ("ISC", ("permission to use, copy, modify, and/or distribute this software", "copyright notice and this"), ()),
    ("ISC", ("permission to use, copy, modify, and distribute this software", "copyright notice and this"), ()),
    ("0BSD", ("permission to use, copy, modify, and/or distribute this software",), ("copyright notice and this",)),
    ("BSD-3-Clause", ("redistribution and use in source and binary forms", "endorse or promote"), ("advertising",)),
    ("BSD-2-Clause", ("redistribution and use in source and binary forms",), ("endorse or promote", "advertising")),
    ("GPL-3.0-or-later", ("gnu general public license", "version 3", "any later version"), ("lesser", "affero")),
    ("GPL-2.0-or-later", ("gnu general public license", "version 2", "any later version"), ("lesser", "affero")),
]
_SPDX_LINE = re.compile(r"SPDX-License-Identifier:\s*([\w.+() -]{2,80})")


def allowed(expression: str, policy: Collection[str]) -> bool:
    """Whether a policy's licences cover an SPDX expression."""
    wanted = {name.lower() for name in policy}
    text = re.sub(r"\s+WITH\s+[\w.-]+", "", expression.replace("(", " ").replace(")", " "), flags=re.IGNORECASE)
    for alternative in re.split(r"\s+OR\s+", text, flags=re.IGNORECASE):
        parts = [part.strip().lower() for part in re.split(r"\s+AND\s+", alternative, flags=re.IGNORECASE)]
        if all(part and part in wanted for part in parts):
            return True
    return False


def recognise(text: str) -> str:
    """SPDX identifier of a licence text, "" if it is not one of those known here."""
    if match := _SPDX_LINE.search(text[:4000]):
        return match[1].strip()
    words = " ".join(re.sub(r"[*#>=]+", " ", text[:40_000].lower()).split())
    head = words[:400].replace(",", "")
    for name, title in _TITLES:
        if title in head:
            return name
    for name, must, must_not in _MARKS:
        if all(mark in words for mark in must) and not any(mark in words for mark in must_not):
            return name
    return ""
