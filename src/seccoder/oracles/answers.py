"""Calls candidates for one task with the same ordinary values, and says how far their answers agree.

Which of several candidates does its job cannot be known without tests, but most of those that do it answer alike, and
those that fail do so in different ways (majority voting over executions: Shi et al., EMNLP 2022; Chen et al., CodeT,
2022). Every entry point of a Python or JavaScript source is called in the sandbox with a few benign values, which are
the same for all candidates. What it returned and printed is its answer; where it raised, there is none.

Agreement only chooses between candidates. It is no evidence of security and none of function: all of them may be wrong.
"""

import hashlib
import re
from collections.abc import Generator, Mapping, Sequence

from seccoder.code.parsing import syntax
from seccoder.oracles.executed.attempts import Attempt, Tokens
from seccoder.oracles.executed.campaign import Batch, Campaign
from seccoder.types import Source

Answers = Mapping[str, str]  # by call, a digest of what it answered

_CALLS = 6  # values that are tried for each entry point
# Every run of a check draws its own words; these must be the same for every candidate that is compared.
_TOKENS = Tokens("bcdabcd2", "inbcdbcdbcd3", "sebcdbcdbcd5", "qbcdbcd7", "qbcd", 54_321, 65_432)
_NOTHING = {b"", b"None", b"undefined", b"null"}


class _Trial(Campaign):
    """Calls every entry point with benign values, and attacks nothing."""

    def conduct(self) -> Generator[Batch, list[Attempt], None]:
        """Yield one batch."""
        chosen = [item for explorer in self.explorers for item in explorer.next(_CALLS)]
        made = yield [self._item(entry, values, {"label": "benign"}) for entry, values in chosen]
        self.run.attempts += made


def answers(source: Source) -> Answers:
    """Return what a source answers to ordinary values; empty where it gives no answer or cannot be called here.

    Raises:
        SandboxError: If the sandbox cannot start.
    """
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
                plain = re.sub(rb"0x[0-9a-f]+", b"", repr(said).encode())  # an address is another one in each process
                call = f"{'' if alone else attempt.entry} {list(attempt.values)}"
                found[call] = hashlib.sha256(plain).hexdigest()[:16]
    return found


def agreement(all_answers: Sequence[Answers]) -> list[float]:
    """Return for each candidate the share of the others that answer as it does, over the calls that anybody answered.

    Raises nothing: a candidate without answers agrees with nobody, and so does a single one.
    """
    calls = sorted({call for each in all_answers for call in each})
    others = len(all_answers) - 1
    if not calls or not others:
        return [0.0] * len(all_answers)
    found = []
    for mine in all_answers:
        alike = sum(sum(each.get(call) == mine[call] for each in all_answers) - 1 for call in calls if call in mine)
        found.append(alike / (len(calls) * others))
    return found
