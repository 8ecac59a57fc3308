"""Decides CWE-329 and its like in Java and Go: does a cipher start from another value each time?

Observed: the initialisation vector or nonce of a cipher, which was none of the inputs, was the same when the same
values were given once more (329, for counters 323); or it was the same whatever was given, which is a broken use of
the cipher as well (327). Exercised: given the same values, it was another one. What a cipher is told apart from that is
judged by the family `hashing`.
"""

import base64
import contextlib

from seccoder.oracles.executed.attempts import Attempt, Exploit, Judgement, Run, Tokens, Wanted, attacks_of, benign_of
from seccoder.oracles.executed.surface import Surface

NAME = "ciphers"
_OWN = ("CWE-329", "CWE-323", "CWE-1204")
CWES = (*_OWN, "CWE-327")
HINT = r"Cipher|crypto/cipher"


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want benign calls only, and the same values once more."""
    benign = [tokens.word, f"{tokens.word}-{tokens.word}", tokens.word * 4, "0123456789abcdef"]
    return Wanted(benign=benign, attacks=[{"value": "{W}"}])


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Compare the values from which each cipher started."""
    judgement = Judgement()
    starts: dict[tuple[str, int | None], list[tuple[Attempt, str]]] = {}
    for attempt in [*benign_of(run), *attacks_of(run, NAME)]:
        if attempt.error:
            continue  # what cannot be deciphered has its vector from its input
        used = dict.fromkeys((call.line, call.text("iv")) for call in attempt.called("cipher") if call.text("iv"))
        for line, start in used:  # a text in parts uses one vector several times
            if not _given(start, attempt):
                starts.setdefault((attempt.entry, line), []).append((attempt, start))
    for (entry, line), found in starts.items():
        by_values: dict[tuple[str, ...], list[str]] = {}
        for attempt, start in found:
            by_values.setdefault(attempt.values, []).append(start)
        again = [each for each in by_values.values() if len(each) > 1]
        constant = len(by_values) > 1 and len({start for _, start in found}) == 1
        if constant or any(len(set(each)) < len(each) for each in again):
            cwes = ("CWE-329", "CWE-327", *_OWN[1:]) if constant else _OWN
            message = "the initialisation vector is the same each time"
            judgement.exploits.append(Exploit(cwes, entry, found[0][0].payload, line, message))
        elif again:
            judgement.reached.update(_OWN)
    return judgement


def _given(start: str, attempt: Attempt) -> bool:
    """Say whether the caller chose it: it is the beginning of one of the values, as it is or decoded."""
    values = [value.encode() for value in attempt.values]
    for value in list(values):
        for decode in (bytes.fromhex, base64.b64decode, base64.urlsafe_b64decode):
            with contextlib.suppress(ValueError):
                values.append(decode(value.decode()))
    data = [value[:length] for value in values for length in (8, 12, 16)]
    return any(start in (each.hex(), base64.b64encode(each).decode()) for each in data)
