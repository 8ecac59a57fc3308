"""Pairs the functions that differ between two versions of a file, each with what it is to be shown with.

A pair has the function before, the function after, and the name (`source_file` says how a function comes). With it come
the functions that it calls only afterwards, and the new functions and classes of its file that it names only
afterwards: a validator that is given to a route, a decorator, a restricted loader. Functions that stand twice (under
`#ifdef`) are paired in their order. Where only a file-level definition, a field or the place that a name is imported
from changed, the shortest function that uses it is the pair. File-level statements count as one function.

It does not find functions that were renamed, moved between classes, added or removed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seccoder.expansion.sources.source_file import COMMON, WORD, File, Function, Unit

_MAX_HELPER = 80  # lines of a function that another one is shown with
_MAX_HELPERS = 4  # functions and classes that one is shown with
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
    pairs += _users(old, new, [*redefined, *_from_elsewhere(old, new)], {other.name for _, other in pairs})
    around = _Around(new, _names(new) - _names(old), beside)
    found = []
    for one, other in pairs:
        fields = [name for name in redefined if _uses(other, name)]
        was, now = (
            "\n".join([unit.text, *(file.defined[name] for name in fields)])
            for file, unit in ((old, one), (new, other))
        )
        helpers = _helpers(was, now, around, other.name)
        found.append(Changed(old.function(one, fields=fields), new.function(other, helpers, fields)))
    shown = {name for pair in found for name in WORD.findall(pair.after.whole)}
    for name in redefined:
        if name.rpartition(".")[2] not in shown:
            helpers = _helpers(old.defined[name], new.defined[name], around)
            found.append(Changed(old.definition(name), new.definition(name, helpers)))
    before_it, after_it = ("\n".join(file.statements) for file in (old, new))
    if before_it and after_it and before_it.split() != after_it.split():
        helpers = _helpers(before_it, after_it, around)
        found.append(Changed(old.module(), new.module(helpers)))
    was_head, heads = _heads(old), _heads(new)
    for name, head in heads.items():
        helpers = _helpers(was_head.get(name, head), head, around, name)
        if helpers and was_head.get(name, head) != head:
            found.append(Changed(old.class_head(name, was_head[name]), new.class_head(name, head, helpers)))
    return found


def _heads(file: File) -> dict[str, str]:
    """Return the heads of the Python classes of a file that have bases: one may be new and be the fix."""
    return {unit.name: match[0] for unit in file.types if (match := _CLASS_HEAD.match(unit.text))}


_CLASS_HEAD = re.compile(r"class\s+\w+\s*\([^)]*\)\s*:")


def _names(file: File) -> set[str]:
    return {unit.name.rpartition(".")[2] for unit in (*file.units, *file.types)}


class _Around:
    """Where the functions are looked for that a new version calls: its file, and the files that changed beside it.

    Args:
        file: The file after the change.
        added: The names of what is new in it.
        beside: Other files after the same change; one is parsed once it seems to define what is looked for.
    """

    def __init__(self, file: File, added: set[str], beside: Sequence[str]) -> None:
        self.added = added
        self._file = file
        self._beside = beside
        self._parsed: dict[str, File] = {}

    def units(self, names: set[str]) -> Iterator[Unit]:
        """Yield the functions of these names, and the classes, of which only new ones say anything."""
        for file in (self._file, *self._defining(names)):
            yield from (unit for unit in file.units if unit.name.rpartition(".")[2] in names)
            new = self.added if file is self._file else {name for name in names if not _ERROR.search(name)}
            yield from (unit for unit in file.types if unit.name in names & new)

    def _defining(self, names: set[str]) -> Iterator[File]:
        for text in self._beside:
            if any(name in text and _define(name, [text]) for name in names - COMMON):
                if text not in self._parsed:
                    self._parsed[text] = File(text, self._file.language)
                yield self._parsed[text]


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


def _from_elsewhere(old: File, new: File) -> list[str]:
    """Return the names that both files import, the new one from another place."""
    return sorted(name for name, line in new.imported.items() if old.imported.get(name, line) != line)


def _helpers(before: str, after: str, around: _Around, own: str = "") -> list[Unit]:
    """Return what the new version of some code calls and the old one does not, and what that calls.

    What is new in the file counts also if it is named and not called.

    Args:
        before: The old version.
        after: The new one.
        around: Where it is looked for.
        own: The name of the function whose versions these are.
    """
    found: list[Unit] = []
    known = set(WORD.findall(before)) | {own.rpartition(".")[2]}
    waiting = [after]
    while waiting and len(found) < _MAX_HELPERS:
        text = waiting.pop()
        names = (set(_CALLED.findall(text)) | (set(WORD.findall(text)) & around.added)) - known
        known |= names
        for unit in around.units(names) if names else ():
            last = unit.name.rpartition(".")[2]
            if (
                unit.lines <= _MAX_HELPER
                and last not in {each.name.rpartition(".")[2] for each in found}
                and not any(unit.bare in each.bare for each in found)
            ):
                found.append(unit)
                waiting.append(unit.text)
    return found[::-1]


_ERROR = re.compile(r"(?:Error|Exception|Warning)$")  # what code raises needs no body to be understood
_CALLED = re.compile(r"(?<![\w.])(?<!def )(?<!function )(?:self\.|this\.|cls\.)?([A-Za-z_]\w*)(?=\s*\()")


def missing(before: str, after: str, files: Sequence[str], files_before: Sequence[str]) -> set[str]:
    """Return the names that only the new version calls, and that only files after the change define, but not it."""
    called = set(_CALLED.findall(after)) - set(WORD.findall(before))
    named = {name for name in called - COMMON if not re.search(_DEFINITION.format(name), after)}
    return {
        name for name in named if not _ERROR.search(name) and _define(name, files) and not _define(name, files_before)
    }


def _define(name: str, files: Sequence[str]) -> bool:
    return any(re.search(_DEFINITION.format(name), text) for text in files)


_DEFINITION = (
    r"(?m)^[ \t]*(?:(?:async |export |default )*(?:def|function|func|class)\*?\s+{0}\b"
    r"|(?:const|let|var)\s+{0}\s*=\s*(?:async\s*)?(?:function|\()"
    r"|[A-Za-z_][\w \t*&:<>]*[ \t*&]{0}\s*\([^;{{}}]*\)\s*\{{)"
)
