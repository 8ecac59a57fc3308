"""Decides CWE-1333: can a text make matching a regular expression take time out of proportion?

Exploited: an attack that was derived from one of the source's expressions took a second of processor time or did not
come to an end, while an ordinary text of the same length was matched at once; or an ordinary text of at most 2,000
characters did. Exercised: the benign text was matched
against an expression. Times are those of the processor, not of the clock.
"""

from seccoder.oracles.executed.attempts import (
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
)
from seccoder.oracles.executed.families import regex_texts
from seccoder.oracles.executed.surface import Surface

NAME = "regexes"
CWES = ("CWE-1333", "CWE-730")
HINT = r"\bre\."
LONG = 0.8  # seconds of processor time
_SHORT = 2_000  # the most characters of a text that no expression needs a second for, if its time is in proportion


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want a control first, then the attacks, of which those that should grow exponentially come first."""
    found = regex_texts.expressions(surface.literals)
    attacks = [long for expression in found for long in regex_texts.long_matches(expression)]
    attacks.sort(key=lambda attack: attack[1])
    until = {"until": LONG + 0.2}
    controls = [{"value": "a" * length, "control": True, **until} for length in (40, 400, 2_000, 20_000)]
    controls.append({"value": "a1 " * 12 + "!", "control": True, **until})
    benign = [text for expression in found for text in regex_texts.matching_texts(expression)]
    attacks += [("(a+)+b", 1), ("(a|a)+$", 1)]  # for code that takes the expression from outside
    return Wanted(
        attacks=[*controls, *({"value": text, **until} for text, _ in attacks)],
        benign=[*benign, tokens.word, f"{tokens.word}@example.com"],
        observe=("expressions",),
    )


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the texts that were matched against expressions."""
    return [Use("match", call.line, call.text("text")) for call in attempt.called("regex")]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Compare the processor times of attacks and controls."""
    judgement = Judgement(set(CWES) if any(attempt.called("regex") for attempt in benign_of(run)) else set())
    tried = attacks_of(run, NAME)
    # Code that takes its time for any long text shows nothing of its expressions, unless the text is short.
    slow = {a.entry for a in tried if a.case.get("control") and _long(a) and (a.died or a.cpu > LONG / 4)}
    for attempt in tried:
        short = attempt.case.get("control") and not _long(attempt)
        if attempt.cpu > LONG and (short or (not attempt.case.get("control") and attempt.entry not in slow)):
            message = f"matching took {attempt.cpu:.1f} s"
            judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, attempt.line, message))
    return judgement


def _long(attempt: Attempt) -> bool:
    return len(str(attempt.case["value"])) > _SHORT
