"""Conducts the attempts on one source: trace first, then attack only what was reached.

Every entry point is called with benign values, and each attempt tells which sensitive operations it reached, and with
which of its values. Then those operations are attacked through those values, the likeliest attack first, until one
works. A family whose operation nobody reached costs nothing. What cannot be tried before the time is over is named.
"""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from seccoder.oracles.executed.attempts import (
    Attempt,
    Exploit,
    Family,
    Run,
    Tokens,
    Wanted,
    carries,
    encoded,
)
from seccoder.oracles.executed.entries import Entry, kinds, words
from seccoder.oracles.executed.explore import NEW, Explorer
from seccoder.oracles.executed.surface import Surface
from seccoder.oracles.executed.tasks import Task, alike, arriving, everything, known, placed, recognised, uses

_MOST_TRACES = 40  # the most benign attempts for one entry point
_MOST_ATTACKS = 700  # the most attacks for one source
_TOLD_APART = ("markup", "commands", "sql", "redirects")  # what these are given can be compared with the source
_DOCUMENTS = ("deserialise", "xml_entities")  # what reads a document is itself the operation
Batch = list[dict[str, Any]]  # attempts for the box


@dataclass(slots=True)
class Campaign:
    """Conducts the attempts on one source; `conduct` is the dialogue with the box.

    Attributes:
        source: The source's text.
        aimed: Whether one weakness was asked for, so that its operation is attacked even where no value was recognised.
        tasks: Every operation that was reached, once for each entry point.
        run: What was observed.
        traced: Every benign attempt, with the entry as it was.
        left: The labels of entry points and families for which time or the limit did not suffice.
    """

    families: Sequence[Family]
    wanted: Mapping[str, Wanted]
    tokens: Tokens
    explorers: list[Explorer]
    files: bool
    sites: Mapping[str, set[int]]  # the lines of the operations that the text shows, by family
    statement: Mapping[int, int]  # the first line of the statement that each line belongs to
    source: str = ""
    aimed: bool = False
    run: Run = field(default_factory=Run)
    tasks: list[Task] = field(default_factory=list)
    traced: list[tuple[Entry, Attempt]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    _files: dict[str, str] = field(init=False)
    _number: int = 0

    def __post_init__(self) -> None:
        files = {path: data for want in self.wanted.values() for path, data in want.benign_files.items()}
        self._files = encoded(files)  # once: every benign attempt has them

    def conduct(self) -> Generator[Batch, list[Attempt], None]:
        """Yield batches of attempts, and take what was observed of each. A batch that comes back short ends it."""
        self.run.aimed = self.aimed
        self.run.facts = {name: value for want in self.wanted.values() for name, value in want.facts.items()}
        yield from self._trace()
        yield from self._fail()
        self._plan()
        self._judge()
        yield from self._attack()
        yield from self._control()
        self._note_constants()

    # --- trace -------------------------------------------------------------------------------------------------------

    def _trace(self) -> Generator[Batch, list[Attempt], None]:
        spent = dict.fromkeys(range(len(self.explorers)), 0)
        open_ = list(spent)
        rounds = 0
        while open_:
            chosen = []
            for position in open_:
                for entry, values in self.explorers[position].next(min(2 << rounds, 16)):
                    chosen.append((position, entry, values))
                    spent[position] += 1
            if not chosen:
                return
            made = yield [self._item(entry, values, {"label": "benign"}) for _, entry, values in chosen]
            for (position, entry, _), attempt in zip(chosen, made, strict=False):
                self.run.attempts.append(attempt)
                self.traced.append((entry, attempt))
                self.explorers[position].learn(entry, attempt)
            if len(made) < len(chosen):
                self.left += [(self.explorers[p].entry.label, "") for p, *_ in chosen[len(made) :]]
                return
            rounds += 1
            open_ = [p for p in open_ if spent[p] < _MOST_TRACES and not self._satisfied(p)]

    def _fail(self) -> Generator[Batch, list[Attempt], None]:
        """Let the first operation of each entry point fail, if only that may reach operations that are left."""
        executed = {line for _, attempt in self.traced for line in attempt.lines}
        if all(line in executed for lines in self.sites.values() for line in lines):
            return
        furthest = self._furthest()
        chosen = [(entry, attempt) for _, entry, attempt in furthest.values()]
        made = yield [
            self._item(entry, attempt.values, {"label": "benign", "fault": True}) for entry, attempt in chosen
        ]
        for (entry, _), attempt in zip(chosen, made, strict=False):
            self.run.attempts.append(attempt)
            self.traced.append((entry, attempt))

    def _furthest(self) -> dict[str, tuple[int, Entry, Attempt]]:
        """Return for each entry point the benign attempt that got furthest, with the entry as it was."""
        found: dict[str, tuple[int, Entry, Attempt]] = {}
        for entry, attempt in self.traced:
            worth = self._progress(attempt)
            if entry.label not in found or worth > found[entry.label][0]:
                found[entry.label] = (worth, entry, attempt)
        return found

    def _satisfied(self, position: int) -> bool:
        """Say whether every operation that the text shows in an entry was reached, and its values recognised there."""
        entry = self.explorers[position].entry
        mine = [(e, a) for e, a in self.traced if e.label == entry.label]
        reached = {
            (family.NAME, self._first(use.line))
            for _, attempt in mine
            if not attempt.error and attempt.status < 400
            for family in self.families
            for use in uses(family, attempt, self.tokens)
            if recognised(attempt, use, self.tokens)
        }
        if not any(self.sites.get(family.NAME) for family in self.families):
            return not self.aimed and bool(self.statement)  # its text shows no operation at all
        every = {(family.NAME, line) for family in self.families for line in self.sites.get(family.NAME, ())}
        wanted = {(name, line) for name, line in every if entry.holds(line, self.statement)}
        if not wanted:  # it may call what has the operations
            alone = all(any(one.entry.holds(line, self.statement) for one in self.explorers) for _, line in every)
            return entry.kind == "route" and alone and any(not a.error and a.status < 400 for _, a in mine)
        executed = {line for _, attempt in mine for line in attempt.lines}
        # an answer's operation is known by its entry point, not by the line that makes the answer
        return all(
            ((name, line) in reached or (name, entry.line) in reached) and line in executed for name, line in wanted
        )

    def _item(
        self, entry: Entry, values: Sequence[str], case: Mapping[str, Any], files: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        number = str(self._number)
        self._number += 1
        return {
            "n": int(number),
            "entry": entry.to_json(),
            "values": [value.replace("{N}", number) for value in values],
            "case": dict(case),
            "files": self._files if files is None else dict(files),
        }

    # --- plan --------------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        """Make a task of each operation that a benign attempt reached, from the attempt that shows most of it."""
        best: dict[tuple[str, str, int | None], tuple[int, Task]] = {}
        for entry, attempt in self.traced:
            for family in self.families:
                for use in uses(family, attempt, self.tokens):
                    task = Task(
                        family,
                        entry,
                        self._again(attempt.values),
                        self._first(use.line),
                        arriving(entry, attempt, use, self.tokens),
                    )
                    fine = 2 * (not attempt.error and attempt.status < 400) + (not attempt.died)
                    told_apart = not alike(task) or all(task.values[slot].startswith("{") for slot in task.slots)
                    worth = 8 * task.recognised + 4 * told_apart + fine
                    key = (entry.label, family.NAME, task.line)
                    if worth > best.get(key, (-1, None))[0]:
                        task.fault = bool(attempt.case.get("fault"))
                        best[key] = (worth, task)
        self.tasks = [task for _, task in best.values() if task.recognised or self.aimed]
        if self.aimed:
            self.tasks += self._whole_entries()
        for task in self.tasks:
            task.slots = self._attackable(task) or [i for i in range(len(task.entry.slots)) if not task.entry.fixed(i)]
            task.attacks = self._attacks(task)
            if any("until" in attack for attack in self.wanted[task.family.NAME].attacks):
                task.most_at_once = 1  # each may take as long as all others together
            task.lets_long_in = not self.wanted[task.family.NAME].long
            task.only_observed = all(attack["value"] == "{W}" for attack in self.wanted[task.family.NAME].attacks)

    def _again(self, values: Sequence[str]) -> list[str]:
        """Return an attempt's values for other attempts; a folder that it made is another one each time."""
        made = f"{self.tokens.word}{NEW}"
        return [re.sub(rf"{made}\d+", f"{made}{{N}}", value) for value in values]

    def _whole_entries(self) -> Iterator[Task]:
        """Yield a task for each entry point of which no operation was seen: a target is tried in any case."""
        known = {(task.entry.label, task.family.NAME) for task in self.tasks}
        for label, (_, entry, attempt) in self._furthest().items():
            for family in self.families:
                if (label, family.NAME) not in known:
                    yield Task(family, entry, self._again(attempt.values), None, [], recognised=False, whole=True)

    def _attackable(self, task: Task) -> list[int]:
        """Return a task's slots without those by which a caller in the program chooses the folder."""
        if task.family.NAME not in {"paths", "options"}:
            return task.slots
        chosen = kinds(task.entry, files=self.files)
        others = [i for i in task.slots if not (task.entry.own_choice(i) and chosen[i] == "folder")]
        if not others and len(task.entry.slots) > 1:
            task.recognised = False
        return others

    def _progress(self, attempt: Attempt) -> int:
        """Return how far a benign attempt got. It only helps to choose where attacks start, and it never judges."""
        seen = everything(attempt)
        carried = sum(len(value) > 2 and value in seen for value in attempt.values)
        clean = not attempt.error and not attempt.died and attempt.status < 400
        return 8 * (self.tokens.inside in seen) + 4 * clean + carried + bool(attempt.events or attempt.sql)

    def _first(self, line: int | None) -> int | None:
        """Return the first line of the statement that a line belongs to."""
        return None if line is None else self.statement.get(line, line)

    def _attacks(self, task: Task) -> Iterator[tuple[list[str], Mapping[str, Any], dict[str, str]]]:
        """Yield the values, the case and the files of every attack of a task, the likeliest first."""
        entry, values, name = task.entry, task.values, task.family.NAME
        slot_kinds = kinds(entry, files=self.files)
        seen: set[tuple[str, ...]] = set()
        if name in _DOCUMENTS:
            entry, values = entry.with_whole_documents(values)
            if entry is not task.entry:
                task.entry, task.values, task.slots = entry, values, list(range(len(values)))
        for attack in self.wanted[name].attacks:
            case = {**{key: value for key, value in attack.items() if key != "files"}, "family": name}
            if task.fault:
                case["fault"] = True
            files = encoded(attack.get("files", {}))
            if files and not attack["value"]:  # the attack is in the files, whatever the call is
                yield list(values), case, files
                continue
            for slot in task.slots:
                for made in placed(attack, name, entry, values, slot, slot_kinds):
                    key = (*made, str(case.get("content_type")), *files)
                    if key not in seen or attack["value"] == "{W}":  # the same once more is meant so
                        seen.add(key)
                        yield made, case, files

    # --- attack ------------------------------------------------------------------------------------------------------

    def _attack(self) -> Generator[Batch, list[Attempt], None]:
        open_ = [task for task in self.tasks if not task.exploited]
        in_all = 0
        while open_ and in_all < _MOST_ATTACKS:
            chosen: list[tuple[Task, dict[str, Any]]] = []
            for task in list(open_):
                for _ in range(task.at_once):
                    if (planned := next(task.attacks, None)) is None:
                        open_.remove(task)
                        break
                    values, case, files = planned
                    chosen.append((task, self._item(task.entry, values, case, files)))
                task.at_once = min(2 * task.at_once, task.most_at_once)
            made = yield [item for _, item in chosen]
            in_all += len(made)
            for (task, item), attempt in zip(chosen, made, strict=False):
                task.numbers.append(item["n"])
                self.run.attempts.append(attempt)
                task.arrived = task.arrived or self._arrived(task, attempt)
            self._judge()
            open_ = [task for task in open_ if not task.exploited]
            if len(made) < len(chosen):
                break
        self.left += [(task.entry.label, task.family.NAME) for task in open_ if not task.exploited]

    def _judge(self) -> None:
        """Let every family that has tasks judge what was observed so far, and note which operations were exploited."""
        for family in {task.family.NAME: task.family for task in self.tasks if not task.exploited}.values():
            shown = [a for a in self.run.attempts if a.case.get("family", family.NAME) == family.NAME]
            judgement = family.judge(replace(self.run, attempts=shown), self.tokens)
            for task in self.tasks:
                if task.family.NAME == family.NAME and not task.exploited:
                    task.exploited = any(self._shows(exploit, task) for exploit in judgement.exploits)

    def _shows(self, exploit: Exploit, task: Task) -> bool:
        if exploit.entry != task.entry.label:
            return False
        line = self._first(exploit.line)
        return task.line is None or line is None or line == task.line or line == task.entry.line

    def _arrived(self, task: Task, attempt: Attempt) -> bool:
        """Say whether an attack came as far as the operation, with its mark."""
        for use in uses(task.family, attempt, self.tokens):
            line = self._first(use.line)
            if line == task.line:
                folded = use.text.casefold()
                tokens = (self.tokens.mark, self.tokens.tiny, str(self.tokens.a))
                if any(carries(folded, token) for token in tokens) or any(
                    known(v) and carries(folded, v) for v in attempt.values
                ):
                    return True
        return False

    def _note_constants(self) -> None:
        """Note which operations were given nothing but words of the source, whatever came in."""
        for task in self.tasks:
            if not task.recognised and task.line is not None and task.family.NAME in _TOLD_APART and task.numbers:
                for attempt in self.run.attempts:
                    if attempt.entry == task.entry.label and not attempt.died:
                        found = uses(task.family, attempt, self.tokens)
                        task.texts.update(use.text for use in found if self._first(use.line) == task.line)
                task.constant = bool(task.texts) and all(
                    word in self.source for text in task.texts for word in re.findall(r"\w+", text)
                )

    # --- control -----------------------------------------------------------------------------------------------------

    def _control(self) -> Generator[Batch, list[Attempt], None]:
        """Where every attack was refused, find out whether ordinary values of their length are refused as well."""
        for task in self.tasks:
            if task.attacked or task.exploited or not task.numbers or not task.recognised:
                continue
            chosen = [self._item(task.entry, values, {"label": "control"}) for values in self._ordinary(task)]
            if not chosen:
                continue
            made = yield chosen
            passed = [self._reaches(task, attempt) for attempt in made]
            if len(made) < len(chosen):
                return
            # it lets in what is as long as an attack, or chooses among a few and lets in nothing else of their length
            task.refused_by_content = any(passed[:-1]) or not passed[-1]

    def _ordinary(self, task: Task) -> list[list[str]]:
        """Return values with the lengths of attacks; the last is as long as the benign value, but random."""
        shortest = min((len(v) for v in self._tried(task)), default=0)
        slot = task.slots[0]
        value = task.values[slot]
        fill = "7" if value.isdigit() else "b"
        found = []
        for length in (shortest, shortest + 8):
            longer = value + fill * max(0, length - len(value))
            if self.tokens.word in value:
                longer = value.replace(self.tokens.word, self.tokens.word + fill * max(0, length - len(value)))
            found.append([longer if i == slot else kept for i, kept in enumerate(task.values)])
        random = "".join(
            "7" if c.isdigit() else self.tokens.mark[i % len(self.tokens.mark)] if c.isalnum() else c
            for i, c in enumerate(value)
        )
        found.append([random if i == slot else kept for i, kept in enumerate(task.values)])
        return found

    def _tried(self, task: Task) -> list[str]:
        by_number = {attempt.n: attempt for attempt in self.run.attempts}
        slot = task.slots[0]
        return [
            by_number[n].values[slot]
            for n in task.numbers
            if n in by_number and by_number[n].values[slot] != task.values[slot]
        ]

    def _reaches(self, task: Task, attempt: Attempt) -> bool:
        return any(
            (self._first(use.line)) == task.line and recognised(attempt, use, self.tokens)
            for use in uses(task.family, attempt, self.tokens)
        )


def explorer(
    entry: Entry,
    wanted: Mapping[str, Wanted],
    tokens: Tokens,
    surface: Surface,
    sites: Mapping[str, set[int]],
    statement: Mapping[int, int],
    *,
    files: bool,
) -> Explorer:
    """Return what chooses the benign values of an entry point.

    Where the text shows which families have an operation there, only what these suggest is tried.
    """
    if entry.line is not None and entry.end is not None and any(sites.values()) and len(wanted) > 3:
        here = {name for name, lines in sites.items() if any(entry.holds(line, statement) for line in lines)}
        chosen = [want for name, want in wanted.items() if name in here]
    else:
        chosen = list(wanted.values())
    suggested = list(dict.fromkeys(value for want in chosen for value in want.benign))
    return Explorer(
        entry,
        tokens,
        files=files,
        suggested=suggested,
        own=own_words(surface.literals),
        known=words(tokens, surface.literals),
    )


def own_words(literals: Sequence[str]) -> list[str]:
    """Return the literals that may be what a parameter must be: the keys of a table, the choices of an option."""
    return [text for text in literals if 1 < len(text) < 20 and text.replace("-", "_").isidentifier()][:14]
