"""Decides CWE-1333: can a text make matching a regular expression take time out of proportion?

Exploited: an attack that was derived from one of the source's expressions took a second of processor time or did not
come to an end, while an ordinary text of the same length was matched at once. Exercised: the benign text was matched
against an expression. Times are those of the processor, not of the clock.
"""

from seccoder.oracles.executed.attempts import Exploit, Judgement, Run, Tokens, Wanted, attacks_of, benign_of
from seccoder.oracles.executed.families import regex_texts
from seccoder.oracles.executed.surface import Surface

NAME = "regexes"
CWES = ("CWE-1333", "CWE-730")
HINT = r"\bre\."
LONG = 0.8  # seconds of processor time


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want a control first, then the attacks, of which those that should grow exponentially come first."""
    found = regex_texts.expressions(surface.literals)
    attacks = [long for expression in found for long in regex_texts.long_matches(expression)]
    attacks.sort(key=lambda attack: attack[1])
    controls = [{"value": "a" * 20_000, "control": True}, {"value": "a1 " * 12 + "!", "control": True}]
    benign = [text for expression in found for text in regex_texts.matching_texts(expression)]
    return Wanted(
        attacks=[*controls, *({"value": text, "until": LONG + 0.2} for text, _ in attacks)],
        benign=[*benign, tokens.word, f"{tokens.word}@example.com"],
        observe=("expressions",),
    )


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Compare the processor times of attacks and controls."""
    judgement = Judgement(set(CWES) if any(attempt.called("regex") for attempt in benign_of(run)) else set())
    tried = attacks_of(run, NAME)
    slow = {
        attempt.entry for attempt in tried if attempt.case.get("control") and (attempt.died or attempt.cpu > LONG / 4)
    }
    for attempt in tried:
        if not attempt.case.get("control") and attempt.entry not in slow and attempt.cpu > LONG:
            message = f"matching took {attempt.cpu:.1f} s"
            judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, attempt.line, message))
    return judgement
