"""Decides CWE-117 and CWE-532 in Python: can a value forge a line of a log, and is a secret written into one?

Exploited, for 117: the attack's line break arrived, so that a line of the log, as its own formatter writes it, begins
with the run's random mark. Exploited, for 532: the benign value of something that is named like a password or token
stands in a log. Exercised: the benign value was logged; for 532, a call that got such a secret logged anything. A log
is what goes through `logging` and `syslog`, the files that are written to, and, where there is neither, what is
printed.
"""

import re
from logging import DEBUG

from seccoder.oracles.executed.attempts import (
    Attempt,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    benign_of,
    judge_attempts,
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "logs"
CWES = ("CWE-117",)
HINT = r"\blog"
_DEBUGGING = ", for debugging only"
_SHAPES = (
    "{W}\n{M} admin logged in",
    "{W}\r\n{M} admin logged in",
    "{W}\r{M} admin logged in",
    "{W}%0a{M} admin",
    "{W}%0d%0a{M} x",
)


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want values with line breaks."""
    attacks = [{"value": shape.replace("{M}", tokens.mark)} for shape in _SHAPES]
    benign = [tokens.word, f"{tokens.word}@example.com", "7"]
    benign += [text for text in surface.literals if text.isidentifier()][:8]
    return Wanted(attacks=attacks, benign=benign, observe=("logs",), snapshots=True, watch=["/tmp", "/box/app"])  # noqa: S108


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return what went into logs."""
    return [Use("log", call.line, call.text("text")) for call in attempt.called("log")]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Read every text that was logged."""
    printed = not any(attempt.called("log") or attempt.changed for attempt in benign_of(run))
    made = run.aimed and printed and not any(attempt.printed for attempt in benign_of(run))

    def lines(attempt: Attempt) -> list[tuple[str, int | None]]:
        # a function that logs nothing hands back the line that others will log
        told = [(attempt.body.decode(errors="replace"), attempt.line)] if made and not attempt.type else []
        return [*log_lines(attempt, printed), *told]

    def reached(attempt: Attempt) -> bool:
        return any(mentions_value(attempt, text) for text, _ in lines(attempt))

    def exploited(attempt: Attempt) -> tuple[str, int | None] | None:
        broken = [(text, line) for text, line in lines(attempt) if re.search(rf"[\r\n]\s*{tokens.mark}", text)]
        kept = broken if run.aimed else [each for each in broken if each not in _for_debugging(attempt)]
        for _, line in [*kept, *broken]:
            return "the input began a line of its own in the log" + ("" if kept else _DEBUGGING), line
        return None

    judgement = judge_attempts(run, NAME, CWES, reached, exploited)
    judgement.open_to_caller = [exploit for exploit in judgement.exploits if exploit.message.endswith(_DEBUGGING)]
    judgement.exploits = [exploit for exploit in judgement.exploits if not exploit.message.endswith(_DEBUGGING)]
    return judgement


def _for_debugging(attempt: Attempt) -> list[tuple[str, int | None]]:
    """Return the lines that are off unless somebody looks for a fault; where the level is not known, there is none."""
    levels = [(call, call.what.get("level")) for call in attempt.called("log")]
    return [(call.text("text"), call.line) for call, level in levels if isinstance(level, int) and level <= DEBUG]


def log_lines(attempt: Attempt, printed: bool) -> list[tuple[str, int | None]]:
    """Return what went into logs, with the line of the source that wrote it."""
    found: list[tuple[str, int | None]] = [(call.text("text"), call.line) for call in attempt.called("log")]
    found += [(data.decode(errors="replace"), attempt.line) for data in attempt.changed.values()]
    if printed and attempt.printed:
        found.append((attempt.printed.decode(errors="replace"), attempt.line))
    return found
