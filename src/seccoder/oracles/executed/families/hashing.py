"""Decides CWE-327, CWE-328, CWE-916, CWE-759, CWE-760 and CWE-326: which primitive is a value given to?

These weaknesses are observed, not attacked. Observed, for 327 and 328: the benign value was digested with MD5 or SHA-1
(unless the source says that it is not for security, or it is a keyed code, an HMAC), or enciphered with DES, RC4,
Blowfish or in ECB mode. Observed, for 916: something that is named like a password was digested once by a fast hash, or
stretched by less than 10,000 rounds. Observed, for 759 and 760: its salt was empty (759), or was the same again (760).
Without a target, a digest is a password's only in a function that handles one, and any other counts only where a name
says that it is for a secret, a proof or the identity of contents, where no caller chooses it, and where it is not made
of bytes that are drawn anew each time.

Exercised: the benign value went into some digest, cipher or stretching function. For a password this must be a slow
one; for its salt, one whose salt is there (759) and differs from call to call (760). Keys (326), nonces and paddings
are not looked at: a weak key is never ruled out.
"""

import re

from seccoder.oracles.executed.attempts import (
    Attempt,
    Call,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "hashing"
_PRIMITIVE, _SALT = ("CWE-327", "CWE-328", "CWE-326"), ("CWE-759", "CWE-760")
CWES = (*_PRIMITIVE, "CWE-916", *_SALT)
_FAST = ("CWE-916", *_PRIMITIVE)  # for a password, a fast hash is a weak hash
HINT = r"hashlib|crypto|Crypto|bcrypt|argon2|passlib|md5|sha1"
PASSWORD = re.compile(r"passw|pwd|credential|\bpin\b", re.I)
_BROKEN = {"md5", "sha1", "md4", "ripemd160"}
_CIPHERS = re.compile(r"\b(DES3?|TripleDES|ARC4|ARC2|RC4|Blowfish|CAST5?|IDEA|SEED|XOR)\b", re.I)
_STRONG = re.compile(r"\b(bcrypt|argon2|PasswordHasher|passlib|scrypt|pwdlib)\b", re.I)
_SALTS_ITSELF = re.compile(r"gensalt|argon2|PasswordHasher|passlib|pwdlib")
_KEPT = re.compile(r"salt|stored|hash|record|nonce|digest|expected", re.I)
_PROTECTS = re.compile(
    r"secret|token|sign|auth|credential|session|verif|integrity|\bmac|login|user|licen[cs]e|otp|nonce|salt|e?mail|"
    r"content|attachment|upload|download|payload|document|fingerprint",
    re.I,
)
_CHOICE = re.compile(r"digest|algo|hash_?(name|func|method|type)|hasher", re.I)
_ENOUGH = 10_000
_ENOUGH_BITS = {"RSA": 2048, "DSA": 2048, "DH": 2048}  # the length of a key; 128 for what is not here


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want benign values only."""
    names = [name for function in surface.functions for name, _ in function.parameters]
    names += [key for function in surface.functions for _, key in function.keys] + [f.name for f in surface.functions]
    password = any(PASSWORD.search(name) for name in [*names, *surface.names])
    return Wanted(
        benign=[tokens.word, f"{tokens.word}-{tokens.word}", tokens.word * 4, "0123456789abcdef", "md5", "sha1"],
        observe=("hashes",),
        attacks=[{"value": "{W}"}],
        facts={"password": password, "handled": surface.passwords},
    )


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the digests and ciphers that were made, and the passwords that were stretched."""
    found = [Use("digest", call.line, call.text("data")) for call in attempt.called("hash", "mac")]
    found += [Use("digest", call.line, call.text("password")) for call in attempt.called("stretch")]
    return found + [Use("cipher", call.line, call.text("name")) for call in attempt.called("cipher")]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at what was called with the benign value."""
    judgement = Judgement()
    for attempt in benign_of(run):
        digests, stretched = _digests(attempt), attempt.called("stretch")
        strong = any(_STRONG.search(call.text("name")) for call in attempt.called("call"))
        if digests or stretched or strong or attempt.called("cipher") or _macs(attempt):
            judgement.reached.update(("CWE-327", "CWE-328"))
        judgement.reached.update(cwe for cwe in ("CWE-326",) if _long_keys(attempt))
        if stretched or strong:
            judgement.reached.add("CWE-916")
        if any(_SALTS_ITSELF.search(call.text("name")) for call in attempt.called("call")):
            judgement.reached.update(_SALT)
        for cwes, call, message in _weak(attempt, digests, run):
            judged = run.aimed or call.kind != "hash" or _for_password(run, attempt, call)
            open_ = "" if judged else _undecided(attempt) or _drawn_anew(run, attempt, call)
            exploit = Exploit(cwes, attempt.entry, attempt.payload, call.line, message + open_)
            (judgement.open_to_caller if open_ else judgement.exploits).append(exploit)
    _judge_salts(run, judgement)
    return judgement


def _for_password(run: Run, attempt: Attempt, call: Call) -> bool:
    """Say whether a digest is a password's: anywhere in a file with passwords if the weakness was asked for.

    Otherwise the function of the digest must handle one, or the entry point that came to it must name one.
    """
    if run.aimed:
        names = [name for other in run.attempts for name in other.slots]
        return bool(run.facts.get("password")) or any(map(PASSWORD.search, names))
    handled = run.facts.get("handled")
    if handled is not None and call.line is not None and any(first <= call.line <= last for first, last in handled):
        return True
    return any(map(PASSWORD.search, (attempt.entry, *attempt.slots)))


def _macs(attempt: Attempt) -> list[Call]:
    return [
        c for c in attempt.called("mac") if c.text("name") not in _BROKEN and mentions_value(attempt, c.text("data"))
    ]


def _password_macs(attempt: Attempt) -> list[Call]:
    """Return the keyed codes of a password that was not stretched."""
    named = zip(attempt.slots, attempt.values, strict=False)
    passwords = [value for name, value in named if PASSWORD.search(name) and len(value) > 4]
    codes = [] if attempt.called("stretch") else attempt.called("mac")
    return [call for call in codes if any(value in call.text("data") for value in passwords)]


def _digests(attempt: Attempt) -> list[Call]:
    values = [value for value in attempt.values if len(value) > 4]
    return [call for call in attempt.called("hash") if any(value in call.text("data") for value in values)]


def _weak(attempt: Attempt, digests: list[Call], run: Run) -> list[tuple[tuple[str, ...], Call, str]]:
    stretched = attempt.called("stretch")
    found: list[tuple[tuple[str, ...], Call, str]] = [
        (_FAST, call, f"a password was digested with {call.text('name')}, once") for call in _password_macs(attempt)
    ]
    for call in digests:
        name = call.text("name")
        if name in _BROKEN and call.what.get("security"):
            found.append(((*_PRIMITIVE, "CWE-916"), call, f"the input was digested with {name}"))
        if not stretched and len(attempt.called("hash")) < 100 and _for_password(run, attempt, call):
            found.append((_FAST, call, f"a password was digested with {name}, once"))
    for call in stretched:
        if call.what.get("name") not in {"scrypt", "argon2"} and int(call.what.get("rounds") or 0) < _ENOUGH:
            found.append((_FAST, call, f"a password was stretched by {call.what.get('rounds')} rounds only"))
    for call in attempt.called("cipher"):
        if _CIPHERS.fullmatch(call.text("name")) or call.text("mode") == "ECB":
            found.append((_PRIMITIVE, call, f"enciphered with {call.text('name')} in mode {call.text('mode')}"))
    for call in attempt.called("key", "cipher"):
        bits, enough = _bits(call), _ENOUGH_BITS.get(call.text("name"), 128)
        if 0 < bits < enough:
            found.append((("CWE-326",), call, f"the {call.text('name')} key has {bits} bits"))
    for call in attempt.called("call"):  # these come from libraries that are not installed
        words = call.text("name") + " " + call.text("given")
        library = call.text("name").startswith(("Crypto", "pyDes", "cryptography"))
        if library and (_CIPHERS.search(words) or re.search(r"\b(MODE_)?ECB\b", words)):
            found.append((_PRIMITIVE, call, f"enciphered by {call.text('name')}"))
    return found


def _undecided(attempt: Attempt) -> str:
    """Say why a digest may be a sound one: its caller can choose another, or no name says that it protects anything."""
    parameters = [*attempt.how.get("makers", ()), *(name for name, *_ in attempt.how.get("parameters", ()))]
    if any(_CHOICE.search(name) for name in parameters):
        return ", unless another one is chosen"
    protects = any(_PROTECTS.search(name) for name in (attempt.entry, *attempt.slots, *parameters))
    return "" if protects else ", and nothing says what for"


def _bits(call: Call) -> int:
    bits = call.what.get("bits")
    return bits if isinstance(bits, int) else 0


def _long_keys(attempt: Attempt) -> bool:
    """Say whether keys were made or used, all of them long enough (NIST SP 800-131A, revision 2)."""
    known = [call for call in attempt.called("key", "cipher") if _bits(call)]
    return bool(known) and all(_bits(call) >= _ENOUGH_BITS.get(call.text("name"), 128) for call in known)


def _judge_salts(run: Run, judgement: Judgement) -> None:
    """Judge whether there is a salt, and whether it is another one when the same values are given once more."""
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for attempt in [*benign_of(run), *attacks_of(run, NAME)]:
        place = (attempt.entry, attempt.values)
        for call, salt in _salts(attempt, run)[:1]:

            def found(cwes: tuple[str, ...], message: str, attempt: Attempt = attempt, call: Call = call) -> None:
                judgement.exploits.append(Exploit(cwes, attempt.entry, attempt.payload, call.line, message))

            if not salt:
                found(_SALT, "a password was digested without a salt")
                continue
            judgement.reached.add("CWE-759")
            if place not in seen:
                seen[place] = salt
            elif seen[place] == salt and not _keeps(attempt):
                found(("CWE-760",), "the salt of a password is the same each time")
            elif seen[place] != salt:
                judgement.reached.add("CWE-760")


def _salts(attempt: Attempt, run: Run) -> list[tuple[Call, str]]:
    """Return the salts that a password was stretched with or, if it was not stretched, digested with."""
    if stretched := attempt.called("stretch"):
        return [(call, call.text("salt")) for call in stretched]
    if _keeps(attempt) or len(attempt.called("hash")) >= 100:
        return []
    digests = [call for call in _digests(attempt) if _for_password(run, attempt, call)]
    return [(call, _without(attempt.values, call.text("data"))) for call in digests]


def _without(values: tuple[str, ...], text: str) -> str:
    """Return what a digest was made of, without the values that came in."""
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, "")
    return text


def _drawn_anew(run: Run, attempt: Attempt, call: Call) -> str:
    """Say so if bytes that are no text go into a digest, other ones each time: it makes a name and proves nothing."""
    drawn = []
    for other in run.attempts:
        for each in other.called("hash") if other.entry == attempt.entry else ():
            if each.line == call.line:  # `raw` has a character for each byte
                drawn += re.findall(r"[^\t-~](?s:.*)[^\t-~]|[^\t-~]", _without(other.values, each.text("raw")))
    anew = bool(drawn) and len(set(drawn)) == len(drawn)  # of one alone nothing is known until it was made once more
    return ", with bytes that are drawn anew each time" if anew else ""


def _keeps(attempt: Attempt) -> bool:
    """Say whether the salt may be one that the caller kept."""
    return any(_KEPT.search(name) for name in attempt.slots)
