"""Defines the operations that a campaign attacks, and how it is told what an attempt did to them.

A family names the uses that an attempt made of its operations (`Use`). A value is recognised there if it came as it
was, in another case or backwards, and so is the mark of an attack.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from seccoder.oracles.executed.attempts import Attempt, Family, Run, Tokens, Use, carries
from seccoder.oracles.executed.entries import Entry

_MOST_AT_ONCE = 16  # attacks of one task between two looks at what they did


@dataclass(slots=True)
class Task:
    """Is one operation of one entry point that a family attacks.

    Attributes:
        family: The family.
        entry: The entry point, as it was when the operation was reached.
        values: The benign values that reached it.
        line: The line of the operation, or None where that is not known.
        slots: The slots whose values arrived there; all of them if none was recognised.
        recognised: Whether any was.
        fault: Whether it is reached only if the operation before it fails.
        whole: Whether it stands for the whole entry point, because no operation was seen.
        attacks: What is still to be tried: values, case and files of each attack.
        numbers: The attempts that attacked it.
        exploited: Whether one of them worked.
        arrived: Whether one of them came as far as the operation.
        refused_by_content: Whether ordinary values as long as an attack came that far.
        lets_long_in: Whether a limit of length says nothing about the attacks; otherwise it is a defence against them.
        only_observed: Whether the family does not attack, but only observes.
        texts: What the operation was given, in all attempts.
        constant: Whether that is the source's own text whatever comes in, as far as it was seen.
        at_once: How many attacks are made before the next look at what they did: twice as many each time.
        most_at_once: The most of them.
    """

    family: Family
    entry: Entry
    values: list[str]
    line: int | None
    slots: list[int]
    recognised: bool = True
    whole: bool = False
    fault: bool = False
    attacks: Iterator[tuple[list[str], Mapping[str, Any], dict[str, str]]] = field(default_factory=lambda: iter(()))
    numbers: list[int] = field(default_factory=list)
    exploited: bool = False
    arrived: bool = False
    refused_by_content: bool = False

    only_observed: bool = False
    lets_long_in: bool = True
    texts: set[str] = field(default_factory=set)
    constant: bool = False
    at_once: int = 1
    most_at_once: int = _MOST_AT_ONCE

    def __post_init__(self) -> None:
        self.recognised = self.recognised and bool(self.slots)

    @property
    def attacked(self) -> bool:
        """Whether an attack arrived, or was refused where an ordinary value of its length passed.

        Where no value was recognised, it is enough that the attacks were made: nothing of the input arrives as it came.
        """
        refused = self.refused_by_content or (bool(self.numbers) and not self.lets_long_in)
        return self.arrived or refused or self.only_observed or not self.recognised


def uses(family: Family, attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the uses that an attempt made of a family's operations.

    A family that does not say so itself is asked whether the attempt, had it been the only one, would have reached one.
    """
    own = getattr(family, "uses", None)
    if own is not None:
        return list(own(attempt, tokens))
    alone = Run([attempt], finished=True)
    return [Use(family.NAME, attempt.line, everything(attempt))] if family.judge(alone, tokens).reached else []


def everything(attempt: Attempt) -> str:
    """Return all that was observed of an attempt, as one text."""
    parts = [attempt.said.decode(errors="replace"), json.dumps(dict(attempt.headers), default=str)]
    parts += [event.arguments for event in attempt.events]
    parts += [f"{text} {given}" for text, given, *_ in attempt.sql]
    parts += [json.dumps(call.what, default=str, ensure_ascii=False) for call in attempt.calls]
    parts += [*attempt.changed, *attempt.removed]
    return " ".join(parts)


def arriving(entry: Entry, attempt: Attempt, use: Use, tokens: Tokens) -> list[int]:
    """Return the slots whose values, or the random words in them, were recognised in a use."""
    folded = use.text.casefold()
    found = []
    for slot, value in enumerate(attempt.values):
        inner = [token for token in (tokens.word, tokens.inside) if token in value and len(value) > len(token) + 3]
        if not entry.fixed(slot) and any(known(part) and carries(folded, part) for part in (value, *inner)):
            found.append(slot)
    return found


def alike(task: Task) -> bool:
    """Say whether slots of a task had the same value, so that it is not known which of them arrived."""
    return len({task.values[slot] for slot in task.slots}) < len(task.slots)


def recognised(attempt: Attempt, use: Use, tokens: Tokens) -> bool:
    """Say whether a use was given one of the attempt's values, or the random word in one."""
    folded = use.text.casefold()
    return any(known(value) and carries(folded, value) for value in attempt.values) or any(
        token in folded and any(token in value for value in attempt.values) for token in (tokens.word, tokens.inside)
    )


def known(value: str) -> bool:
    """Say whether a value is long enough to be told from what was there anyway."""
    return len(value) > 2


def placed(
    attack: Mapping[str, Any], family: str, entry: Entry, values: list[str], slot: int, slot_kinds: list[str]
) -> Iterator[list[str]]:
    """Yield the values with an attack in a slot, or nothing where it does not belong."""
    made = entry.slots[slot]
    if attack.get("request") and made[0] in {"parameter", "owner", "session"}:
        return  # the caller, or the server itself, chooses this folder
    if family == "paths" and made[0] == "session":
        return
    attacked = list(values)
    if "others" in attack:
        if len(values) < 2:
            return
        attacked = [
            attack["others"] if kind not in {"object", "flag"} else value
            for value, kind in zip(values, slot_kinds, strict=True)
        ]
    if entry.own_choice(slot) and slot_kinds[slot] == "folder" and len(values) > 1 and family in {"paths", "options"}:
        return  # the caller chooses this folder
    if entry.own_choice(slot) and slot_kinds[slot] == "host" and family == "logs":
        return  # the program itself says where somebody comes from
    if "{O}" in attack["value"]:  # {O} stands for what the session holds
        held = [value for value, other in zip(values, entry.slots, strict=True) if other[0] == "session"]
        for other in dict.fromkeys(held):
            tried = [*attacked]
            tried[slot] = attack["value"].replace("{O}", other.strip("/").rpartition("/")[2])
            yield tried
        return
    attacked[slot] = attack["value"].replace("{W}", values[slot])
    yield attacked
