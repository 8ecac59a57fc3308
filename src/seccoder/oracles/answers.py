"""Calls candidates for one task with the same ordinary values, and says how far their answers agree.

Which of several candidates does its job cannot be known without tests, but most of those that do it answer alike, and
those that fail do so in different ways (majority voting over executions: Shi et al., EMNLP 2022; Chen et al., CodeT,
2022). Every entry point of a Python or JavaScript source is called in the sandbox with a few benign values, which are
the same for all candidates. What it returned and printed is its answer; where it raised, there is none.

Where the query begins a function or names one, the calls are made out of its signature (`seccoder.code.calls`), so that
they are the same whatever a candidate's own code looks like. Otherwise the entry points that are found in a candidate
are called with benign values.

Agreement only chooses between candidates. It is no evidence of security and none of function: all of them may be wrong.
"""

import hashlib
import re
from collections.abc import Generator, Mapping, Sequence

from seccoder import sandbox
from seccoder.code import calls
from seccoder.code.parsing import syntax
from seccoder.oracles.examples import run_with
from seccoder.oracles.executed.attempts import Attempt, Tokens
from seccoder.oracles.executed.campaign import Batch, Campaign
from seccoder.types import Query, Source

Answers = Mapping[str, str]  # by call, a digest of what it answered

_CALLS = 6  # values that are tried for each entry point
# Every run of a check draws its own words; these must be the same for every candidate that is compared.
_TOKENS = Tokens("bcdabcd2", "inbcdbcdbcd3", "sebcdbcdbcd5", "qbcdbcd7", "qbcd", 54_321, 65_432)
RAISED = "raises"  # what `inside/ordinary.py` tells of a call that has no answer
_NOTHING = {b"", b"None", b"undefined", b"null"}


class _Trial(Campaign):
    """Calls every entry point with benign values, and attacks nothing."""

    def conduct(self) -> Generator[Batch, list[Attempt], None]:
        """Yield one batch."""
        chosen = [item for explorer in self.explorers for item in explorer.next(_CALLS)]
        made = yield [self._item(entry, values, {"label": "benign"}) for entry, values in chosen]
        self.run.attempts += made


def answers(source: Source, query: Query | None = None) -> Answers:
    """Return what a source answers to ordinary calls; empty where it gives no answer or cannot be called here.

    Args:
        source: The candidate.
        query: What it was written for, if that is known.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
    if query is not None and source.language == query.language and (made := calls.of(query)):
        if sandbox.unavailable():
            return {}
        told = run_with("ordinary", source, calls=[(each.name, each.arguments) for each in made])
        said = {f"{list(each.arguments)}": text for each, text in zip(made, told, strict=False) if text}
        if set(said.values()) <= {RAISED, "nothing"}:
            return {}
        return {call: text if text == RAISED else _digest(text) for call, text in said.items()}
    return _found(source)


def _found(source: Source) -> Answers:
    """Return what the entry points that are found in a source answer to benign values."""
    if source.language == "python":
        from seccoder.oracles.executed.python.check import examine

        if not syntax(source.text, "python")[0]:
            return {}
    elif source.language == "javascript":
        from seccoder.oracles.executed.javascript.check import examine
    else:
        return {}
    campaign, _ = examine(source.text, (), tokens=_TOKENS, make=_Trial)
    called = [attempt for attempt in campaign.run.attempts if attempt.n >= 0]
    # Where a task in words names no function, each candidate has its own name for the one that it is about.
    alone = len({attempt.entry for attempt in called}) == 1
    found = {}
    for attempt in called:
        if not attempt.error and not attempt.died and attempt.status < 400:
            said = (attempt.body.strip(), attempt.printed.strip())
            if said[0] not in _NOTHING or said[1]:
                found[f"{'' if alone else attempt.entry} {list(attempt.values)}"] = _digest(repr(said))
    return found


def _digest(said: str) -> str:
    plain = re.sub(r"0x[0-9a-f]+", "", said)  # an address is another one in each process
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:16]


def agreement(all_answers: Sequence[Answers]) -> list[float]:
    """Return for each candidate how far the others answer as it does: the larger, the more.

    Each different answer of a candidate counts once, with the share of the others that give it where the candidate
    does, averaged over these calls. Who answers always the same agrees with many by chance, and that says little.

    Raises nothing: a candidate without answers agrees with nobody, and so does a single one.
    """
    found = []
    for at, mine in enumerate(all_answers):
        others = [each for n, each in enumerate(all_answers) if n != at]
        shares: dict[str, list[float]] = {}
        for call, answer in mine.items():
            if answer != RAISED and others:
                alike = sum(each.get(call) == answer for each in others)
                shares.setdefault(answer, []).append(alike / len(others))
        found.append(sum(sum(each) / len(each) for each in shares.values()))
    return found
