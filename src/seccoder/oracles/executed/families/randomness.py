"""Decides CWE-330 and CWE-338: does what must be unguessable come from the predictable generator?

Observed: an attempt drew from `random` (`Math.random`, or a UUID of version 1) and drew nothing from the system's
generator; or it drew from the system's generator, and fewer than half a million values were possible (331). Exercised:
it drew from either; for 331, it drew enough for 64 bits. Code that draws from both is not decided. Only the target CWE
says that a value must be unguessable: without a target, nothing is tried.
"""

from seccoder.oracles.executed.attempts import Exploit, Judgement, Run, Tokens, Wanted, benign_of
from seccoder.oracles.executed.surface import Surface

NAME = "randomness"
_SOURCE = ("CWE-330", "CWE-338", "CWE-335", "CWE-340")
CWES = (*_SOURCE, "CWE-331")
HINT = r"(?!)"  # this matches nothing: the family is never asked without a target
_FEW, _ENOUGH = 19, 64  # in bits; between the two, nothing is decided


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want benign calls only."""
    return Wanted(benign=[tokens.word, "8", "16"], observe=("randomness",))


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at where random values were drawn."""
    judgement = Judgement()
    for attempt in benign_of(run):
        weak, strong = attempt.called("random"), attempt.called("system-random")
        if weak and not strong:
            name = weak[0].text("name")
            message = f"the value was drawn by {name if '.' in name else f'random.{name}'}"
            judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, weak[0].line, message))
        elif strong and not weak:
            judgement.reached.update(_SOURCE)
            known = [call.what["bits"] for call in strong if isinstance(call.what.get("bits"), int | float)]
            bits = float(sum(known))
            if bits >= _ENOUGH:
                judgement.reached.add("CWE-331")
            elif bits <= _FEW and len(known) == len(strong):
                message = f"the value was drawn from {round(2**bits):,} only"
                judgement.exploits.append(
                    Exploit(("CWE-331",), attempt.entry, attempt.payload, strong[0].line, message)
                )
    return judgement
