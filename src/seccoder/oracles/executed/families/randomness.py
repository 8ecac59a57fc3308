"""CWE-330 and CWE-338 in Python: does what should be unguessable come from the predictable generator?

Observed: an attempt drew from `random` (or `uuid.uuid1`) and nothing from the system's generator. Exercised: it drew
from either. Code that draws from both is not decided. That a value must be unguessable is taken from the target CWE:
without one, nothing is tried.
"""

from seccoder.oracles.executed.attempts import Exploit, Judgement, Run, Tokens, Wanted, benign_of
from seccoder.oracles.executed.surface import Surface

CWES = ("CWE-330", "CWE-338", "CWE-331", "CWE-335", "CWE-340")
HINT = r"(?!)"  # never without a target


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Benign calls only."""
    return Wanted(benign=[tokens.word, "8", "16"], observe=("randomness",))


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at where random values were drawn."""
    judgement = Judgement()
    for attempt in benign_of(run):
        weak, strong = attempt.called("random"), attempt.called("system-random")
        judgement.exercised = judgement.exercised or (bool(strong) and not weak)
        if weak and not strong:
            judgement.exercised = True
            message = f"the value was drawn by random.{weak[0].text('name')}"
            judgement.exploits.append(Exploit("CWE-330", attempt.entry, attempt.payload, weak[0].line, message))
    return judgement
