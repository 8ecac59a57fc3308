"""Plans the calls of a check that traces first: benign ones of every entry point, then attacks on what they reached.

An entry point tells its slots while it is called: each text that it was given, as "kind name". An attack puts one
hostile value into one slot, and leaves the others as they were in a benign call that reached the operation.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from seccoder.oracles.executed.attempts import APP, Attempt, Family, Run, Tokens, Wanted
from seccoder.oracles.executed.surface import Surface

MOST_ATTACKS = 1500
_MOST_BASES = 90
_OBSERVERS = {"hashing", "ciphers", "randomness", "cookies", "created_files", "secrets_logged"}
_CHOSEN = ("owner", "made", "number")  # kinds of slots that no hostile text gets into
_TRUSTED = ("parameter", "item", "place")  # kinds that the caller of a plain function fills

KINDS: Mapping[str, tuple[str, ...]] = {  # the kinds of operations that a family judges
    "sql": ("statement",),
    "paths": ("file", "removal"),
    "created_files": ("file",),
    "commands": ("program",),
    "options": ("program",),
    "ssrf": ("request",),
    "xml_entities": ("document",),
    "objects": ("object",),
    "ciphers": ("cipher",),
    "hashing": ("digest", "cipher", "stretch"),
    "randomness": ("random",),
    "logs": ("log",),
    "filters": ("filter", "path expression"),
    "redirects": ("redirect",),
    "headers": ("header", "redirect"),
    "cookies": ("cookie",),
    "regexes": ("expression",),
    "markup": (),
}


def words(tokens: Tokens) -> list[list[str]]:
    """Return what a benign call gives a slot by its name: expressions and texts, of which the first counts."""
    return [
        [r".*(url|uri|link|website|endpoint|hook|feed|address)", f"http://{tokens.word}.example.com/{tokens.word}"],
        [r".*(host|domain|server|ip)", f"{tokens.word}.example.com"],
        [r".*e?mail.*", f"{tokens.word}@example.com"],
        [r"\w+ (\w*(id|count|size|limit|page|number|year|port|amount|index))", "7"],
        [r"(owner|place|parameter) .*(root|base|folder|directory|dir)", f"{APP}/files"],
        [r"(owner|place) .*", f"{APP}/files/{tokens.word}.txt"],
        [r".*(file|path|img|image|doc|document|photo|attachment).*", f"{tokens.word}.txt"],
    ]


def benign(surface: Surface, wanted: Mapping[str, Wanted], tokens: Tokens, *, places: bool) -> list[dict[str, Any]]:
    """Return the benign calls that are made of every entry point: the same text in every slot, one after the other.

    Args:
        surface: What the source offers.
        wanted: What the families want.
        tokens: The run's words.
        places: Whether parameters that are paths are to be folders, too. A flag then says which of both they are.
    """
    bases = list(dict.fromkeys(value for want in wanted.values() for value in want.benign))
    own = [text for text in surface.literals if 1 < len(text) < 30 and text.isprintable()]
    ordinary = [tokens.word * 3, tokens.word * 8, f"{tokens.word} {tokens.word}"]
    every = list(dict.fromkeys([tokens.word, *ordinary, *own[:25], *bases]))[:_MOST_BASES]
    files = encoded({path: data for want in wanted.values() for path, data in want.benign_files.items()})
    if set(wanted) <= _OBSERVERS:
        every = every[:8]  # nothing is attacked: to be run a few times is enough
    calls = [{"base": base, "files": files, "flag": flag} for base in (None, *every) for flag in (False, True)]
    return [call for call in calls if not call["flag"] or call["base"] is None or places]


def variants(run: Run, surface: Surface, wanted: Mapping[str, Wanted], entries: set[str]) -> list[dict[str, Any]]:
    """Return further benign calls of entry points: one slot after the other with each of the source's own words."""
    rests = [None, *dict.fromkeys(value for want in wanted.values() for value in want.benign[:2])][:4]
    own = [text for text in surface.literals if 1 < len(text) < 24 and text.replace("-", "_").isidentifier()][:20]
    calls = []
    for entry in sorted(entries):
        attempt = next(attempt for attempt in run.attempts if attempt.case["entry"] == entry)
        slots = dict(zip(attempt.slots, attempt.values, strict=True))
        if 1 < len(slots) <= 5:
            every = [slots if rest is None else dict.fromkeys(slots, rest) for rest in rests]
            calls += [
                {"entry": entry, "base": None, "values": {**others, slot: word}}
                for others in every
                for slot in slots
                for word in own
            ]
    return [{**call, "n": 100_000 + number} for number, call in enumerate(calls)]


