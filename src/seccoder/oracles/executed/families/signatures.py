"""Decides CWE-347 in JavaScript: is a token believed although nobody signed it?

The benign value is a token with a sound signature: in the sandbox each signature is one by the run's own key, whatever
key the code has (see `inside/javascript/ciphers.js`). The attacks are tokens with other content, without a signature or
with a wrong one. Exploited: the content of such a token came back, was stored or was let through; or it was called
valid as the sound one was; or one key served for a signature and for a code, as the token wanted; or a token was issued
without a signature. Exercised: the sound token's content came back, or it alone was called valid.
"""

import base64
import hashlib
import hmac
import json

from seccoder.oracles.executed.attempts import Attempt, Exploit, Judgement, Run, Tokens, Wanted, attacks_of, benign_of
from seccoder.oracles.executed.surface import Surface

NAME = "signatures"
CWES = ("CWE-347", "CWE-345")
HINT = r"jsonwebtoken|\bjose\b|jwt|createVerify|\bverify\("
_FAR = 4_000_000_000  # seconds since 1970, when the tokens run out
_ALGORITHMS = ("HS256", "RS256", "ES256")


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want sound tokens, alone and as browsers send them, and forged ones."""
    values = [_signed(name, tokens.word, tokens) for name in _ALGORITHMS]
    forged = [f"{_content('none', tokens.mark)}."]
    forged += [f"{_content(name, tokens.mark)}.{_base64(tokens.mark.encode() * 4)}" for name in _ALGORITHMS]
    forged += [f"{_content('HS256', tokens.mark)}."]
    attacks: list[dict[str, object]] = [
        {"value": token, "sound": True} for token in values
    ]  # with one and the same key
    attacks += [{"value": value} for token in forged for value in (token, f"Bearer {token}")]
    benign = [value for token in values for value in (token, f"Bearer {token}")]
    return Wanted(benign=benign, attacks=attacks, observe=("signatures",))


def _signed(algorithm: str, word: str, tokens: Tokens) -> str:
    content = _content(algorithm, word)
    return f"{content}.{_base64(hmac.new(tokens.inside.encode(), content.encode(), hashlib.sha256).digest())}"


def _content(algorithm: str, word: str) -> str:
    claims = dict.fromkeys(("sub", "id", "name", "user", "userId", "username", "email", "role", "data"), word)
    parts = ({"alg": algorithm, "typ": "JWT", "kid": word}, {**claims, "iat": 1, "nbf": 1, "exp": _FAR})
    return ".".join(_base64(json.dumps(part, separators=(",", ":")).encode()) for part in parts)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at which content came through."""
    judgement = Judgement()
    valid = set()  # the entries that call the sound token valid, and say nothing more
    for attempt in benign_of(run):
        if _sound(attempt) and _says(attempt, tokens.word):
            judgement.reached.update(CWES)
        if _sound(attempt) and attempt.body.strip() == b"true":
            valid.add(attempt.entry)
    for attempt in attacks_of(run, NAME):
        if attempt.case.get("sound"):
            continue
        if _sound(attempt) and _says(attempt, tokens.mark):
            message = "the content of a token that nobody signed was believed"
        elif attempt.entry in valid and attempt.body.strip() == b"true":
            message = "a token that nobody signed was called valid"
        else:
            if attempt.entry in valid and attempt.body.strip() == b"false":
                judgement.reached.update(CWES)
            continue
        judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, attempt.line, message))
    _judge_confusion(run, tokens, judgement)
    _judge_issued(run, judgement)
    return judgement


def _judge_issued(run: Run, judgement: Judgement) -> None:
    """Judge the tokens that the code itself issued."""
    for attempt in benign_of(run):
        for call in attempt.called("signed"):
            if call.text("algorithm").lower() == "none":
                message = "a token was issued without a signature"
                judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, call.line, message))
            else:
                judgement.reached.update(CWES)


def _judge_confusion(run: Run, tokens: Tokens, judgement: Judgement) -> None:
    """Judge whether the token chooses if one key is a public one or a secret: then the public one signs, too."""
    used: dict[tuple[str, str], set[str]] = {}
    for attempt in attacks_of(run, NAME):
        if attempt.case.get("sound") and _sound(attempt) and _says(attempt, tokens.word):
            for call in attempt.called("mac", "checked"):
                key = call.text("key")
                kinds = used.setdefault((attempt.entry, key), set())
                kinds.add(call.kind)
                if len(kinds) > 1 and attempt.values.count(key) == 1:
                    message = "the token chooses how its key is used, so that whoever has the public key may sign"
                    judgement.exploits.append(Exploit(CWES, attempt.entry, attempt.payload, call.line, message))
    if any(len(kinds) > 1 for kinds in used.values()):
        judgement.reached.clear()  # two keys may have had the same value


def _sound(attempt: Attempt) -> bool:
    """Say whether the attempt got a token and the code did not refuse it."""
    return not attempt.error and attempt.status < 400 and any(value.count(".") > 1 for value in attempt.values)


def _says(attempt: Attempt, word: str) -> bool:
    """Say whether the content of a token came back or was stored, rather than the token itself."""
    stored = " ".join(text + " ".join(values) for text, values, *_ in attempt.sql)
    return word in attempt.said.decode(errors="replace") + stored
