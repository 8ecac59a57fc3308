"""Decides CWE-1333: can a text make matching a regular expression take time out of proportion?

Exploited: a text took a second of processor time or did not come to an end, while another text of its length was
matched at once. The attacks are derived from the source's expressions; the ordinary texts to which they are compared
count as attacks too, because some expressions explode on a row of letters. Exercised: the benign text was matched
against an expression, and some ordinary text of each length cost nothing. Times are those of the processor, not of the
clock.
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
_ORDINARY = ("a1 " * 12 + "!", "a" * 40, "-" * 40)  # no expression explodes on all of them
_LONGER, _FEW = (80_000,), 6  # what takes a second in V8 if it grows by the square, and how many of these are made
_EXPRESSIONS = ("(.|.)+~~", "(a+)+b", "(a|a)+~")  # for code that takes the expression itself from outside
_SHORT = 1000  # characters: what takes a second for so few grows exponentially


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want a control first, then the attacks, of which those that should grow exponentially come first."""
    found = regex_texts.expressions(surface.literals)
    attacks = [long for expression in found for long in regex_texts.long_matches(expression)]
    attacks += [(text, 1) for text in _EXPRESSIONS]
    ordinary = [(text, True) for text in _ORDINARY] + [(text * 500, True) for text in _ORDINARY]
    longer = [text for expression in found for text, _ in regex_texts.long_matches(expression, _LONGER)][:_FEW]
    ordinary += [(text, False) for text in [*(text for text, _ in attacks), *longer]]
    ordinary.sort(key=lambda each: (len(each[0]) > _SHORT, not each[1]))  # short ones first, controls before attacks
    benign = [text for expression in found for text in regex_texts.matching_texts(expression)]
    return Wanted(
        attacks=[{"value": text, "until": LONG + 0.2, "control": control} for text, control in ordinary],
        benign=[*benign, tokens.word, f"{tokens.word}@example.com"],
        observe=("expressions",),
        long=True,
    )


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the texts that were matched against expressions."""
    return [Use("match", call.line, call.text("text")) for call in attempt.called("regex")]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Compare the processor times of attacks and controls."""
    judgement = Judgement()
    tried = attacks_of(run, NAME)
    at_once = {  # where an ordinary text cost nothing, and whether that was a short one
        (attempt.entry, _short(attempt))
        for attempt in tried
        if attempt.case.get("control") and not attempt.died and attempt.cpu < LONG / 4
    }
    for attempt in tried:
        # what is slow for another reason, such as joining many pieces, is none of an expression's
        if min(attempt.cpu, 2 * attempt.matched) > LONG and (attempt.entry, _short(attempt)) in at_once:
            message = "matching took far longer than for other texts of this length"
            judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, attempt.line, message))
    for attempt in benign_of(run):
        if attempt.called("regex") and {(attempt.entry, True), (attempt.entry, False)} <= at_once:
            judgement.reached.update(CWES)
    return judgement


def _short(attempt: Attempt) -> bool:
    return len(str(attempt.case["value"])) <= _SHORT
