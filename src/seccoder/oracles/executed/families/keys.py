"""Decides CWE-326, CWE-329 and CWE-323 in JavaScript: is a key long enough, and a vector new each time?

These weaknesses are observed, not attacked. Observed, for 326: a key was made of less than 2048 bits (RSA, DSA,
Diffie-Hellman), 224 (elliptic curves) or 112 (others). Observed, for 329: two texts were enciphered with the same
initialisation vector or nonce, or with one of zeroes only. Exercised: a key of enough bits was made, or a cipher was
used with a known key length (326); two texts were enciphered with different vectors (329). How a key was derived is not
looked at.
"""

from seccoder.oracles.executed.attempts import Attempt, Call, Exploit, Judgement, Run, Tokens, Use, Wanted
from seccoder.oracles.executed.surface import Surface

NAME = "keys"
_VECTOR = ("CWE-329", "CWE-323", "CWE-327")
CWES = ("CWE-326", *_VECTOR)
HINT = r"crypto|forge"
_ENOUGH = {"rsa": 2048, "rsa-pss": 2048, "dsa": 2048, "dh": 2048, "ec": 224}  # in bits
_OTHER = 112
_CHAINED = {"CBC", "CTR", "GCM", "CCM", "OCB", "CFB", "OFB", "POLY1305"}  # the modes that want a vector


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want benign values, and the same once more, to see whether a vector comes back."""
    benign = [tokens.word, "2048", f"{tokens.word}-{tokens.word}", "0123456789abcdef"]
    return Wanted(benign=benign, attacks=[{"value": "{W}"}, {"value": "{W}"}])


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the keys that were made, and the ciphers that were used."""
    return [Use("key", call.line, f"{call.text('name')} {call.text('iv')}") for call in attempt.called("key", "cipher")]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at every key that was made and at every vector that was used."""
    judgement = Judgement()
    seen: dict[tuple[str, int | None], set[str]] = {}
    for attempt in run.attempts:
        for call in attempt.called("key"):
            bits, name = float(call.what.get("bits") or 0), call.text("name")
            if _chosen(attempt, bits):
                continue  # the caller chooses the size
            if bits < _ENOUGH.get(name, _OTHER):
                message = f"a key of {bits:.0f} bits was made for {name.upper()}"
                judgement.exploits.append(Exploit(("CWE-326",), attempt.entry, attempt.payload, call.line, message))
            else:
                judgement.reached.add("CWE-326")
        for call in attempt.called("cipher"):
            if int(call.what.get("bits") or 0) >= 128:
                judgement.reached.add("CWE-326")
            if call.text("direction") == "encrypt" and call.text("mode") in _CHAINED:
                _judge_vector(judgement, attempt, call, seen)
    return judgement


def _chosen(attempt: Attempt, bits: float) -> bool:
    return f"{bits:.0f}" in attempt.values


def _judge_vector(
    judgement: Judgement, attempt: Attempt, call: Call, seen: dict[tuple[str, int | None], set[str]]
) -> None:
    vector, place = call.text("iv"), (attempt.entry, call.line)
    if any(value.encode().hex() == vector or value == vector for value in attempt.values if value):
        return  # the caller chooses the vector
    known = seen.setdefault(place, set())
    if vector in known or not vector.strip("0"):
        message = "two texts were enciphered with the same initialisation vector"
        judgement.exploits.append(Exploit(_VECTOR, attempt.entry, attempt.payload, call.line, message))
    elif known:
        judgement.reached.update(_VECTOR[:-1])  # that no cipher is a broken one, `hashing` says
    known.add(vector)
