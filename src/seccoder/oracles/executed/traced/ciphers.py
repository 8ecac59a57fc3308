"""Decides CWE-329 and its like in Java and Go: does a cipher start from another value each time?

Observed: over several calls, with different inputs, the initialisation vector or nonce of a cipher was the same and was
none of the inputs. It is a weakness of its own (329, for counters 323), and a broken use of the cipher (327).
Exercised: it was another one each time. What a cipher is told apart from that is judged by the family `hashing`.
"""

from seccoder.oracles.executed.attempts import Attempt, Exploit, Judgement, Run, Tokens, Wanted, benign_of
from seccoder.oracles.executed.surface import Surface

NAME = "ciphers"
_OWN = ("CWE-329", "CWE-323", "CWE-1204")
CWES = (*_OWN, "CWE-327")
HINT = r"Cipher|crypto/cipher"


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want benign calls only."""
    return Wanted(benign=[tokens.word, f"{tokens.word}-{tokens.word}", tokens.word * 4, "0123456789abcdef"])


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Compare the values from which each cipher started."""
    judgement = Judgement()
    starts: dict[tuple[str, int | None], list[tuple[Attempt, str]]] = {}
    for attempt in benign_of(run):
        for call in attempt.called("cipher"):
            if call.text("iv"):
                starts.setdefault((attempt.entry, call.line), []).append((attempt, call.text("iv")))
    for (entry, line), found in starts.items():
        different = {attempt.values for attempt, _ in found}
        values = {value for _, value in found}
        if len(values) > 1:
            judgement.reached.update(_OWN)
        elif len(different) > 1:
            cwes = ("CWE-329", "CWE-327", *_OWN[1:])
            message = "the initialisation vector is the same each time"
            judgement.exploits.append(Exploit(cwes, entry, found[0][0].payload, line, message))
    return judgement
