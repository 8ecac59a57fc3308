"""CWE-327, CWE-328, CWE-916, CWE-759 and CWE-326 in Python: which primitive is a value given to?

Observed, not attacked: the benign value was digested with MD5 or SHA-1 (unless the source says it is not for security),
or enciphered with DES, RC4, Blowfish or in ECB mode (327, 328); something named like a password was digested once by a
fast hash, or stretched by less than 10,000 rounds (916, 759). Exercised: the benign value went into some digest, cipher
or stretching function, or came back changed. Keys, nonces and paddings are not looked at.
"""

import re

from seccoder.oracles.executed.attempts import Attempt, Call, Exploit, Judgement, Run, Tokens, Wanted, benign_of
from seccoder.oracles.executed.surface import Surface

CWES = ("CWE-327", "CWE-328", "CWE-916", "CWE-759", "CWE-326", "CWE-760")
HINT = r"hashlib|cryptography|Crypto|bcrypt|argon2|passlib"
_BROKEN = {"md5", "sha1", "md4", "ripemd160"}
_CIPHERS = re.compile(r"\b(DES3?|TripleDES|ARC4|ARC2|RC4|Blowfish|CAST5?|IDEA|SEED|XOR)\b", re.I)
_STRONG = re.compile(r"\b(bcrypt|argon2|PasswordHasher|passlib|scrypt|pwdlib)\b", re.I)
_ENOUGH = 10_000


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Benign values only."""
    names = [name for function in surface.functions for name, _ in function.parameters]
    names += [key for function in surface.functions for _, key in function.keys] + [f.name for f in surface.functions]
    password = any(re.search(r"passw|pwd|credential|\bpin\b", name, re.I) for name in names)
    return Wanted(
        benign=[tokens.word, f"{tokens.word}-{tokens.word}", tokens.word * 4, "0123456789abcdef"],
        observe=("hashes",),
        attacks=[{"value": "{W}", "password": password}],
    )


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at what was called with the benign value."""
    judgement = Judgement()
    password = any(attempt.case.get("password") for attempt in run.attempts)
    for attempt in benign_of(run):
        values = [value for value in attempt.values if len(value) > 4]
        digests = [call for call in attempt.called("hash") if any(v in call.text("data") for v in values)]
        stretched = attempt.called("stretch")
        judgement.exercised = judgement.exercised or bool(digests or stretched or attempt.called("cipher"))
        judgement.exercised = judgement.exercised or any(_STRONG.search(c.text("name")) for c in attempt.called("call"))
        for cwe, call, message in _weak(attempt, digests, password):
            judgement.exercised = True
            judgement.exploits.append(Exploit(cwe, attempt.entry, attempt.payload, call.line, message))
    return judgement


def _weak(attempt: Attempt, digests: list[Call], password: bool) -> list[tuple[str, Call, str]]:
    found = []
    stretched = attempt.called("stretch")
    for call in digests:
        name = call.text("name")
        if name in _BROKEN and call.what.get("security"):
            found.append(("CWE-327", call, f"the input was digested with {name}"))
        if password and not stretched and len(attempt.called("hash")) < 100:
            found.append(("CWE-916", call, f"a password was digested with {name}, once"))
    for call in stretched:
        if call.what.get("name") != "scrypt" and int(call.what.get("rounds") or 0) < _ENOUGH:
            found.append(("CWE-916", call, f"a password was stretched by {call.what.get('rounds')} rounds only"))
    for call in attempt.called("cipher"):
        if _CIPHERS.fullmatch(call.text("name")) or call.text("mode") == "ECB":
            found.append(("CWE-327", call, f"enciphered with {call.text('name')} in mode {call.text('mode')}"))
    for call in attempt.called("call"):  # libraries that are not installed
        words = call.text("name") + " " + call.text("given")
        library = call.text("name").startswith(("Crypto", "pyDes", "cryptography"))
        if library and (_CIPHERS.search(words) or re.search(r"\b(MODE_)?ECB\b", words)):
            found.append(("CWE-327", call, f"enciphered by {call.text('name')}"))
    return found
