"""Decides which licences a demonstration may have, and recognises the licence in a repository's licence file.

SPDX expressions (`(MIT OR GPL-2.0-only) AND Apache-2.0`) are parsed by the library `license-expression`. Licence texts
are recognised by the phrases that no other licence of the list has, and get an SPDX identifier. A text that is not
recognised gets "": it is unknown, never guessed.

This is a filter, not legal advice.
"""

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any

from seccoder.expansion.candidate import OWN

# The licences that let code be shown and built upon with no more duty than to name its source, and one's own code.
ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD-1-Clause BSD-2-Clause BSD-3-Clause BSL-1.0 CC0-1.0 CC-BY-4.0 ISC MIT MIT-0 NCSA PSF-2.0 "
    "PostgreSQL Python-2.0 Unlicense WTFPL Zlib curl libtiff".split()
) | {OWN}

# Licences that are known by how their texts begin, because the long ones name one another further down.
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
_MARKS = [  # phrases that must all be there, and phrases that must not; the first licence that fits is taken
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
_COPYLEFT = (
    "general public license"  # in an otherwise permissive text it means that only part of the code is permissive
)
_SPDX_LINE = re.compile(r"SPDX-License-Identifier:[ \t]*([^\r\n]+)")
_LONGEST = 1000  # characters of an expression; nobody writes a longer one, and parsing takes its time


def allowed(expression: str, policy: Collection[str]) -> bool:
    """Tell whether a policy's licences cover an SPDX expression.

    An alternative (`OR`) is covered if one side is, and a combination (`AND`) if all sides are. `X+` and `X-or-later`
    leave the choice, so they are covered if X is. A known exception (`WITH`) only adds permissions, so its licence
    decides; an unknown one may take some away. What is unknown or cannot be parsed is covered only if the policy names
    it.
    """
    tree = _parse(expression)
    return tree is not None and _covers(tree, {str(_parse(name) or name).lower() for name in policy})


def _covers(tree: Any, wanted: Collection[str]) -> bool:
    if isinstance(tree, _licensing().OR):
        return any(_covers(side, wanted) for side in tree.args)
    if isinstance(tree, _licensing().AND):
        return all(_covers(side, wanted) for side in tree.args)
    name = str(tree).lower()
    if name in wanted:
        return True
    if exception := getattr(tree, "exception_symbol", None):
        return bool(exception.is_exception) and _covers(tree.license_symbol, wanted)
    least = name.removesuffix("+").removesuffix("-or-later")
    return least != name and (least in wanted or f"{least}-only" in wanted)


@lru_cache(1000)  # each candidate names a licence, and is compared with the same ones of the policy
def _parse(expression: str) -> Any:
    """Parse an expression; None if it is none. Identifiers are spelled as in SPDX, and old ones become the new."""
    if len(expression) > _LONGEST:
        return None
    try:
        return _licensing().parse(expression)
    except Exception:  # the parser answers some nonsense with errors of its own, "()" with an IndexError
        return None


@cache
def _licensing() -> Any:
    from license_expression import get_spdx_licensing  # its list of licences takes a tenth of a second

    return get_spdx_licensing()


def recognise(text: str) -> str:
    """Return the SPDX identifier of a licence text; "" if it is not one of those known here."""
    if stated := _identifiers_in(text):
        return stated
    words = " ".join(re.sub(r"[*#>=]+", " ", text[:40_000].lower()).split())
    head = words[:400].replace(",", "")
    for name, title in _TITLES:
        if title in head:
            return _unless_mixed(name, words)
    for name, must, must_not in _MARKS:
        if all(mark in words for mark in must) and not any(mark in words for mark in must_not):
            return _unless_mixed(name, words)
    return ""


def of_file(text: str) -> str:
    """Return the licence that a source file states for itself: an expression, "" if it states none.

    A file that only speaks of a copyleft licence, in words that are not recognised, has one that nobody knows here.
    """
    head = text[:4000]
    if stated := _identifiers_in(head):
        return stated
    words = " ".join(re.sub(r"[*#/>=]+", " ", head.lower()).split())
    return (recognise(head) or "LicenseRef-unknown") if _COPYLEFT in words else ""


def _identifiers_in(text: str) -> str:
    """Combine what a text's `SPDX-License-Identifier` lines say; a file with several is under all of them."""
    lines = [match[1] for match in _SPDX_LINE.finditer(text) if match.start() < 4000]
    found = list(dict.fromkeys(re.sub(r"\s*(\*/|-->)?\s*$", "", line) for line in lines))
    return found[0] if len(found) == 1 else " AND ".join(f"({each})" for each in found)


def _unless_mixed(name: str, words: str) -> str:
    """Return the licence, or "" if the text also has a copyleft one: then nobody knows which of them is for what."""
    return "" if name in ALLOWED and _COPYLEFT in words else name