def attacks(run: Run, families: Sequence[Family], wanted: Mapping[str, Wanted], tokens: Tokens) -> list[dict[str, Any]]:
    """Return the attacks on what the benign calls reached, the families taking turns at each entry point."""
    starts = _starts(run, families, tokens)
    queues = [
        list(_of_family(family.NAME, wanted[family.NAME], {entry: found[family.NAME] for entry, found in starts.items()
                                                           if family.NAME in found}))
        for family in families
    ]  # fmt: skip
    calls: list[dict[str, Any]] = []
    for place in range(max(map(len, queues), default=0)):
        calls += [queue[place] for queue in queues if place < len(queue)]
    calls += [{**call, "values": folded} for call in calls if (folded := _folded(call["values"])) != call["values"]]
    first = 1 + max((attempt.n for attempt in run.attempts), default=0)
    for number, call in enumerate(calls[:MOST_ATTACKS], first):
        call["n"] = number
        call["values"] = {slot: value.replace("{N}", str(number)) for slot, value in call["values"].items()}
    return calls[:MOST_ATTACKS]


def _starts(run: Run, families: Sequence[Family], tokens: Tokens) -> dict[str, dict[str, Attempt]]:
    """Return, by entry point and family, the benign call that an attack starts from; none where nothing was reached."""
    found: dict[str, dict[str, tuple[int, Attempt]]] = {}
    for attempt in run.attempts:
        best = found.setdefault(str(attempt.case["entry"]), {})
        kinds = {event.kind for event in attempt.events}
        for family in families:
            score = _score(attempt, family, kinds, tokens)
            if score and (family.NAME not in best or best[family.NAME][0] < score):
                best[family.NAME] = (score, attempt)
    return {entry: {name: attempt for name, (_, attempt) in best.items()} for entry, best in found.items()}


def _score(attempt: Attempt, family: Family, kinds: set[str], tokens: Tokens) -> int:
    judged = family.judge(Run([attempt], finished=True), tokens)
    touched = kinds & _EVENTS.get(family.NAME, set()) or (attempt.sql and family.NAME == "sql")
    answered = not _EVENTS.get(family.NAME) and attempt.said.strip()
    came = tokens.inside.encode() in attempt.said
    good = not attempt.error and attempt.status < 400
    return (
        16 * bool(judged.reached)
        + 4 * bool(touched or answered or attempt.calls)
        + (2 * came + good) * bool(judged.reached or touched or answered or attempt.calls)
    )


# the kinds of events as `report` names them for the families
_EVENTS: Mapping[str, set[str]] = {
    name: {{"file": "open", "program": "subprocess.Popen", "removal": "os.remove"}.get(kind, kind) for kind in kinds}
    for name, kinds in KINDS.items()
}


def _of_family(name: str, want: Wanted, starts: Mapping[str, Attempt]) -> Iterator[dict[str, Any]]:
    for case in want.attacks:
        files = encoded(case.get("files", {}))
        for entry, start in starts.items():
            slots = dict(zip(start.slots, start.values, strict=True))
            told = {**{key: value for key, value in case.items() if key != "files"}, "family": name}
            flag = start.case["flag"]
            if files and not case["value"]:
                yield {"entry": entry, "base": None, "flag": flag, "values": slots, "files": files, "case": told}
                continue
            for slot, value in slots.items():
                kind = slot.partition(" ")[0]
                if kind in _CHOSEN or (name in {"paths", "options"} and kind == "place"):
                    continue
                if (case.get("request") and kind in _TRUSTED) or "{O}" in case["value"] or "json" in case:
                    continue
                free = [other for other in slots if other.partition(" ")[0] not in (*_CHOSEN, *_TRUSTED)]
                others = {**slots, **{other: case["others"] for other in free}} if "others" in case else slots
                if "others" in case and len(free) < 2:
                    continue
                if kind in _TRUSTED and value == f"{APP}/files" and len(slots) > 1 and name in {"paths", "options"}:
                    continue  # the caller chooses this folder
                given = {**others, slot: case["value"].replace("{W}", value)}
                told = {**told, "slot": slot}
                yield {"entry": entry, "base": None, "flag": flag, "values": given, "files": files, "case": told}


def _folded(values: Mapping[str, str]) -> dict[str, str]:
    """Return values with line breaks spelled in characters that an encoding of one byte makes into them."""
    return {slot: value.replace("\r", "\u010d").replace("\n", "\u010a") for slot, value in values.items()}


def encoded(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return files as a plan holds them, in base64."""
    return {path: base64.b64encode(data).decode() for path, data in files.items()}
