"""Pairs the functions that differ between two versions of a file, each with what it is to be shown with.

A pair has the function before, the function after, and the name (`source_file` says how a function comes). With it come
the functions of the same change that it calls only afterwards. Functions that stand twice (under `#ifdef`) are paired
in their order. Where only a file-level definition or a field changed, the shortest function that uses it is the pair.

It does not find functions that were renamed, moved between classes, added or removed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seccoder.expansion.sources.source_file import COMMON, WORD, File, Function, Unit

_MAX_HELPER = 60  # lines of a function that another one is shown with
_MAX_USER = 60  # lines of a function that is shown because it uses a definition


@dataclass(frozen=True, slots=True)
class Changed:
    """A function before and after a change."""

    before: Function
    after: Function


def changed(before: str, after: str, language: str, beside: Sequence[str] = ()) -> list[Changed]:
    """Return the functions that both texts have under one name, and that differ in themselves or in what they use.

    Args:
        before: The file before the change.
        after: The file after it.
        language: The canonical name of its language.
        beside: Other files of the same change, as they are after it, in which called functions are looked for.
    """
    old, new = File(before, language), File(after, language)
    redefined = _redefined(old, new)
    pairs = [(one, other) for one, other in _paired(old.units, new.units) if one.bare != other.bare]
    pairs += _users(old, new, redefined, {other.name for _, other in pairs})
    others = [new, *(File(text, language) for text in beside)] if pairs else []
    found = []
    for one, other in pairs:
        fields = [name for name in redefined if _uses(other, name)]
        helpers = _helpers(one, other, others) if one.bare != other.bare else []
        found.append(Changed(old.function(one, fields=fields), new.function(other, helpers, fields)))
    shown = {name for pair in found for name in WORD.findall(pair.after.whole)}
    hidden = [name for name in redefined if name.rpartition(".")[2] not in shown]
    found += [Changed(old.definition(name), new.definition(name)) for name in hidden]
    if old.statements and new.statements and "".join(old.statements).split() != "".join(new.statements).split():
        found.append(Changed(old.module(), new.module()))
    return found


def _paired(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Pair functions of one name in their order; where one side has more of a name, those that are equal go first."""
    before, after = _by_name(old), _by_name(new)
    for name, theirs in after.items():
        mine = before.get(name, [])
        if len(mine) != len(theirs):
            same = {unit.bare for unit in mine} & {unit.bare for unit in theirs}
            mine, theirs = ([unit for unit in side if unit.bare not in same] for side in (mine, theirs))
        if len(mine) == len(theirs):
            yield from zip(mine, theirs, strict=True)


def _by_name(units: Sequence[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        found[unit.name].append(unit)
    return found


def _users(old: File, new: File, redefined: Sequence[str], changed_already: set[str]) -> Iterator[tuple[Unit, Unit]]:
    """Yield, for each definition that changed, the shortest function that uses it, if none that changed does."""
    chosen: set[str] = set()
    for name in redefined:
        users = [pair for pair in _paired(old.units, new.units) if pair[1].lines <= _MAX_USER and _uses(pair[1], name)]
        if users and not any(pair[1].name in changed_already | chosen for pair in users):
            pair = min(users, key=lambda pair: pair[1].lines)
            chosen.add(pair[1].name)
            yield pair


def _uses(unit: Unit, name: str) -> bool:
    """Tell whether a function uses a file-level definition, or a field of its class."""
    place, _, last = name.rpartition(".")
    return unit.name.startswith(f"{place}." if place else "") and last in set(WORD.findall(unit.text))


def _redefined(old: File, new: File) -> list[str]:
    """Return the definitions, other than imports, that both files have under one name and that differ."""
    before, after = old.defined, new.defined
    return sorted(
        name
        for name, text in after.items()
        if name in before and "".join(before[name].split()) != "".join(text.split())
    )


def _helpers(before: Unit, after: Unit, files: Sequence[File]) -> list[Unit]:
    """Return the functions that the new version of a function calls and the old one does not, and those they call."""
    found: list[Unit] = []
    known = set(WORD.findall(before.text)) | {after.name.rpartition(".")[2]}
    waiting = [after]
    while waiting and len(found) < 4:
        names = set(_CALLED.findall(waiting.pop().text)) - known
        known |= names
        for unit in (unit for file in files[:6] for unit in file.units):
            last = unit.name.rpartition(".")[2]
            if (
                last in names
                and unit.lines <= _MAX_HELPER
                and last not in {each.name.rpartition(".")[2] for each in found}
            ):
                found.append(unit)
                waiting.append(unit)
    return found[::-1]


_CALLED = re.compile(r"(?<![\w.])(?:self\.|this\.|cls\.)?([A-Za-z_]\w*)(?=\s*\()")


def missing(before: str, after: str, files: Sequence[str], files_before: Sequence[str]) -> set[str]:
    """Return the names that only the new version calls, and that only files after the change define, but not it."""
    called = set(_CALLED.findall(after)) - set(WORD.findall(before))
    named = {name for name in called - COMMON if not re.search(_DEFINITION.format(name), after)}
    return {name for name in named if _define(name, files) and not _define(name, files_before)}


def _define(name: str, files: Sequence[str]) -> bool:
    return any(re.search(_DEFINITION.format(name), text) for text in files)


_DEFINITION = (
    r"(?m)^[ \t]*(?:(?:async |export |default )*(?:def|function|func)\*?\s+{0}\b"
    r"|(?:const|let|var)\s+{0}\s*=\s*(?:async\s*)?(?:function|\()"
    r"|[A-Za-z_][\w \t*&:<>]*[ \t*&]{0}\s*\([^;{{}}]*\)\s*\{{)"
)
