"""Chooses benign values for an entry point, and learns from each attempt what the code under test waits for.

The first values are what each slot's name asks for. An attempt tells what its values were compared with, which keys
were read from them and how they were decoded (`inside/python/instrument.py`), so the next values satisfy that, and
slots are split where the code takes an argument apart. Then come the values that families of weaknesses and the
source's own words suggest.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from seccoder.oracles.executed.attempts import APP, Attempt, Tokens
from seccoder.oracles.executed.entries import Entry, kinds, usual

NEW = "new"  # in the name of a folder that is not there yet
LEFT_OUT = "\0"  # the value of a parameter that is not given
_MOST_SPLITS = 10
_LONG = 0.5  # seconds of processor time after which an attempt teaches nothing
_LEARNT = 40  # the most vectors that are learnt for one entry
_TAKEN_APART = {"json", "parameter", "item", "owner", "body", "argument"}  # slots whose value need not be a plain text
_LETTERS = {"isalpha", "isascii", "isidentifier", "isalnum"}
_DIGITS = {"isdigit", "isnumeric", "isdecimal", "number"}


class Explorer:
    """Chooses values for one entry point.

    Attributes:
        entry: The entry as it is known now; splitting a slot makes a new one.
    """

    def __init__(
        self,
        entry: Entry,
        tokens: Tokens,
        *,
        files: bool,
        suggested: Sequence[str],
        own: Sequence[str],
        known: Mapping[str, str],
    ) -> None:
        self.entry, self._tokens, self._files = entry, tokens, files
        self._known, self._suggested, self._own = known, suggested, own
        self._letters = "b" + "".join(chr(ord("a") + int(digit, 16) % 26) for digit in tokens.word[1:])
        self._seen: set[tuple[Any, ...]] = set()
        self._asked: set[tuple[Any, ...]] = set()
        self._learnt: deque[tuple[Entry, list[str]]] = deque()
        self._splits = self._learnt_in_all = 0
        self._planned = self._plan()

    def next(self, count: int) -> list[tuple[Entry, list[str]]]:
        """Return at most `count` entries with values that were not tried yet; only learnt ones if there are some."""
        found: list[tuple[Entry, list[str]]] = []
        learnt = bool(self._learnt)
        while len(found) < count:
            if self._learnt:
                chosen = self._learnt.popleft()
            elif (learnt and found) or (planned := next(self._planned, None)) is None:
                break
            else:
                chosen = planned
            key = (id(chosen[0]), *chosen[1])
            if key not in self._seen:
                self._seen.add(key)
                found.append(chosen)
        return found

    def _first(self) -> list[str]:
        return usual(self.entry, self._known, files=self._files)

    def _told_apart(self) -> list[str]:
        """Return the first values with another one in each slot, so that it can be seen where each arrives."""
        wanted, first = kinds(self.entry, files=self._files), self._first()
        told = []
        for index, (kind, value) in enumerate(zip(wanted, first, strict=True)):
            if kind in {"flag", "object", "xml"} or self._is_own_folder(index, kind):
                told.append(value)
            else:
                told.append(str(self._tokens.b + index) if kind == "number" else f"{self._tokens.word}x{index}")
        return told

    def _plan(self) -> Iterator[tuple[Entry, list[str]]]:
        entry = self.entry
        first = usual(entry, self._known, files=self._files)
        wanted = kinds(entry, files=self._files)
        yield entry, first
        texts = [i for i, kind in enumerate(wanted) if kind != "flag" and not self._is_own_folder(i, wanted[i])]
        if len(texts) > 1 or "number" in wanted:
            yield entry, self._told_apart()
        optional = set(entry.details.get("optional", ()))
        left_out = [i for i in texts if entry.slots[i][0] == "parameter" and entry.slots[i][1] in optional]
        if left_out:
            yield entry, [LEFT_OUT if i in left_out else value for i, value in enumerate(first)]
        for index, kind in enumerate(wanted):
            if kind == "flag":
                yield entry, [("" if value else "1") if i == index else value for i, value in enumerate(first)]
        for value in self._suggested if entry.slots else ():
            yield entry, [value if i in texts else kept for i, kept in enumerate(first)]
        if 1 < len(entry.slots) <= 4:
            for index in (i for i in texts if wanted[i] != "object"):
                for value in self._own:
                    yield entry, [value if i == index else kept for i, kept in enumerate(first)]

        for index in texts:
            if entry.slots[index][0] == "parameter" and not entry.notes[index] and "makers" in entry.details:
                number = self._known["number"]
                yield _with_number(entry, index), [number if i == index else kept for i, kept in enumerate(first)]

    def _is_own_folder(self, index: int, kind: str) -> bool:
        return kind == "folder" and self.entry.own_choice(index)

    # --- what an attempt teaches -------------------------------------------------------------------------------------

    def learn(self, entry: Entry, attempt: Attempt) -> None:
        """Note what the code asked of the values, and plan values that satisfy it."""
        if attempt.cpu > _LONG:
            return  # with values like these it would take as long again
        values = list(attempt.values)
        if attempt.error.startswith("FileExistsError"):
            self._name_new_folders(entry, values)
        for line, question, left, right in attempt.asked:
            key = (line, question, str(left), str(right))
            if key in self._asked or self._learnt_in_all >= _LEARNT:
                continue
            self._asked.add(key)
            for slot, value in enumerate(values):
                if entry.fixed(slot) or value in {"", LEFT_OUT}:
                    continue
                if (
                    self._is_still(entry, slot)
                    and values.count(value) == 1
                    and self._split(slot, value, question, left, right)
                ):
                    self._planned = self._plan()
                    for values in (self._first(), self._told_apart()):
                        self._plan_learnt(self.entry, values)
                    return
                for made in dict.fromkeys(self._satisfying(value, question, left, right)):
                    if made != value and len(made) < 400:
                        self._plan_learnt(entry, [made if i == slot else kept for i, kept in enumerate(values)])

    def _name_new_folders(self, entry: Entry, values: list[str]) -> None:
        """Plan the same values with folders that are not there yet; the attempt's number makes each a new one."""
        wanted = kinds(entry, files=self._files)
        new = f"{APP}/files/{self._tokens.word}{NEW}{{N}}"
        made = [new if self._is_own_folder(i, wanted[i]) else value for i, value in enumerate(values)]
        if made != values and NEW not in "".join(values):
            self._plan_learnt(entry, made)

    def _is_still(self, entry: Entry, slot: int) -> bool:
        """Say whether a slot is what it was when an attempt was made."""
        now = self.entry
        return slot < len(now.slots) and (now.slots[slot], now.paths[slot]) == (entry.slots[slot], entry.paths[slot])

    def _plan_learnt(self, entry: Entry, values: list[str]) -> None:
        self._learnt_in_all += 1
        self._learnt.append((entry, values))

    def _satisfying(self, value: str, question: str, left: Any, right: Any) -> Iterator[str]:  # noqa: C901 - one branch per question
        if question in {"==", "!=", "in", "not in"}:
            for mine, theirs in ((left, right), (right, left)):
                if isinstance(mine, str) and _part_of(mine, value):
                    for other in theirs if isinstance(theirs, list) else [theirs]:
                        if self._tokens.word not in str(other).casefold() and str(other) != mine:
                            yield value.replace(mine, str(other)) if mine and mine in value else str(other)
                if isinstance(mine, list) and isinstance(theirs, str) and theirs and value in map(str, mine):
                    yield theirs
        if question in {"==", "!=", "<", "<=", ">", ">="}:
            for mine, theirs in ((left, right), (right, left)):
                if isinstance(mine, int | float) and isinstance(theirs, int | float):
                    yield from self._numbers(value, mine, theirs)
        elif question in {"startswith", "endswith"} and isinstance(left, str) and _part_of(left, value) and left:
            for part in (right if isinstance(right, list) else [right])[:3]:
                if isinstance(part, str) and part and self._tokens.word not in part:
                    grown = part + left.lstrip("/") if question == "startswith" else left + part
                    if not getattr(left, question)(part):
                        yield value.replace(left, grown)
        elif question in _LETTERS | _DIGITS and isinstance(left, str) and left == value:
            yield self._letters if question in _LETTERS else str(self._tokens.a)
        elif question in {"isupper", "islower"} and left == value:
            yield value.upper() if question == "isupper" else value.lower()

    def _numbers(self, value: str, mine: float, theirs: float) -> Iterator[str]:
        """Yield values whose length, or whose number, is on either side of a bound."""
        if mine == len(value) and 0 < theirs <= 300:
            for length in {int(theirs), int(theirs) - 1, int(theirs) + 1} - {0, len(value)}:
                yield (value + self._letters * 40)[:length]
        if re.fullmatch(r"-?\d{1,9}", value) and float(value) == mine and abs(theirs) < 1 << 31:
            yield from (str(int(theirs) + step) for step in (0, 1, -1))

    def _split(self, slot: int, value: str, question: str, left: Any, right: Any) -> bool:
        """Split a slot whose value the code takes apart. Return whether it did."""
        entry = self.entry
        if self._splits >= _MOST_SPLITS or entry.slots[slot][0] not in _TAKEN_APART | {
            "query",
            "form",
            "cookie",
            "header",
        }:
            return False
        structured = entry.slots[slot][0] in _TAKEN_APART or any(
            step[0] in {"json", "base64"} for step in entry.paths[slot]
        )
        path = entry.paths[slot]
        if question == "codec" and left == value and [right] not in path[-1:]:
            return self._replace(slot, [*path, [str(right)]])
        if question in {"mapping", "attribute"} and structured and (left == value or left == [value]):
            step = ["attribute" if question == "attribute" else "key", str(right) or self._tokens.word]
            more = [["list"]] if isinstance(left, list) else []
            return self._replace(slot, [*path, *more, step])
        if question == "key" and isinstance(left, list) and value in left and path and path[-1][0] == "key":
            if not any(p[:-1] == path[:-1] and p[-1] == ["key", str(right)] for p in entry.paths if p):
                return self._add(slot, [*path[:-1], ["key", str(right)]])
        return False

    def _replace(self, slot: int, path: list[list[str]]) -> bool:
        self._splits += 1
        paths = [path if i == slot else kept for i, kept in enumerate(self.entry.paths)]
        self.entry = replace(self.entry, paths=paths)
        return True

    def _add(self, slot: int, path: list[list[str]]) -> bool:
        self._splits += 1
        entry = self.entry
        self.entry = replace(
            entry, slots=[*entry.slots, entry.slots[slot]], notes=[*entry.notes, ""], paths=[*entry.paths, path]
        )
        return True


def _with_number(entry: Entry, slot: int) -> Entry:
    """Return a Python function's entry in which a parameter without an annotation takes a number."""
    name = entry.slots[slot][1]
    given = [[each, "int" if each == name else note, word] for each, note, word in entry.details["parameters"]]
    notes = ["int" if i == slot else note for i, note in enumerate(entry.notes)]
    return replace(entry, notes=notes, details={**entry.details, "parameters": given})


def _part_of(part: str, value: str) -> bool:
    """Say whether a text that the code looked at comes from a value, maybe in another case."""
    if not part:
        return False
    folded = part.casefold()
    return folded == value.casefold() or (len(part) > 2 and folded in value.casefold())
