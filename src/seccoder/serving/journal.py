"""Keeps the last requests in memory: what came, what was added to each and why, and what the answer was.

The proxy opens an `Entry` for each request and fills it in as it learns more. Whoever shows requests (the line on a
terminal, `/metrics`, the page) reads `Journal.entries`, newest first, or `Journal.totals`. An entry holds the end of
the words and of the code that were searched with, so that a person can see why an example was chosen. Nothing of it
is written to a disk, and it is gone when the server stops.

All of it happens in the server's event loop, so there are no locks. Not guaranteed: that an entry is complete. `status`
is None until the answer began, and `milliseconds` of the answer are None until it ended.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from seccoder.types import Hit, Label

EXCERPT = 2_000  # characters of words and of code that an entry keeps


@dataclass(slots=True)
class Entry:
    """One request.

    Attributes:
        number: Counts the requests of this server, from 1.
        at: When it came, in seconds since 1970.
        method: Of HTTP.
        path: As it came, without its query.
        dialect: The API that it speaks, as `seccoder.serving.dialects` names it; "" for what is only passed on.
        client: The beginning of the header User-Agent.
        model: The model that it names.
        settings: Name of the table in `seccoder.toml` by which it was treated; "" if none is for it.
        mode: What was to be done: `augment`, `observe` (say what would be added) or `off`.
        streamed: Whether it asks for a stream.
        language: Canonical name of the language that was recognised.
        words: The end of the user's own words that were searched with.
        code: The end of the code that was searched with.
        hits: The examples that were put in, or with `observe` would have been; each has its score and demonstration.
        why_none: Why there are none, in one line; "" if there are some.
        tokens: How many tokens were added, by an estimate.
        milliseconds: What reading, deciding and rewriting took.
        status: Of the answer that the client got.
        first_byte: Milliseconds from the request until the answer began.
        whole: Milliseconds from the request until the answer ended.
        verdicts: What a check of the answer's code said, one line each, such as `python VULNERABLE CWE-89`.
        trouble: What went wrong on the way, in one line; "" if nothing did.
    """

    number: int
    at: float
    method: str
    path: str
    dialect: str = ""
    client: str = ""
    model: str = ""
    settings: str = ""
    mode: str = "augment"
    streamed: bool = False
    language: str | None = None
    words: str = ""
    code: str = ""
    hits: tuple[Hit, ...] = ()
    why_none: str = ""
    tokens: int = 0
    milliseconds: float = 0.0
    status: int | None = None
    first_byte: float | None = None
    whole: float | None = None
    verdicts: tuple[str, ...] = ()
    trouble: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return everything but the demonstrations' code, which is found by their ids."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name not in ("hits", "verdicts")}
        hits = [
            {"id": hit.demonstration.id, "score": hit.score, "rank": hit.rank, "cwes": list(hit.demonstration.cwes)}
            for hit in self.hits
        ]
        return {**plain, "hits": hits, "verdicts": list(self.verdicts)}


@dataclass(slots=True)
class Journal:
    """The last requests, and counts over all of them.

    Attributes:
        size: How many requests are kept.
        on_end: Called with each entry when its answer has ended.
        totals: Counts of everything that ended, by a name and one label, such as `("requests", "chat")`.
    """

    size: int = 200
    on_end: Callable[[Entry], None] | None = None
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)
    _entries: deque[Entry] = field(default_factory=deque)
    _count: int = 0

    def open(self, method: str, path: str) -> Entry:
        """Begin an entry for a request that came now."""
        self._count += 1
        entry = Entry(self._count, time.time(), method, path)
        self._entries.appendleft(entry)
        while len(self._entries) > self.size:
            self._entries.pop()
        return entry

    def end(self, entry: Entry) -> None:
        """Count an entry whose answer has ended, and tell who asked to be told."""
        dialect = entry.dialect or "other"
        self.totals["requests", dialect] += 1
        self.totals["examples", dialect] += bool(entry.hits) and entry.mode == "augment"
        self.totals["tokens", dialect] += entry.tokens if entry.mode == "augment" else 0
        self.totals["milliseconds", dialect] += round(entry.milliseconds)
        if entry.trouble:
            self.totals["troubles", dialect] += 1
        for line in entry.verdicts:
            label = line.split()[1]
            if label in set(Label):  # it may also say that there was nothing to check
                self.totals["verdicts", label] += 1
        if self.on_end is not None:
            self.on_end(entry)

    def entries(self) -> Sequence[Entry]:
        """Return the kept entries, newest first; those still running are among them."""
        return tuple(self._entries)
